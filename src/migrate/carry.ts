import type { Entry } from '../settings/catalogue.ts'
import { formatDuration } from '../settings/duration.ts'
import type { Value } from '../settings/field.ts'
import { isOneJson, isOnlyKeywords, keywordsIn, withReferences } from './keyword.ts'
import type { Written } from './migrated.ts'

/** A value that the file can say, or why it cannot. */
export type Carried =
  | {
      readonly written: Written
      /** What has to be done before it can be used. */
      readonly remark?: string
      readonly keywords: readonly string[]
    }
  | { readonly why: string }

/** What a setting's value in an export becomes. No secret is in what this gives. */
export function carry(entry: Entry, value: unknown): Carried {
  const { field } = entry
  if (field.secret) return carrySecret(entry, value)
  if (typeof value === 'string' && keywordsIn(value).length > 0) return carryText(entry, value)
  if (Array.isArray(value) && field.kind === 'list') return carryList(entry, value)
  const parsed = field.schema.safeParse(value)
  if (!parsed.success) return { why: `expected ${field.expects}` }
  return { written: asWritten(entry, parsed.data), keywords: [] }
}

function carrySecret(entry: Entry, value: unknown): Carried {
  if (value === null || value === undefined || value === '') return { why: 'it is empty' }
  if (typeof value === 'string' && isOnlyKeywords(value)) {
    const written = withReferences(value)
    if (written !== undefined) return { written, keywords: keywordsIn(value) }
  }
  const name = suggestedName(entry)
  return {
    written: `\${${name}}`,
    remark: `a secret stands in the source, so it was left out: set ${name} to it, or refer to something else`,
    keywords: [],
  }
}

/** The variable that the field's example refers to, or one named after the field. */
function suggestedName({ path, field }: Entry): string {
  const [, name] = /^\$\{(\w+)\}$/.exec(String(field.example)) ?? []
  return name ?? path.split('.').slice(-2).join('_').toUpperCase()
}

function carryText({ field }: Entry, text: string): Carried {
  const keywords = keywordsIn(text)
  const written = field.kind === 'text' ? withReferences(text) : undefined
  if (written === undefined) {
    const names = keywords.join(', ')
    return {
      why: `it has the keyword ${names} where no reference can stand. Write the value itself: ${field.expects}`,
    }
  }
  const remark = `the Deploy CLI puts the keyword ${keywords.join()} in as JSON, a reference as it is: it has to be a text`
  return { written, ...(isOneJson(text) && { remark }), keywords }
}

/** A list may have references among its items. */
function carryList({ field }: Entry, list: readonly unknown[]): Carried {
  const texts = list.filter(item => typeof item === 'string')
  const open = texts.filter(text => keywordsIn(text).length > 0)
  const parsed = field.schema.safeParse(list.filter(item => !open.some(text => text === item)))
  const written = open.map(withReferences).filter(text => text !== undefined)
  if (!parsed.success || !Array.isArray(parsed.data) || written.length < open.length)
    return { why: `expected ${field.expects}` }
  return { written: [...parsed.data, ...written], keywords: open.flatMap(keywordsIn) }
}

function asWritten({ field }: Entry, value: Value): Written {
  if (typeof value === 'number' && field.unit === 'seconds') return formatDuration(value)
  return typeof value === 'string' ? (withReferences(value) ?? value) : value
}
