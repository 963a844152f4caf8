import type { Api } from '../tenant/api.ts'
import { decodeValue, type Field, type Value } from './field.ts'

/** Values of one setting's fields, by the name that the file gives them. What is not there is not known. */
export type Values = Readonly<Record<string, Value>>

/** What reading a setting gave: the API's answer, and what it means. */
export interface Reading {
  readonly answer: unknown
  readonly values: Values
  /** Whether anybody has ever set it; for a provider, that it has its write-only secret too. */
  readonly configured: boolean
}

/** A write of one API resource. The body can hold secrets: it is sent, never shown. */
export interface Request {
  readonly method: 'PUT' | 'PATCH'
  readonly path: string
  readonly body: unknown
}

/** Something that a tenant can be told, and can be asked for: one API resource, and the file's fields that live in it. */
export interface Setting {
  /** Where its fields hang in the file, such as `factors.phone`; empty for the top level. */
  readonly at: string
  readonly fields: Readonly<Record<string, Field>>
  /** Absent where the API has no way to read it. Settings with the same `path` share one request. */
  readonly read?: {
    readonly path: string
    readonly scope: string
    readonly get: (api: Api) => Promise<unknown>
  }
  readonly write: { readonly path: string; readonly scope: string }
  /** The path of the switch without which it means nothing: while that is off, it is neither compared nor sent. */
  readonly onlyWhile?: string
  /** For what cannot be read: the changes of other paths that make it be sent, as `path` and the value they lead to. */
  readonly sentWith?: readonly { readonly path: string; readonly after: Value }[]
  decode(answer: unknown): Reading
  /** The request that makes the tenant have `declared` and keeps what it has elsewhere. */
  request(before: Reading | undefined, declared: Values): Request
  send(api: Api, request: Request): Promise<unknown>
}

type Fields = Readonly<Record<string, Field>>
type ValueOf<F> = F extends Field<infer T> ? T : never
/** The API's body of a setting whose names are the file's: it is checked against the SDK's types where it is sent. */
type Body<F extends Fields> = { [K in keyof F]: ValueOf<F[K]> }

interface Definition<F extends Fields> {
  readonly at: string
  readonly fields: F
  /** The API's path, relative to `/api/v2`. */
  readonly endpoint: string
  /** Where it is read, if not at `endpoint`. */
  readonly readEndpoint?: string
  readonly scopes: { readonly read: string; readonly update: string }
  readonly get?: (api: Api) => Promise<unknown>
  /** Replaces the resource: what is left out is lost, so the tenant's other values are sent along. */
  readonly put?: (api: Api, body: Body<F>) => Promise<unknown>
  /** Changes what is sent, keeps the rest. Used where there is no `put`, or where a `put` would lose an unreadable secret. */
  readonly patch?: (api: Api, body: Body<F>) => Promise<unknown>
  /** The API wants every field at each `put`: those that nobody has set are sent as the default that Auth0 documents. */
  readonly complete?: true
  /** Keys of the API's answer that it does not take back. */
  readonly readOnly?: readonly string[]
  readonly onlyWhile?: string
  readonly sentWith?: Setting['sentWith']
  /** Where the API's shape is not the file's: from the answer to the values, and back to a body. */
  readonly decode?: (answer: unknown) => Values
  readonly encode?: (values: Values) => unknown
  readonly configured?: (answer: unknown) => boolean
}

/** Makes a setting of what is particular to it; the rest follows from its fields. */
export function setting<const F extends Fields>(definition: Definition<F>): Setting {
  const { at, fields, endpoint, readEndpoint = endpoint, scopes, get, put, patch } = definition
  const decode = definition.decode ?? (answer => decodeFields(fields, answer))
  const encode = definition.encode ?? (values => encodeFields(fields, values))
  return {
    at,
    fields,
    ...(get && { read: { path: readEndpoint, scope: scopes.read, get } }),
    write: { path: endpoint, scope: scopes.update },
    ...(definition.onlyWhile && { onlyWhile: definition.onlyWhile }),
    ...(definition.sentWith && { sentWith: definition.sentWith }),

    decode(answer) {
      const values = decode(answer)
      const configured =
        definition.configured?.(answer) ?? Object.values(values).some(value => value !== null)
      return { answer, values, configured }
    },

    request(before, declared) {
      const everything = Object.keys(fields).every(name => declared[name] !== undefined)
      const losesSecret = Object.values(fields).some(field => field.writeOnly) && !everything
      if (patch && (!put || losesSecret)) {
        return { method: 'PATCH', path: endpoint, body: encode(changed(fields, before, declared)) }
      }
      const body = encode(whole(fields, before, declared, definition.complete ?? false))
      return {
        method: 'PUT',
        path: endpoint,
        body: isRecord(body) ? { ...carried(definition, before), ...body } : body,
      }
    },

    send(api, { method, body }) {
      const write = method === 'PUT' ? put : patch
      if (!write) throw new Error(`${endpoint} has no ${method}`)
      // The body is made of this setting's own fields, so it has their types; tenants' values go back as they came.
      return write(api, body as Body<F>)
    },
  }
}

/** The full path of a setting's field in the file. */
export function pathOf(setting: Pick<Setting, 'at'>, name: string): string {
  return setting.at === '' ? name : `${setting.at}.${name}`
}

/** Whether two values mean the same. Sets are sorted already. */
export function sameValue(a: Value, b: Value): boolean {
  return (
    a === b ||
    (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => item === b[i]))
  )
}

/** An object with string keys, and no array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function decodeFields(fields: Fields, answer: unknown): Values {
  const body = isRecord(answer) ? answer : {}
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => !field.writeOnly)
      .map(([name, field]) => [name, decodeValue(field, body[field.api ?? name])]),
  )
}

function encodeFields(fields: Fields, values: Values): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      fields[name]?.api ?? name,
      value ?? fields[name]?.empty ?? null,
    ]),
  )
}

/** For a partial write: what differs, and the secrets that cannot be compared. */
function changed(fields: Fields, before: Reading | undefined, declared: Values): Values {
  return Object.fromEntries(
    Object.entries(declared).filter(
      ([name, value]) => fields[name]?.writeOnly || !sameValue(before?.values[name] ?? null, value),
    ),
  )
}

/** For a write that replaces: what is declared, and the tenant's own values of the rest. */
function whole(fields: Fields, before: Reading | undefined, declared: Values, complete: boolean): Values {
  const values: Record<string, Value> = {}
  for (const [name, field] of Object.entries(fields)) {
    const kept = before?.values[name] ?? (complete ? field.default : undefined) ?? null
    const value = declared[name] === undefined ? kept : declared[name]
    if (value !== null || declared[name] === null) values[name] = value
  }
  return values
}

/** Keys that this version does not know are sent back, so that replacing a resource does not reset them. */
function carried(
  { fields, readOnly = [], encode }: Pick<Definition<Fields>, 'fields' | 'readOnly' | 'encode'>,
  before: Reading | undefined,
): Record<string, unknown> {
  if (encode || !isRecord(before?.answer)) return {}
  const known = new Set([...Object.entries(fields).map(([name, field]) => field.api ?? name), ...readOnly])
  return Object.fromEntries(Object.entries(before.answer).filter(([key]) => !known.has(key)))
}
