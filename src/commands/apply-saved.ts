import type { Config } from '../config/config.ts'
import { environmentNames } from '../config/environments.ts'
import { load } from '../config/load.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Plan } from '../plan/plan.ts'
import { type PlanFile, readPlanFile } from '../plan/plan-file.ts'
import type { SavedPlan } from '../plan/saved.ts'
import { atTerminal } from './agreement.ts'
import { type ApplyOptions, applyAndReport, requireSomebody } from './apply.ts'
import { configOf } from './configuration.ts'
import type { PlanFlags } from './plan.ts'
import { chooseRuns, isFleet, type Runs } from './runs.ts'
import { noteVersion, requireSame, withSavedFlags } from './saved-plan.ts'
import { type Access, namedTenant } from './tenant.ts'

/** `apply PLAN`: makes a saved plan so, if it is still what would be done. Exits 5 where it is not. */
export async function applySaved(host: Host, name: string, options: ApplyOptions): Promise<number> {
  requireSomebody(host, options)
  const file = await readPlanFile(host.cwd, name)
  noteVersion(host, name, file)
  const runs = await runsOf(host, options, name, file)
  if (isFleet(runs))
    return (await import('./apply-fleet.ts')).applyFleet(host, options, runs, { name, ...file })
  const config = await configOf(host, runs.loaded, runs.environment)
  const { flags, require } = savedRun(host, options, { name, ...file }, config)
  return applyAndReport(host, flags, config, { ...atTerminal(host, flags), require })
}

/** A file of saved plans, by the name that it was given on the command line. */
export interface NamedPlanFile extends PlanFile {
  readonly name: string
}

/**
 * What it takes to apply the saved plan of one environment: its flags, and what refuses another plan. Throws
 * `plan_stale` where there is no plan for it, or where that is one for another tenant; nothing has been sent then.
 */
export function savedRun<T extends PlanFlags & Access>(
  host: Host,
  options: T,
  { name, plans }: NamedPlanFile,
  config: Config,
): { readonly flags: T; readonly require: (plan: Plan) => Promise<void> } {
  const { environment } = config
  const saved = plans.find(({ plan }) => plan.environment === environment)
  if (!saved) throw stale(`${name} is a plan for ${whose(plans)}, and not for ${nameOf(environment)}`)
  const tenant = namedTenant(host, options, config)
  if (tenant !== null && tenant !== saved.plan.tenant) {
    throw stale(`${name} is a plan for ${saved.plan.tenant}, and this is ${tenant}`)
  }
  const flags = withSavedFlags(options, saved)
  return { flags, require: plan => requireSame(saved, plan, config) }
}

/** The environments that the flags name; with none of them, those of the plan. */
async function runsOf(host: Host, options: ApplyOptions, name: string, { plans }: PlanFile): Promise<Runs> {
  if (options.all || options.env.length > 0 || options.shard) return chooseRuns(host, options)
  const planned = plans.flatMap(({ plan: { environment } }) => (environment === null ? [] : [environment]))
  const loaded = await load(host, options.config)
  const known = environmentNames(loaded)
  const gone = planned.filter(environment => !known.includes(environment))
  if (gone.length > 0)
    throw stale(`${name} is a plan for ${gone.join(', ')}, which ${loaded.label} no longer has`)
  if (planned.length === 0 && known.length > 0)
    throw stale(`${name} is a plan of a file without environments`)
  const [only = null] = planned
  return planned.length > 1 ? { loaded, environments: planned } : { loaded, environment: only }
}

function stale(what: string): UserError {
  return new UserError('plan_stale', `${what}. Nothing was written.`)
}

function whose(plans: readonly SavedPlan[]): string {
  return plans.map(({ plan }) => nameOf(plan.environment)).join(', ') || 'no tenant'
}

function nameOf(environment: string | null): string {
  return environment === null ? 'a file without environments' : `environment ${environment}`
}
