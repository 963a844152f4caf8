import type { Finding } from '../checks/check.ts'
import { runChecks } from '../checks/run.ts'
import type { Config } from '../config/config.ts'
import type { Catalogue } from '../settings/catalogue.ts'
import type { State } from '../settings/state.ts'
import type { Api } from '../tenant/api.ts'
import { type Change, diff } from './diff.ts'
import { requireAll, wishOf } from './needs.ts'
import { order, type PlannedRequest, requestsOf, type Write } from './order.ts'
import type { OnProgress } from './read.ts'
import { survey } from './survey.ts'
import { type Wanted, wantedOn } from './wanted.ts'

/** What is to be done to a tenant, and what is to be said about it. */
export interface Plan {
  readonly tenant: string
  /** The environment of the file that the tenant is; `null` where the file has none. */
  readonly environment: string | null
  readonly changes: readonly Change[]
  /** The writes in the order in which they are made. Their bodies can hold secrets and are not part of the plan. */
  readonly writes: readonly Write[]
  readonly requests: readonly PlannedRequest[]
  readonly findings: readonly Finding[]
  readonly unverified: readonly string[]
  /** Paths of changes that the API never gives back. */
  readonly hidden: readonly string[]
  /** The tenant as it was read. */
  readonly state: State
  /** What it is to have. Secrets are here as they are: it is for sending, and never shown. */
  readonly wanted: Wanted
}

/** What of a plan is shown and saved: plain JSON, without any secret. */
export type PlanOutline = Pick<
  Plan,
  'tenant' | 'environment' | 'changes' | 'requests' | 'findings' | 'unverified' | 'hidden'
>

/** A plan without the tenant it was made of, and without what is sent. */
export function outlineOf({
  tenant,
  environment,
  changes,
  requests,
  findings,
  unverified,
  hidden,
}: Plan): PlanOutline {
  return { tenant, environment, changes, requests, findings, unverified, hidden }
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
  const given = await survey(api, known => wishOf(config, known), {
    ...(options.onProgress && { onProgress: options.onProgress }),
  })
  requireAll(config, given)
  const { state } = given
  const wanted = wantedOn(state, config.values)
  const { changes, unverified } = diff(wanted, state, { writeSecrets: options.writeSecrets ?? false })
  const writes = order(changes, wanted, state)
  return {
    tenant,
    environment: config.environment,
    changes: inReadingOrder(changes, state.catalogue),
    writes,
    requests: requestsOf(writes, wanted, state),
    findings: runChecks({ ...given, config, unverified, changes, allow: options.allow ?? [] }),
    unverified,
    hidden: changes.map(({ path }) => path).filter(path => state.catalogue.entryAt(path)?.field.writeOnly),
    state,
    wanted,
  }
}

/** As people read the file: factor by factor, the policy last. */
function inReadingOrder(changes: readonly Change[], { entries }: Catalogue): Change[] {
  const rank = new Map(entries.map(({ path }, index) => [path, index]))
  return [...changes].sort((a, b) => (rank.get(a.path) ?? 0) - (rank.get(b.path) ?? 0))
}
