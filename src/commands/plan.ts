import { idleAllowances } from '../checks/allowances.ts'
import type { Config } from '../config/config.ts'
import type { Host } from '../host.ts'
import { makePlan, outlineOf, type Plan, type PlanOutline } from '../plan/plan.ts'
import type { SavedPlan } from '../plan/saved.ts'
import { planDocument, renderJson } from '../views/documents.ts'
import { renderPlan } from '../views/human.ts'
import { configOf } from './configuration.ts'
import { type FleetOptions, isJson } from './options.ts'
import { chooseRuns, isFleet } from './runs.ts'
import { paintFor, print } from './screen.ts'
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

/** `plan`: shows the difference, and changes nothing. Exits 0, or 2 with `--detailed-exitcode` when there is one. */
export async function plan(host: Host, options: PlanOptions): Promise<number> {
  if (options.out !== undefined)
    await (await import('../plan/plan-file.ts')).requirePlanPlace(host.cwd, options.out)
  const runs = await chooseRuns(host, options)
  if (isFleet(runs)) return (await import('./plan-fleet.ts')).planFleet(host, options, runs)
  const config = await configOf(host, runs.loaded, runs.environment)
  const planned = await planOne(host, options, config)
  if (options.out !== undefined)
    await (await import('./saved-plan.ts')).savePlans(host, options.out, [planned])
  await show(host, options, planned.plan)
  return planExitCode(options, planned.plan)
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
    const { savable } = await import('./saved-plan.ts')
    return { plan: outlineOf(plan), saved: await savable(plan, config, options) }
  })
}

/** 2 where changes are to be told by the exit code, and there are some. */
export function planExitCode({ detailedExitcode }: PlanOptions, { changes }: PlanOutline): number {
  return detailedExitcode && changes.length > 0 ? 2 : 0
}

async function show(host: Host, options: PlanOptions, plan: PlanOutline): Promise<void> {
  if (isJson(options)) return host.out(renderJson(planDocument(plan)))
  if (options.format !== 'markdown') return print(host, renderPlan(plan, await paintFor(host, options)))
  const { renderMarkdown } = await import('../views/markdown.ts')
  host.out(renderMarkdown([{ environment: plan.environment, tenant: plan.tenant, plan }]))
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
