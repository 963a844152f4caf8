import { isRecord } from '../record.ts'
import { unexpectedAnswer } from '../tenant/answer.ts'
import { decodeValue, type Field, type Value } from './field.ts'
import { type Reading, sameValue, type Values } from './reading.ts'

type Fields = Readonly<Record<string, Field>>

/** How an API resource answers. */
export interface AnswerShape {
  /** Relative to `/api/v2`. */
  readonly endpoint: string
  /** Every field is in every answer; otherwise it leaves out what nobody has set. */
  readonly always?: true
  /** It may answer with nothing at all where nobody has set it. */
  readonly mayBeAbsent?: true
}

/**
 * What an answer says of each field that the API gives back. Throws `api_error` for an answer of another shape: taken
 * for "not set", it would make a write that replaces wipe what the tenant has.
 */
export function decodeFields(fields: Fields, answer: unknown, shape: AnswerShape): Values {
  const { endpoint, always, mayBeAbsent } = shape
  const body = answer === undefined && mayBeAbsent ? {} : answer
  if (!isRecord(body)) throw unexpectedAnswer(endpoint)
  const values: Record<string, Value> = {}
  for (const [name, field] of Object.entries(fields)) {
    if (field.writeOnly) continue
    const value = decodeValue(field, body[field.api ?? name])
    if (value === undefined || (always && value === null)) throw unexpectedAnswer(endpoint)
    values[name] = value
  }
  return values
}

/** Values under the API's names; what is cleared as the API writes it. */
export function encodeFields(fields: Fields, values: Values): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      fields[name]?.api ?? name,
      value ?? fields[name]?.empty ?? null,
    ]),
  )
}

/** For a partial write: what differs, and the secrets that cannot be compared. */
export function changed(fields: Fields, before: Reading | undefined, declared: Values): Values {
  return Object.fromEntries(
    Object.entries(declared).filter(
      ([name, value]) => fields[name]?.writeOnly || !sameValue(before?.values[name] ?? null, value),
    ),
  )
}

/** For a write that replaces: what is declared, and the tenant's own values of the rest. */
export function whole(
  fields: Fields,
  before: Reading | undefined,
  declared: Values,
  complete: boolean,
): Values {
  const values: Record<string, Value> = {}
  for (const [name, field] of Object.entries(fields)) {
    const kept = before?.values[name] ?? (complete ? field.default : undefined) ?? null
    const value = declared[name] === undefined ? kept : declared[name]
    if (value !== null || declared[name] === null) values[name] = value
  }
  return values
}

/** Keys that this version does not know are sent back, so that replacing a resource does not reset them. */
export function carried(own: ReadonlySet<string>, before: Reading | undefined): Record<string, unknown> {
  if (!isRecord(before?.answer)) return {}
  return Object.fromEntries(Object.entries(before.answer).filter(([key]) => !own.has(key)))
}
