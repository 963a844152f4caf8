import type { Host } from '../host.ts'
import type { PlanOutline } from '../plan/plan.ts'
import { configOf } from '../run/configuration.ts'
import { isJson } from '../run/options.ts'
import { type PlanOptions, planExitCode, planOne } from '../run/plan-one.ts'
import { chooseRuns, isFleet } from '../run/runs.ts'
import { paintFor, print } from '../run/screen.ts'
import { planDocument, renderJson } from '../views/documents.ts'
import { renderPlan } from '../views/human.ts'

/** `plan`: shows the difference, and changes nothing. Exits 0, or 2 with `--detailed-exitcode` when there is one. */
export async function plan(host: Host, options: PlanOptions): Promise<number> {
  if (options.out !== undefined)
    await (await import('../plan/plan-file.ts')).clearPlanPlace(host.cwd, options.out)
  const runs = await chooseRuns(host, options)
  if (isFleet(runs)) return (await import('./fleet/plan.ts')).planFleet(host, options, runs)
  const config = await configOf(host, runs.loaded, runs.environment)
  const planned = await planOne(host, options, config)
  const save = async (): Promise<void> => {
    if (options.out === undefined) return
    await (await import('../run/saved-plan.ts')).savePlans(host, options.out, [planned])
  }
  // Whoever reads it sees the plan even where it cannot be saved; a document is one.
  if (isJson(options)) await save()
  await show(host, options, planned.plan)
  if (!isJson(options)) await save()
  return planExitCode(options, planned.plan)
}

async function show(host: Host, options: PlanOptions, plan: PlanOutline): Promise<void> {
  if (isJson(options)) return host.out(renderJson(planDocument(plan)))
  if (options.format !== 'markdown') return print(host, renderPlan(plan, await paintFor(host, options)))
  const { renderMarkdown } = await import('../views/markdown.ts')
  host.out(renderMarkdown([{ environment: plan.environment, tenant: plan.tenant, plan }]))
}
