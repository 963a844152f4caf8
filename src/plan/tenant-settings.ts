import type { ErrorCode } from '../errors.ts'
import type { Entry } from '../settings/catalogue.ts'
import type { Value } from '../settings/field.ts'
import { pathOf, type Setting } from '../settings/setting.ts'
import type { State } from '../settings/state.ts'
import { MASK } from './diff.ts'
import type { Read } from './read.ts'

/** One value that the tenant has. */
export interface Held {
  readonly entry: Entry
  /** A secret's is {@link MASK}. */
  readonly value: Value
  /** Whether the file could say it: not so for a word that is newer than this version. */
  readonly expressible: boolean
}

/** What a tenant has, without what is not set, and without any secret. */
export interface TenantSettings {
  readonly held: readonly Held[]
  /** Fields that the API has no way to read. */
  readonly hidden: readonly Entry[]
  readonly unreadable: readonly {
    readonly path: string
    readonly code: ErrorCode
    readonly message: string
  }[]
  /** Factors that this version does not know. */
  readonly unknown: readonly { readonly path: string; readonly enabled: boolean }[]
}

/** Gathers what was read of the settings that were `asked` for: all for `show`, those of one run for a snapshot. */
export function gatherSettings(
  { state, unreadable }: Pick<Read, 'state' | 'unreadable'>,
  asked: Iterable<Setting>,
): TenantSettings {
  const wanted = new Set(asked)
  // What follows from other settings is none that a file could name.
  const entries = state.catalogue.entries.filter(({ field }) => !field.derived)
  return {
    held: entries.flatMap(entry => {
      const value = heldValue(entry, state)
      if (value === null || (Array.isArray(value) && value.length === 0)) return []
      return [
        { entry, value, expressible: entry.field.secret || entry.field.schema.safeParse(value).success },
      ]
    }),
    hidden: entries.filter(({ setting }) => wanted.has(setting) && !setting.read),
    unreadable: unreadable.flatMap(({ setting, code, message }) =>
      Object.entries(setting.fields)
        .filter(([, field]) => !field.derived)
        .map(([name]) => ({ path: pathOf(setting, name), code, message })),
    ),
    unknown: unknownOf(state),
  }
}

function heldValue({ setting, name, field }: Entry, state: State): Value {
  const reading = state.readings.get(setting)
  if (!reading) return null
  if (field.writeOnly) return reading.configured ? MASK : null
  const value = reading.values[name] ?? null
  return field.secret && value !== null ? MASK : value
}

/** Settings that share an answer find the same in it. */
function unknownOf(state: State): TenantSettings['unknown'] {
  const found = [...state.readings].flatMap(([{ unknown }, { answer }]) => unknown?.(answer) ?? [])
  return [...new Map(found.map(one => [one.path, one])).values()]
}
