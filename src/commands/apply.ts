import { relative } from 'node:path'
import { exitCodeOf, UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { apply as applyPlan, type Report } from '../plan/apply.ts'
import type { Plan } from '../plan/plan.ts'
import { saveSnapshot } from '../plan/snapshot.ts'
import { gatherSettings } from '../plan/tenant-settings.ts'
import { applyDocument, renderJson } from '../views/documents.ts'
import { renderReport } from '../views/human.ts'
import { choosePaint } from '../views/paint.ts'
import { snapshotHead } from '../views/snapshot.ts'
import { renderYaml } from '../views/yaml.ts'
import { type AgreementFlags, agreedPlan, canAsk } from './agreement.ts'
import { readConfig } from './configuration.ts'
import { isJson } from './options.ts'
import { type Tenant, withTenant } from './tenant.ts'

interface ApplyFlags extends AgreementFlags {
  readonly snapshot?: string
}

const NOTHING_DONE: Report = { applied: [], failed: [], notAttempted: [], verified: true, hidden: [] }

/** `apply`: plans, asks, writes, reads back, reports. */
export async function apply(host: Host, options: ApplyFlags): Promise<number> {
  if (!options.yes && !canAsk(host)) {
    throw new UserError(
      'usage',
      'There is no terminal to ask on. Look at the plan, then run apply with --yes.',
    )
  }
  const config = await readConfig(host, options.config)
  return withTenant(host, options, config.tenant, async tenant => {
    const plan = await agreedPlan(host, tenant, config, options)
    if (plan.writes.length === 0) {
      if (isJson(options)) host.out(renderJson(applyDocument(tenant.name, NOTHING_DONE, null)))
      return 0
    }
    const before = gatherSettings({ state: plan.state, unreadable: [] }, plan.state.readings.keys())
    const yaml = renderYaml(tenant.name, before, snapshotHead(plan, host.now()))
    const snapshot = await saveSnapshot(host, options.snapshot, tenant.name, yaml)
    const report = await write(host, tenant, plan)
    if (snapshot !== null)
      host.err(`What the tenant had before is saved in ${relative(host.cwd, snapshot)}\n`)
    await show(host, tenant, report, snapshot, options)
    return report.error ? exitCodeOf(report.error.code) : 0
  })
}

async function write(host: Host, { name, api }: Tenant, plan: Plan): Promise<Report> {
  const progress = host.progress(`Writing to ${name}`)
  try {
    return await applyPlan(api, plan, {
      interrupt: host.interrupt,
      pause: async (milliseconds, reason) => {
        host.err(`${reason}\n`)
        await host.wait(milliseconds)
      },
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
