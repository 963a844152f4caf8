import type { Host } from '../../host.ts'
import { fleetExitCode, overFleet, runMembers } from '../../run/fleet.ts'
import type { FleetCommand } from '../../run/fleet-command.ts'
import { isJson } from '../../run/options.ts'
import { type Planned, type PlanOptions, planExitCode, planOne } from '../../run/plan-one.ts'
import type { Fleet } from '../../run/runs.ts'
import { planDocument } from '../../views/documents.ts'
import { changeCells, renderPlan } from '../../views/human.ts'

/** `plan` for many tenants at once. */
export async function planFleet(host: Host, options: PlanOptions, fleet: Fleet): Promise<number> {
  const command: FleetCommand<Planned> = {
    doing: 'Planning',
    key: 'plan',
    work: ({ host, config, access }) => planOne(host, { ...options, ...access }, config),
    document: ({ plan }) => planDocument(plan),
    block: ({ plan }, paint) => renderPlan(plan, paint),
    cells: ({ plan }) => changeCells(plan.changes),
    tally: ({ plan }) => (plan.changes.length > 0 ? 'with changes' : 'as the file has it'),
    code: ({ plan }) => planExitCode(options, plan),
    conclude: async results => {
      if (options.out === undefined) return
      const planned = results.flatMap(result => ('value' in result ? [result.value] : []))
      const failed = results.flatMap(result => ('value' in result ? [] : [result.environment]))
      await (await import('../../run/saved-plan.ts')).savePlans(host, options.out, planned, failed)
    },
  }
  return isJson(options) || options.format !== 'markdown'
    ? overFleet(host, options, fleet, command)
    : markdown(host, options, fleet, command)
}

async function markdown(
  host: Host,
  options: PlanOptions,
  fleet: Fleet,
  command: FleetCommand<Planned>,
): Promise<number> {
  const results = await runMembers(host, options, fleet, command)
  const { renderMarkdown } = await import('../../views/markdown.ts')
  host.out(
    renderMarkdown(
      results.map(({ environment, tenant, ...rest }) =>
        'value' in rest
          ? { environment, tenant, plan: rest.value.plan }
          : { environment, tenant, error: rest.error },
      ),
    ),
  )
  await command.conclude?.(results)
  return fleetExitCode(host, results, command.code)
}
