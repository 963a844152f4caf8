import { CATALOGUE } from '../settings/catalogue.ts'
import type { Value } from '../settings/field.ts'
import { sameValue } from '../settings/reading.ts'
import { pathOf, type Setting } from '../settings/setting.ts'
import { type State, valueAt } from '../settings/state.ts'

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

/** The values that the file names. */
export type Wanted = ReadonlyMap<string, Value>

/**
 * Compares the file with the tenant. Changes are in the catalogue's order. `writeSecrets`: also send what cannot be
 * compared.
 */
export function diff(wanted: Wanted, state: State, { writeSecrets = false } = {}): Difference {
  const compared = CATALOGUE.map(setting => ({ setting, changes: compare(setting, wanted, state) }))
  const all = compared.flatMap(({ changes }) => changes)
  const unverified: string[] = []

  const changes = compared.flatMap(({ setting, changes }) => {
    const secrets = writeOnlyPaths(setting, wanted)
    if (secrets.length === 0) return changes
    const configured = setting.read ? (state.get(setting)?.configured ?? false) : true
    if (writeSecrets || changes.length > 0 || !configured || isTriggered(setting, all)) {
      return [...changes, ...secrets.map(path => written(path, configured))]
    }
    unverified.push(...secrets)
    return changes
  })
  return { changes, unverified }
}

/** The values that the file names of one setting, by field. */
export function wantedOf(setting: Setting, wanted: Wanted): Record<string, Value> {
  const values: Record<string, Value> = {}
  for (const name of Object.keys(setting.fields)) {
    const value = wanted.get(pathOf(setting, name))
    if (value !== undefined) values[name] = value
  }
  return values
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
    const read = state.get(setting)?.values[name] ?? null
    const before = inForce || isEmpty(after) ? read : Array.isArray(read) ? [] : null
    if (sameValue(before, after)) return []
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
