import about from '../../package.json' with { type: 'json' }
import type { Host } from '../host.ts'
import { writePlanFile } from '../plan/plan-file.ts'
import { renderJson } from '../views/documents.ts'
import { savedPlanDocument } from '../views/saved-plan.ts'
import type { Planned } from './plan-one.ts'

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
