import { entryAt } from './catalogue.ts'
import type { Value } from './field.ts'
import type { Reading } from './reading.ts'
import type { Setting } from './setting.ts'

/** What was read of a tenant. A setting that is not here was not read, or could not be. */
export type State = ReadonlyMap<Setting, Reading>

/** The tenant's value at a path of the file; `undefined` where it is not known. */
export function valueAt(state: State, path: string): Value | undefined {
  const entry = entryAt(path)
  return entry && state.get(entry.setting)?.values[entry.name]
}
