import { CATALOGUES, type Catalogue } from './catalogue.ts'
import type { Value } from './field.ts'
import type { Reading } from './reading.ts'
import type { Setting } from './setting.ts'

/** What was read of a tenant. */
export interface State {
  /** The settings that a tenant of this kind has. */
  readonly catalogue: Catalogue
  /** One that is not here was not read, or could not be. */
  readonly readings: ReadonlyMap<Setting, Reading>
}

/** The tenant's value at a path of the file; `undefined` where it is not known. */
export function valueAt({ catalogue, readings }: State, path: string): Value | undefined {
  const entry = catalogue.entryAt(path)
  return entry && readings.get(entry.setting)?.values[entry.name]
}

/** For what is judged without a tenant. */
export const NOTHING_READ: State = { catalogue: CATALOGUES.legacy, readings: new Map() }
