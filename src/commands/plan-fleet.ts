import type { Host } from '../host.ts'
import { planDocument } from '../views/documents.ts'
import { changeCells, renderPlan } from '../views/human.ts'
import { type FleetCommand, fleetExitCode, overFleet, runMembers } from './fleet.ts'
import { isJson } from './options.ts'
import { type Planned, type PlanOptions, planExitCode, planOne } from './plan.ts'
import type { Fleet } from './runs.ts'

/** `plan` for many tenants at once. */
export async function planFleet(host: Host, options: PlanOptions, fleet: Fleet): Promise<number> {
  const planned: Planned[] = []
  const command: FleetCommand<Planned> = {
    doing: 'Planning',
    key: 'plan',
    work: async ({ host, config, access }) => {
      const one = await planOne(host, { ...options, ...access }, config)
      planned.push(one)
      return one
    },
    document: ({ plan }) => planDocument(plan),
    block: ({ plan }, paint) => renderPlan(plan, paint),
    cells: ({ plan }) => changeCells(plan.changes),
    tally: ({ plan }) => (plan.changes.length > 0 ? 'with changes' : 'as the file has it'),
    code: ({ plan }) => planExitCode(options, plan),
  }
  const code =
    isJson(options) || options.format !== 'markdown'
      ? await overFleet(host, options, fleet, command)
      : await markdown(host, options, fleet, command)
  if (options.out !== undefined) {
    const rank = new Map(fleet.environments.map((name, index) => [name, index]))
    const inOrder = planned.sort(
      (a, b) => (rank.get(a.plan.environment ?? '') ?? 0) - (rank.get(b.plan.environment ?? '') ?? 0),
    )
    await (await import('./saved-plan.ts')).savePlans(host, options.out, inOrder)
  }
  return code
}

async function markdown(
  host: Host,
  options: PlanOptions,
  fleet: Fleet,
  command: FleetCommand<Planned>,
): Promise<number> {
  const results = await runMembers(host, options, fleet, command)
  const { renderMarkdown } = await import('../views/markdown.ts')
  host.out(
    renderMarkdown(
      results.map(({ environment, tenant, ...rest }) =>
        'value' in rest
          ? { environment, tenant, plan: rest.value.plan }
          : { environment, tenant, error: rest.error },
      ),
    ),
  )
  return fleetExitCode(host, results, command.code)
}
