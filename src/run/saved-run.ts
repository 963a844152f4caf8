import about from '../../package.json' with { type: 'json' }
import type { Config } from '../config/config.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Plan } from '../plan/plan.ts'
import type { PlanFile } from '../plan/plan-file.ts'
import { movedSince, type SavedPlan } from '../plan/saved.ts'
import { renderMoved } from '../views/saved-plan.ts'
import type { PlanFlags } from './plan-one.ts'
import { type Access, namedTenant } from './tenant.ts'

/** A version of this tool other than the one that planned may do the same; if not, the plan is refused as any other. */
export function noteVersion(host: Host, name: string, { version }: PlanFile): void {
  if (version !== about.version) {
    host.err(`${name} was made by mfa-config ${version}; this is ${about.version}.\n`)
  }
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

/** The flags of a run that applies a saved plan: those that the plan was made with. */
function withSavedFlags<T extends PlanFlags>(options: T, { options: saved }: SavedPlan): T {
  if (options.writeSecrets && !saved.writeSecrets) {
    throw new UserError(
      'usage',
      'The plan was made without --write-secrets. Plan anew with it, or leave it out.',
    )
  }
  return {
    ...options,
    writeSecrets: saved.writeSecrets,
    allow: [...new Set([...options.allow, ...saved.allow])],
  }
}

/** Refuses a saved plan that is not what would be done now, and says what has moved. Throws `plan_stale`. */
async function requireSame(saved: SavedPlan, plan: Plan, config: Config): Promise<void> {
  const moved = await movedSince(saved, plan, config)
  if (moved.length === 0) return
  throw new UserError(
    'plan_stale',
    `The plan no longer fits ${plan.tenant}, so nothing was written. Plan anew, and look at what has moved:`,
    moved.map(one => ({
      path: one.path,
      ...(one.what === 'file' && config.locate(one.path)),
      message: renderMoved(one),
    })),
  )
}

/** The error for a saved plan that does not fit, whatever it is about. */
export function stale(what: string): UserError {
  return new UserError('plan_stale', `${what}. Nothing was written.`)
}

function whose(plans: readonly SavedPlan[]): string {
  return plans.map(({ plan }) => nameOf(plan.environment)).join(', ') || 'no tenant'
}

function nameOf(environment: string | null): string {
  return environment === null ? 'a file without environments' : `environment ${environment}`
}
