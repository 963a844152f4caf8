import { idleAllowances } from '../checks/allowances.ts'
import type { Config } from '../config/config.ts'
import type { Host } from '../host.ts'
import { makePlan, outlineOf, type Plan, type PlanOutline } from '../plan/plan.ts'
import type { SavedPlan } from '../plan/saved.ts'
import type { FleetOptions } from './options.ts'
import { type Access, type Tenant, withTenant } from './tenant.ts'

/** Flags that decide what is planned, and what is said about it. */
export interface PlanFlags {
  readonly allow: readonly string[]
  readonly writeSecrets?: boolean
}

/** Flags of `plan`. */
export interface PlanOptions extends FleetOptions, PlanFlags {
  readonly format?: 'human' | 'json' | 'markdown'
  readonly detailedExitcode?: boolean
  /** The file to save the plan in. */
  readonly out?: string
}

/** A plan as it is shown, and what it takes to save it, where it is to be saved. */
export interface Planned {
  readonly plan: PlanOutline
  readonly saved?: Omit<SavedPlan, 'plan'>
}

/** Plans for one tenant. */
export function planOne(
  host: Host,
  options: PlanFlags & Access & Pick<PlanOptions, 'out'>,
  config: Config,
): Promise<Planned> {
  return withTenant(host, options, config, async tenant => {
    const plan = await preparePlan(host, tenant, config, options)
    if (options.out === undefined) return { plan: outlineOf(plan) }
    const { allow, writeSecrets = false } = options
    const { fingerprint, newSalt } = await import('../plan/fingerprint.ts')
    const madeFrom = await fingerprint(config, plan.state, newSalt())
    return { plan: outlineOf(plan), saved: { options: { writeSecrets, allow }, ...madeFrom } }
  })
}

/** 2 where changes are to be told by the exit code, and there are some. */
export function planExitCode({ detailedExitcode }: PlanOptions, { changes }: PlanOutline): number {
  return detailedExitcode && changes.length > 0 ? 2 : 0
}

/** Makes a plan, showing on a terminal how far reading is, and notes what was accepted for nothing. */
export async function preparePlan(
  host: Host,
  tenant: Tenant,
  config: Config,
  { allow, writeSecrets = false }: PlanFlags,
): Promise<Plan> {
  const progress = host.progress(`Reading ${tenant.name}`)
  try {
    const plan = await makePlan(tenant.api, tenant.name, config, {
      allow,
      writeSecrets,
      onProgress: (done, total) => progress.tell(`Reading ${tenant.name}: ${done} of ${total}`),
    })
    progress.stop()
    for (const note of idleAllowances(plan.findings, { flags: allow, file: config.allow }))
      host.err(`${note}\n`)
    return plan
  } finally {
    progress.stop()
  }
}
