import type { Finding } from '../checks/check.ts'
import { runChecks } from '../checks/run.ts'
import type { Config } from '../config/config.ts'
import { ENTRIES } from '../settings/catalogue.ts'
import type { State } from '../settings/state.ts'
import type { Api } from '../tenant/api.ts'
import { type Change, diff } from './diff.ts'
import { indispensable, lookupsFor, settingsFor } from './needs.ts'
import { order, requestsOf, type Write } from './order.ts'
import { type OnProgress, read, requireReadable } from './read.ts'

/** What is to be done to a tenant, and what is to be said about it. */
export interface Plan {
  readonly tenant: string
  readonly changes: readonly Change[]
  /** The writes in the order in which they are made. Their bodies can hold secrets and are not part of the plan. */
  readonly writes: readonly Write[]
  readonly requests: readonly { readonly method: string; readonly path: string }[]
  readonly findings: readonly Finding[]
  readonly unverified: readonly string[]
  /** The tenant as it was read. */
  readonly state: State
}

export interface PlanOptions {
  readonly writeSecrets?: boolean
  /** Ids of checks accepted for this run. */
  readonly allow?: readonly string[]
  readonly onProgress?: OnProgress
}

/** Reads what the file needs of a tenant and compares. Throws when something that the file names cannot be read. */
export async function makePlan(
  api: Api,
  tenant: string,
  config: Config,
  options: PlanOptions = {},
): Promise<Plan> {
  const given = await read(api, settingsFor(config), options.onProgress, lookupsFor(config))
  const { state, unreadable } = given
  requireReadable(unreadable, indispensable(config))
  const { changes, unverified } = diff(config.values, state, { writeSecrets: options.writeSecrets ?? false })
  const writes = order(changes, config.values, state)
  return {
    tenant,
    changes: inReadingOrder(changes),
    writes,
    requests: requestsOf(writes, config.values, state),
    findings: runChecks({ ...given, config, unverified, allow: options.allow ?? [] }),
    unverified,
    state,
  }
}

/** As people read the file: factor by factor, the policy last. */
function inReadingOrder(changes: readonly Change[]): Change[] {
  const rank = new Map(ENTRIES.map(({ path }, index) => [path, index]))
  return [...changes].sort((a, b) => (rank.get(a.path) ?? 0) - (rank.get(b.path) ?? 0))
}
