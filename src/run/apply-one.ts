import { relative } from 'node:path'
import type { Config } from '../config/config.ts'
import { exitCodeOf, UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { apply as applyPlan, type Report } from '../plan/apply.ts'
import { outlineOf, type Plan, type PlanOutline } from '../plan/plan.ts'
import { saveSnapshot } from '../plan/snapshot.ts'
import { gatherSettings } from '../plan/tenant-settings.ts'
import { type Applied, applyDocument, renderJson } from '../views/documents.ts'
import { renderReport } from '../views/human.ts'
import { snapshotHead } from '../views/snapshot.ts'
import { renderYaml } from '../views/yaml.ts'
import { type Agreement, type AgreementFlags, agreedPlan, canAsk } from './agreement.ts'
import { type FleetOptions, isJson } from './options.ts'
import type { PlanFlags } from './plan-one.ts'
import { paintFor, print } from './screen.ts'
import { type Access, type Tenant, withTenant } from './tenant.ts'

/** Flags of `apply`. */
export interface ApplyOptions extends AgreementFlags, PlanFlags, FleetOptions {
  readonly snapshot?: string
}

const NOTHING_DONE: Report = { applied: [], failed: [], notAttempted: [], verified: true, hidden: [] }

/** Without a terminal there is nobody to ask. Throws `usage` where somebody would have to be asked. */
export function requireSomebody(host: Host, { yes }: AgreementFlags): void {
  if (yes || canAsk(host)) return
  throw new UserError('usage', 'There is no terminal to ask on. Look at the plan, then run apply with --yes.')
}

/** Applies to one tenant and prints what was done; gives the exit code. */
export async function applyAndReport(
  host: Host,
  options: ApplyOptions,
  config: Config,
  agreement: Agreement,
): Promise<number> {
  const applied = await applyOne(host, options, config, agreement)
  if (isJson(options)) host.out(renderJson(applyDocument(applied)))
  else if (applied.plan.requests.length > 0) {
    await print(host, `\n${renderReport(applied.report, await paintFor(host, options))}`)
  }
  return applyExitCode(applied)
}

/** What `apply` planned and did. */
export interface Done extends Applied {
  readonly plan: PlanOutline
}

/** Applies to one tenant what was agreed to. */
export function applyOne(
  host: Host,
  options: PlanFlags & Access & Pick<ApplyOptions, 'snapshot'>,
  config: Config,
  agreement: Agreement,
): Promise<Done> {
  return withTenant(host, options, config, async tenant => {
    const plan = await agreedPlan(host, tenant, config, options, agreement)
    const done = { tenant: tenant.name, environment: config.environment, plan: outlineOf(plan) }
    if (plan.writes.length === 0) return { ...done, report: NOTHING_DONE, snapshot: null }
    const snapshot = await snapshotOf(host, options.snapshot, plan)
    const report = await write(host, tenant, plan)
    if (snapshot !== null)
      host.err(`What the tenant had before is saved in ${relative(host.cwd, snapshot)}\n`)
    return { ...done, report, snapshot }
  })
}

/** The exit code for what was done: 0, or that of the write that failed. */
export function applyExitCode({ report: { error } }: Applied): number {
  return error ? exitCodeOf(error.code) : 0
}

function snapshotOf(host: Host, place: string | undefined, plan: Plan): Promise<string | null> {
  const before = gatherSettings({ state: plan.state, unreadable: [] }, plan.state.readings.keys())
  return saveSnapshot(
    host,
    place,
    plan.tenant,
    renderYaml(plan.tenant, before, snapshotHead(plan, host.now())),
  )
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
