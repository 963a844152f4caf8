import about from '../../package.json' with { type: 'json' }
import type { Config } from '../config/config.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { fingerprint, newSalt } from '../plan/fingerprint.ts'
import type { Plan } from '../plan/plan.ts'
import { type PlanFile, writePlanFile } from '../plan/plan-file.ts'
import { movedSince, type SavedPlan } from '../plan/saved.ts'
import { renderJson } from '../views/documents.ts'
import { renderMoved, savedPlanDocument } from '../views/saved-plan.ts'
import type { PlanFlags, Planned } from './plan.ts'

/** What it takes to save a plan: what it was made from, and with. */
export async function savable(
  plan: Plan,
  config: Config,
  { allow, writeSecrets = false }: PlanFlags,
): Promise<Omit<SavedPlan, 'plan'>> {
  return { options: { writeSecrets, allow }, ...(await fingerprint(config, plan.state, newSalt())) }
}

/**
 * Saves plans in one file, and says on standard error how to apply it, and which environments are not in it; nothing is
 * written where no plan could be made.
 */
export async function savePlans(
  host: Host,
  name: string,
  planned: readonly Planned[],
  without: readonly string[] = [],
): Promise<void> {
  const plans = planned.flatMap(({ plan, saved }) => (saved ? [{ plan, ...saved }] : []))
  if (plans.length === 0) return
  await writePlanFile(host.cwd, name, renderJson(savedPlanDocument(about.version, plans)))
  const missing = without.length > 0 ? `, without ${without.join(', ')}` : ''
  host.err(`The plan is saved in ${name}${missing}. To make it so: mfa-config apply ${name}\n`)
}

/** A version of this tool other than the one that planned may do the same; if not, the plan is refused as any other. */
export function noteVersion(host: Host, name: string, { version }: PlanFile): void {
  if (version !== about.version) {
    host.err(`${name} was made by mfa-config ${version}; this is ${about.version}.\n`)
  }
}

/** The flags of a run that applies a saved plan: those that the plan was made with. */
export function withSavedFlags<T extends PlanFlags>(options: T, { options: saved }: SavedPlan): T {
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
export async function requireSame(saved: SavedPlan, plan: Plan, config: Config): Promise<void> {
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
