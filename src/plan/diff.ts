import type { Value } from '../settings/field.ts'
import { sameValue } from '../settings/reading.ts'
import { pathOf, type Setting } from '../settings/setting.ts'
import { type State, valueAt } from '../settings/state.ts'
import { type Wanted, wantedOf } from './wanted.ts'

/** One value that is to become another. Plain JSON: a secret's values are replaced by {@link MASK}. */
export interface Change {
  readonly path: string
  readonly before: Value
  readonly after: Value
  readonly secret?: true
}

/** What stands for a secret that is there. */
export const MASK = '••••••'

/** What is to be changed, and what cannot be compared and is not sent. */
export interface Difference {
  readonly changes: readonly Change[]
  /** Paths of write-only values that the file has and this run does not send. */
  readonly unverified: readonly string[]
}

/**
 * Compares what is wanted with what the tenant has. Changes are in the catalogue's order. `writeSecrets`: also send what cannot be
 * compared.
 */
export function diff(wanted: Wanted, state: State, { writeSecrets = false } = {}): Difference {
  const compared = state.catalogue.settings.map(setting => ({
    setting,
    changes: compare(setting, wanted, state),
  }))
  const all = compared.flatMap(({ changes }) => changes)
  const unverified: string[] = []

  const changes = compared.flatMap(({ setting, changes }) => {
    const secrets = writeOnlyPaths(setting, wanted)
    if (secrets.length === 0) return changes
    const configured = setting.read ? (state.readings.get(setting)?.configured ?? false) : true
    if (writeSecrets || changes.length > 0 || !configured || isTriggered(setting, all)) {
      return [...changes, ...secrets.map(path => written(path, configured))]
    }
    unverified.push(...secrets)
    return changes
  })
  return { changes, unverified }
}

function compare(setting: Setting, wanted: Wanted, state: State): Change[] {
  const { onlyWhile } = setting
  if (onlyWhile && (wanted.get(onlyWhile) ?? valueAt(state, onlyWhile)) !== true) return []
  // While it was off, whatever the API keeps is not in force: switching on sends what the file says. An empty set is
  // sent only where the API keeps another.
  const inForce = !onlyWhile || valueAt(state, onlyWhile) === true

  return Object.entries(wantedOf(setting, wanted)).flatMap(([name, after]): Change[] => {
    const field = setting.fields[name]
    if (!field || field.writeOnly) return []
    const read = state.readings.get(setting)?.values[name] ?? null
    const before = inForce || isEmpty(after) ? read : Array.isArray(read) ? [] : null
    // What follows from the rest of something new says nothing new.
    if (sameValue(before, after) || (field.derived && before === null)) return []
    const path = pathOf(setting, name)
    return [
      field.secret
        ? { path, before: mask(before), after: mask(after), secret: true }
        : { path, before, after },
    ]
  })
}

function writeOnlyPaths(setting: Setting, wanted: Wanted): string[] {
  return Object.entries(setting.fields)
    .filter(([, field]) => field.writeOnly)
    .map(([name]) => pathOf(setting, name))
    .filter(path => wanted.has(path))
}

function written(path: string, configured: boolean): Change {
  return { path, before: configured ? MASK : null, after: MASK, secret: true }
}

function isTriggered({ sentWith = [] }: Setting, changes: readonly Change[]): boolean {
  return sentWith.some(cause =>
    changes.some(({ path, after }) => path === cause.path && after === cause.after),
  )
}

function isEmpty(value: Value): boolean {
  return value === null || (Array.isArray(value) && value.length === 0)
}

function mask(value: Value): Value {
  return value === null ? null : MASK
}
