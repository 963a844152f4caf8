import type { Value } from '../settings/field.ts'
import { pathOf, type Setting } from '../settings/setting.ts'
import { type State, valueAt } from '../settings/state.ts'

/** What a tenant is to have, by path, in the words that it has for it. */
export type Wanted = ReadonlyMap<string, Value>

/** From the file's values to what this tenant is to have: in its words, and with all that follows from them. */
export function wantedOn(state: State, values: ReadonlyMap<string, Value>): Wanted {
  const { settings, entryAt } = state.catalogue
  const wanted = new Map<string, Value>()
  for (const [path, value] of values) {
    const translate = typeof value === 'string' ? entryAt(path)?.field.translate : undefined
    wanted.set(path, translate && typeof value === 'string' ? translate(value) : value)
  }
  const after = (path: string): Value | undefined =>
    wanted.has(path) ? wanted.get(path) : valueAt(state, path)
  for (const setting of settings) {
    const declared = wantedOf(setting, wanted)
    if (!setting.derive || Object.keys(declared).length === 0) continue
    const derived = setting.derive.values(state.readings.get(setting), after)
    for (const [name, value] of Object.entries(derived)) {
      if (!Object.hasOwn(declared, name)) wanted.set(pathOf(setting, name), value)
    }
  }
  return wanted
}

/** The values that are wanted of one setting, by field. */
export function wantedOf(setting: Setting, wanted: Wanted): Record<string, Value> {
  const values: Record<string, Value> = {}
  for (const name of Object.keys(setting.fields)) {
    const value = wanted.get(pathOf(setting, name))
    if (value !== undefined) values[name] = value
  }
  return values
}
