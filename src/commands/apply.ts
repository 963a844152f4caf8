import { relative } from 'node:path'
import type { Finding } from '../checks/check.ts'
import { CheckError } from '../checks/refused.ts'
import type { Config } from '../config/config.ts'
import { exitCodeOf, UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { apply as applyPlan, type Report } from '../plan/apply.ts'
import type { Plan } from '../plan/plan.ts'
import { saveSnapshot } from '../plan/snapshot.ts'
import { gatherSettings } from '../plan/tenant-settings.ts'
import { applyDocument, renderJson } from '../views/documents.ts'
import { plural } from '../views/findings.ts'
import { renderReport } from '../views/human.ts'
import { choosePaint } from '../views/paint.ts'
import { snapshotHead } from '../views/snapshot.ts'
import { renderYaml } from '../views/yaml.ts'
import { readConfig } from './configuration.ts'
import { isJson } from './options.ts'
import { type PlanFlags, preparePlan, renderForPeople } from './plan.ts'
import { type Tenant, withTenant } from './tenant.ts'

interface ApplyFlags extends PlanFlags {
  readonly yes?: boolean
  readonly snapshot?: string
}

const NOTHING_DONE: Report = { applied: [], failed: [], notAttempted: [], verified: true }

/** `apply`: plans, asks, writes, reads back, reports. */
export async function apply(host: Host, options: ApplyFlags): Promise<number> {
  const canAsk = host.terminal.in && host.terminal.err
  if (!options.yes && !canAsk) {
    throw new UserError(
      'usage',
      'There is no terminal to ask on. Look at the plan, then run apply with --yes.',
    )
  }
  const config = await readConfig(host, options.config)
  return withTenant(host, options, config.tenant, async tenant => {
    const plan = await preparePlan(host, tenant, config, options)
    if (!isJson(options)) host.out(await renderForPeople(host, plan, options))
    await passFindings(host, plan.findings, canAsk)
    if (plan.writes.length === 0) {
      if (isJson(options)) host.out(renderJson(applyDocument(tenant.name, NOTHING_DONE, null)))
      return 0
    }
    requireScopes(tenant, plan)
    await confirm(host, tenant, plan, options)

    const before = gatherSettings({ state: plan.state, unreadable: [] }, plan.state.keys())
    const yaml = renderYaml(tenant.name, before, snapshotHead(plan, host.now()))
    const snapshot = await saveSnapshot(host, options.snapshot, tenant.name, yaml)
    const report = await write(host, tenant, plan, config)
    if (snapshot !== null)
      host.err(`What the tenant had before is saved in ${relative(host.cwd, snapshot)}\n`)
    await show(host, tenant, report, snapshot, options)
    return report.error ? exitCodeOf(report.error.code) : 0
  })
}

/** Errors stop; what has to be confirmed is asked, one by one; `--yes` does not answer these. */
async function passFindings(host: Host, findings: readonly Finding[], canAsk: boolean): Promise<void> {
  const open = findings.filter(({ allowed }) => !allowed)
  const errors = open.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw refusal(errors, findings)
  const confirms = open.filter(({ severity }) => severity === 'confirm')
  if (confirms.length > 0 && !canAsk) throw refusal(confirms, findings)
  for (const finding of confirms) {
    const accepted = await host.confirm(`${finding.check}  ${finding.message} Go on?`)
    if (!accepted) throw refusal([finding], findings)
  }
}

function refusal(stopping: readonly Finding[], findings: readonly Finding[]): CheckError {
  const ids = [...new Set(stopping.map(({ check }) => check))]
  const flags = ids.map(id => `--allow ${id}`).join(' ')
  const what = `${ids.join(', ')} ${ids.length === 1 ? 'stands' : 'stand'} in the way, and nothing was written.`
  return new CheckError(`${what} Mend the file; or, where it is meant, accept with ${flags}.`, findings)
}

/** Where it is known what the token may do, a write that it may not do is found before the first one. */
function requireScopes({ granted }: Tenant, { writes }: Plan): void {
  if (!granted) return
  const lacking = writes.filter(({ setting }) => !granted.has(setting.write.scope))
  if (lacking.length === 0) return
  const problems = lacking.flatMap(({ setting, changes }) =>
    changes.map(({ path }) => ({
      path,
      message: `Writing it needs the scope ${setting.write.scope}, which the token lacks.`,
    })),
  )
  throw new UserError(
    'scope_missing',
    'The token may not write everything, so nothing was written.',
    problems,
  )
}

async function confirm(host: Host, tenant: Tenant, { changes }: Plan, { yes }: ApplyFlags): Promise<void> {
  if (yes) return
  const accepted = await host.confirm(`Make ${plural(changes.length, 'change')} to ${tenant.name}?`)
  if (!accepted) throw new UserError('interrupted', 'Nothing was written: the question was answered with no.')
}

async function write(host: Host, { name, api }: Tenant, plan: Plan, config: Config): Promise<Report> {
  const progress = host.progress(`Writing to ${name}`)
  try {
    return await applyPlan(api, plan, config, {
      interrupt: host.interrupt,
      onWrite: (done, total, next) =>
        progress.tell(`Writing to ${name}: ${done} of ${total}${next ? `, ${next.changes[0]?.path}` : ''}`),
      onReadBack: (done, total) => progress.tell(`Reading back from ${name}: ${done} of ${total}`),
    })
  } finally {
    progress.stop()
  }
}

async function show(
  host: Host,
  { name }: Tenant,
  report: Report,
  snapshot: string | null,
  options: ApplyFlags,
): Promise<void> {
  if (isJson(options)) return host.out(renderJson(applyDocument(name, report, snapshot)))
  const paint = await choosePaint({ env: host.env, isTerminal: host.terminal.out, refused: !options.color })
  host.out(`\n${renderReport(report, paint)}`)
}
