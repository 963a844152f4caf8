import { isRecord } from '../record.ts'
import type { Api } from '../tenant/api.ts'
import { type AnswerShape, carried, changed, decodeFields, encodeFields, whole } from './body.ts'
import type { Field, Value } from './field.ts'
import type { Reading, Values } from './reading.ts'

/** A write of one API resource. The body, as `send` takes it, can hold secrets: it is sent, never shown. */
export interface Request {
  readonly method: 'PUT' | 'PATCH' | 'POST'
  readonly path: string
  readonly scope: string
  readonly body: unknown
}

/** Something that a tenant can be told, and can be asked for: one API resource, and the file's fields that live in it. */
export interface Setting {
  /** Where its fields hang in the file, such as `factors.phone`; empty for the top level. */
  readonly at: string
  /** What the object at `at` is, where it is not a factor. */
  readonly about?: string
  readonly fields: Readonly<Record<string, Field>>
  /** Absent where the API has no way to read it. Settings with the same `path` share one request. */
  readonly read?: {
    readonly path: string
    readonly scope: string
    readonly get: (api: Api) => Promise<unknown>
  }
  /** Where it is written, and each scope that this can take: another to create than to change. */
  readonly write: { readonly path: string; readonly scopes: readonly string[] }
  /** Why a tenant may not have it, although nothing is wrong: Auth0 does not document it, or has it not everywhere. */
  readonly standing?: 'undocumented' | 'gated'
  /** The feature that a tenant must have bought for it, and where that is sold. */
  readonly entitlement?: string
  /** The path of the switch without which it means nothing: while that is off, it is neither compared nor sent. */
  readonly onlyWhile?: string
  /** For what cannot be read: the changes of other paths that make it be sent, as `path` and the value they lead to. */
  readonly sentWith?: readonly { readonly path: string; readonly after: Value }[]
  decode(answer: unknown): Reading
  /** Switches beside this one that its answer has and this version does not know: shown, never touched. */
  readonly unknown?: (answer: unknown) => readonly { readonly path: string; readonly enabled: boolean }[]
  /** Where declaring something of it has consequences: for a field that no file names, or one that this file leaves out. */
  readonly derive?: {
    /** Paths that these depend on. */
    readonly from: readonly string[]
    /** `after` gives values as they will be. What is declared is never overruled. */
    readonly values: (before: Reading | undefined, after: (path: string) => Value | undefined) => Values
  }
  /**
   * The request that makes the tenant have `declared` and keeps what it has elsewhere: also under keys that this version
   * does not know, unless `carry` is false.
   */
  request(before: Reading | undefined, declared: Values, options?: { readonly carry?: boolean }): Request
  send(api: Api, request: Request): Promise<unknown>
}

type Fields = Readonly<Record<string, Field>>
type ValueOf<F> = F extends Field<infer T> ? T : never
/** The API's body of a setting whose names are the file's: it is checked against the SDK's types where it is sent. */
type Body<F extends Fields> = { [K in keyof F]: ValueOf<F[K]> }

interface Definition<F extends Fields> extends AnswerShape {
  readonly at: string
  readonly about?: string
  readonly fields: F
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
  /** The API's keys that the fields cover, where they are not simply the fields' names. */
  readonly keys?: readonly string[]
  /** Keys of the API's answer that it does not take back. */
  readonly readOnly?: readonly string[]
  readonly standing?: Setting['standing']
  readonly entitlement?: string
  readonly onlyWhile?: string
  readonly sentWith?: Setting['sentWith']
  /** Where the API's shape is not the file's: from the answer to the values, and back to a body. */
  readonly decode?: (answer: unknown) => Values
  readonly encode?: (values: Values, on: { readonly declared: Values; readonly answer: unknown }) => unknown
  readonly configured?: (answer: unknown) => boolean
  readonly unknown?: Setting['unknown']
}

/** Makes a setting of what is particular to it; the rest follows from its fields. */
export function setting<const F extends Fields>(definition: Definition<F>): Setting {
  const { at, fields, endpoint, readEndpoint = endpoint, scopes, get, put, patch } = definition
  const keys = definition.keys ?? Object.entries(fields).map(([name, field]) => field.api ?? name)
  const own = new Set([...keys, ...(definition.readOnly ?? [])])
  const decode = definition.decode ?? (answer => decodeFields(fields, answer, definition))
  const encode = definition.encode ?? (values => encodeFields(fields, values))
  const to = { path: endpoint, scope: scopes.update }
  return {
    at,
    ...(definition.about !== undefined && { about: definition.about }),
    fields,
    ...(get && { read: { path: readEndpoint, scope: scopes.read, get } }),
    write: { path: endpoint, scopes: [scopes.update] },
    ...(definition.standing && { standing: definition.standing }),
    ...(definition.entitlement && { entitlement: definition.entitlement }),
    ...(definition.onlyWhile && { onlyWhile: definition.onlyWhile }),
    ...(definition.sentWith && { sentWith: definition.sentWith }),
    ...(definition.unknown && { unknown: definition.unknown }),

    decode(answer) {
      const values = decode(answer)
      const configured =
        definition.configured?.(answer) ?? Object.values(values).some(value => value !== null)
      return { answer, values, configured }
    },

    request(before, declared, { carry = true } = {}) {
      const on = { declared, answer: before?.answer }
      const everything = Object.keys(fields).every(name => declared[name] !== undefined)
      const losesSecret = Object.values(fields).some(field => field.writeOnly) && !everything
      if (patch && (!put || losesSecret)) {
        return { ...to, method: 'PATCH', body: encode(changed(fields, before, declared), on) }
      }
      const body = encode(whole(fields, before, declared, definition.complete ?? false), on)
      return {
        ...to,
        method: 'PUT',
        body: carry && isRecord(body) ? { ...carried(own, before), ...body } : body,
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
