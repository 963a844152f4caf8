import type { ErrorCode } from '../errors.ts'
import type { Api } from '../tenant/api.ts'

/** A fact about a tenant that is no setting of the file: one API resource that is only ever read. */
export interface Lookup<T> {
  /** Relative to `/api/v2`. With the path of a setting, both share one request. */
  readonly path: string
  readonly scope: string
  readonly get: (api: Api) => Promise<unknown>
  /** Whether a 404 means that there is none, and not that something is wrong: `decode` then gets `undefined`. */
  readonly mayBeAbsent?: true
  /** What an answer says; `undefined` where it is not what the API documents. It never throws. */
  readonly decode: (answer: unknown) => T | undefined
}

/** Makes a lookup of what is particular to it. */
export function lookup<T>(definition: Omit<Lookup<T>, 'get'>): Lookup<T> {
  return { ...definition, get: api => api.request('GET', definition.path) }
}

/** What was looked up: answers by the API's path, and why there is none for others. */
export interface LookedUp {
  /** Answers of everything that was read, settings too; `undefined` where a 404 said that there is none. */
  readonly answers: ReadonlyMap<string, unknown>
  readonly refusals: ReadonlyMap<string, Refused>
}

/** Why something could not be read. */
export interface Refused {
  readonly code: ErrorCode
  readonly message: string
}

/** For what is judged without a tenant. */
export const NOTHING_LOOKED_UP: LookedUp = { answers: new Map(), refusals: new Map() }
