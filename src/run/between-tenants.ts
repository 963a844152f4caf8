import { createHmac, randomBytes } from 'node:crypto'
import type { Loaded } from '../config/load.ts'
import type { Host } from '../host.ts'
import { contrast, type Side } from '../plan/contrast.ts'
import { gatherSettings, type TenantSettings } from '../plan/tenant-settings.ts'
import { ENTRIES, type Entry, entryAt } from '../settings/catalogue.ts'
import type { Value } from '../settings/field.ts'
import { type State, valueAt } from '../settings/state.ts'
import type { Compared, Differences } from '../views/diff.ts'
import { runMembers } from './fleet.ts'
import type { CommonOptions } from './options.ts'
import { surveyAll } from './show-one.ts'
import { withTenant } from './tenant.ts'

/** The two environments that are compared. */
export type Pair = readonly [left: string, right: string]

/** What was read of one tenant. */
interface ReadSide {
  readonly tenant: string
  readonly values: Side
  readonly unreadable: TenantSettings['unreadable']
}

/** What differs between two tenants. Throws where one of them cannot be read at all. */
export async function betweenTenants(
  host: Host,
  options: CommonOptions,
  loaded: Loaded,
  pair: Pair,
): Promise<Differences> {
  const key = randomBytes(32)
  const results = await runMembers<ReadSide>(
    host,
    { ...options, concurrency: pair.length },
    { loaded, environments: pair },
    {
      doing: 'Reading',
      unsetOk: 'settings',
      work: ({ host, access, config }) =>
        withTenant(host, access, config, async tenant => {
          const survey = await surveyAll(host, tenant)
          const { state } = survey
          const values = state.catalogue.entries.flatMap((entry): [string, Value][] => {
            const value = comparable(entry, state, key)
            return value === undefined ? [] : [[entry.path, value]]
          })
          const { unreadable } = gatherSettings(survey, state.catalogue.settings)
          return { tenant: tenant.name, values: new Map(values), unreadable }
        }),
    },
  )
  const sides = results.map(result => {
    if ('value' in result) return { ...result, ...result.value }
    throw 'bug' in result ? result.bug : result.error
  })
  const [left, right] = sides
  if (!left || !right) throw new Error('Two environments are compared.')
  return {
    live: true,
    environments: [comparedAs(left), comparedAs(right)],
    contrasts: contrast(
      ENTRIES.map(({ path }) => path),
      left.values,
      right.values,
      path => entryAt(path)?.field.secret ?? false,
    ),
    unreadable: sides.flatMap(({ environment, unreadable }) =>
      unreadable.map(one => ({ environment, ...one })),
    ),
  }
}

function comparedAs({ environment, tenant }: Compared): Compared {
  return { environment, tenant }
}

/** What a tenant has at a path, so that it can be compared within this run: of a secret nothing is in it. */
function comparable({ path, field, setting }: Entry, state: State, key: Buffer): Value | undefined {
  const reading = state.readings.get(setting)
  if (!reading || field.derived) return undefined
  // Whether there is one is all that is to be seen of it.
  if (field.writeOnly) return reading.configured ? true : null
  const value = valueAt(state, path)
  return field.secret && typeof value === 'string'
    ? createHmac('sha256', key).update(value).digest('hex')
    : value
}
