import type { Value } from '../settings/field.ts'
import type { FileCredentials } from './credentials.ts'
import type { Place } from './references.ts'

/** Which tenant a file is for, and how to get in. */
export interface Address {
  /** The environment of the file that was chosen; `null` where the file has none. */
  readonly environment: string | null
  /** The environment's tenant, or the one that the file is pinned to, as it is written. */
  readonly tenant?: string
  /** The environment's own, in place of those of environment variables. */
  readonly credentials?: FileCredentials
}

/** What the file says, checked and normalised: the only form that the rest of the program knows. */
export interface Config extends Address {
  /** How messages name the file. */
  readonly label: string
  /** The settings that the file names, by their full path. What is not here is left untouched. */
  readonly values: ReadonlyMap<string, Value>
  /** Settings that the file names with a reference that has no value: what they will be is not known. */
  readonly unresolved: ReadonlySet<string>
  /** What is wrong inside of values, by path: sentences of the fields' own inspection. Absent: nobody has looked. */
  readonly flaws?: ReadonlyMap<string, string>
  /** Ids of findings accepted on purpose. */
  readonly allow: readonly string[]
  readonly strict: boolean
  /** Where a path of the file stands. */
  readonly locate: (path: string) => Place
}

/** A file that says nothing. */
export const EMPTY_CONFIG: Config = {
  label: '',
  environment: null,
  values: new Map(),
  unresolved: new Set(),
  allow: [],
  strict: false,
  locate: () => ({ file: '' }),
}
