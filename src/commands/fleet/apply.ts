import { UserError } from '../../errors.ts'
import { createVote } from '../../fleet/vote.ts'
import type { Host } from '../../host.ts'
import { outlineOf, type PlanOutline } from '../../plan/plan.ts'
import { canAsk, declined } from '../../run/agreement.ts'
import { type ApplyOptions, applyExitCode, applyOne, type Done } from '../../run/apply-one.ts'
import { overFleet } from '../../run/fleet.ts'
import type { MemberRun } from '../../run/fleet-command.ts'
import { isJson } from '../../run/options.ts'
import type { Fleet } from '../../run/runs.ts'
import { type NamedPlanFile, savedRun } from '../../run/saved-run.ts'
import { paintFor, print } from '../../run/screen.ts'
import { tenantsOf } from '../../run/tenants-of.ts'
import { SANDBOX } from '../../tenant/domain.ts'
import { applyDocument } from '../../views/documents.ts'
import { plural } from '../../views/findings.ts'
import { heading } from '../../views/heading.ts'
import { blocks, changeCells, renderPlan, renderReport, reportCells } from '../../views/human.ts'
import { renderMatrix } from '../../views/matrix.ts'

/**
 * `apply` for many tenants at once. Unless `--yes` was given, nothing is written before every plan is made and shown, and
 * one question about all of them is answered. A tenant that fails, or that a check stops, keeps no other from its writes.
 */
export async function applyFleet(
  host: Host,
  options: ApplyOptions,
  fleet: Fleet,
  saved?: NamedPlanFile,
): Promise<number> {
  await requireTenantOnce(host, options, fleet)
  let ask: MemberRun['ask'] = question => question()
  const present = (plan: PlanOutline): Promise<void> => presentPlan(host, options, plan)
  const vote = createVote<PlanOutline>(fleet.environments, plans => ask(() => agree(host, options, plans)))
  return overFleet<Done>(host, options, fleet, {
    doing: 'Applying',
    key: 'apply',
    async work(run) {
      ask = run.ask
      const { environment, host, slot } = run
      const given = { ...options, ...run.access }
      const { flags, require } = saved
        ? savedRun(host, given, saved, run.config)
        : { flags: given, require: undefined }
      return applyOne(host, flags, run.config, {
        ...(require && { require }),
        // What a check wants confirmed is about a plan that has to be seen first.
        present: async plan => {
          if (isToBeConfirmed(plan) && canAsk(host)) await slot.release(() => run.ask(() => present(plan)))
        },
        async confirm(plan) {
          if (options.yes) return
          const isAgreed = await slot.release(() => vote.propose(environment, outlineOf(plan)))
          if (!isAgreed) throw declined()
        },
      })
    },
    onSettled: vote.abstain,
    document: applyDocument,
    block: (done, paint) => {
      const { plan, report } = done
      if (plan.requests.length === 0) return renderPlan(plan, paint)
      const shown =
        options.yes || isJson(options) ? renderPlan(plan, paint) : blocks([[heading(plan, paint)]])
      return `${shown}\n${renderReport(report, paint)}`
    },
    cells: ({ report }) => reportCells(report),
    tally: ({ report, plan }) => {
      if (report.error)
        return report.notAttempted.length + report.failed.length > 0 ? 'not done' : 'not verified'
      return plan.requests.length > 0 ? 'applied' : 'as the file has it'
    },
    code: applyExitCode,
  })
}

function isToBeConfirmed({ findings }: PlanOutline): boolean {
  return findings.some(({ severity, allowed }) => severity === 'confirm' && !allowed)
}

/** Shows one plan. The result alone goes to standard output, so that beside a document it does not go there. */
async function presentPlan(host: Host, options: ApplyOptions, plan: PlanOutline): Promise<void> {
  const stream = isJson(options) ? 'err' : 'out'
  await print(host, `${renderPlan(plan, await paintFor(host, options, stream))}\n`, stream)
}

/** Shows every plan that would be made, and asks about all at once. */
async function agree(host: Host, options: ApplyOptions, plans: readonly PlanOutline[]): Promise<boolean> {
  const stream = isJson(options) ? 'err' : 'out'
  const paint = await paintFor(host, options, stream)
  for (const plan of plans) await presentPlan(host, options, plan)
  const columns = plans.map(({ environment, changes }) => ({
    name: environment ?? '',
    cells: changeCells(changes),
  }))
  const matrix = renderMatrix(columns, paint, host.terminal.columns)
  if (matrix.length > 0) host[stream](`${blocks([matrix])}\n`)
  const changes = plans.reduce((sum, plan) => sum + plan.changes.length, 0)
  return host.confirm(`Make ${plural(changes, 'change')} to ${plural(plans.length, 'tenant')}?`)
}

/** Two environments for one tenant would write over each other. Throws `config_invalid` before anything is sent. */
async function requireTenantOnce(
  host: Host,
  options: ApplyOptions,
  { loaded, environments }: Fleet,
): Promise<void> {
  const seen = new Map<string, string>()
  for (const [environment, tenant] of await tenantsOf(
    host,
    { ...options, isOneOfMany: true },
    loaded,
    environments,
  )) {
    const other = tenant === null || tenant === SANDBOX ? undefined : seen.get(tenant)
    if (other !== undefined) {
      throw new UserError(
        'config_invalid',
        `Environments ${other} and ${environment} of ${loaded.label} are both for ${tenant}: each would undo the other's work.`,
      )
    }
    if (tenant !== null) seen.set(tenant, environment)
  }
}
