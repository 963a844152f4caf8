import type { JsonObject } from './json.ts'

/** The part of an answer that the query's `fields` names, or with `include_fields=false` the other part. */
export function selected(answer: JsonObject, query: Readonly<Record<string, string>>): JsonObject {
  if (!query.fields) return answer
  const named = query.fields.split(',').map(name => name.trim())
  const included = query.include_fields !== 'false'
  return Object.fromEntries(Object.entries(answer).filter(([name]) => named.includes(name) === included))
}
