import { idleAllowances } from '../checks/allowances.ts'
import type { Config } from '../config/config.ts'
import type { Host } from '../host.ts'
import { makePlan, type Plan } from '../plan/plan.ts'
import { planDocument, renderJson } from '../views/documents.ts'
import { renderPlan } from '../views/human.ts'
import { choosePaint } from '../views/paint.ts'
import { readConfig } from './configuration.ts'
import { type CommonOptions, isJson } from './options.ts'
import { type Tenant, withTenant } from './tenant.ts'

/** Flags of `plan`, and of `apply`, which begins as a plan. */
export interface PlanFlags extends CommonOptions {
  readonly allow: readonly string[]
  readonly writeSecrets?: boolean
  readonly format?: 'human' | 'json'
}

/** `plan`: shows the difference, and changes nothing. Exits 0, or 2 with `--detailed-exitcode` when there is one. */
export async function plan(
  host: Host,
  options: PlanFlags & { readonly detailedExitcode?: boolean },
): Promise<number> {
  const config = await readConfig(host, options.config)
  return withTenant(host, options, config.tenant, async tenant => {
    const plan = await preparePlan(host, tenant, config, options)
    host.out(isJson(options) ? renderJson(planDocument(plan)) : await renderForPeople(host, plan, options))
    return options.detailedExitcode && plan.changes.length > 0 ? 2 : 0
  })
}

/** Makes a plan, showing on a terminal how far reading is, and notes what was accepted for nothing. */
export async function preparePlan(
  host: Host,
  tenant: Tenant,
  config: Config,
  options: PlanFlags,
): Promise<Plan> {
  const progress = host.progress(`Reading ${tenant.name}`)
  try {
    const plan = await makePlan(tenant.api, tenant.name, config, {
      allow: options.allow,
      writeSecrets: options.writeSecrets ?? false,
      onProgress: (done, total) => progress.tell(`Reading ${tenant.name}: ${done} of ${total}`),
    })
    progress.stop()
    for (const note of idleAllowances(plan.findings, { flags: options.allow, file: config.allow }))
      host.err(`${note}\n`)
    return plan
  } finally {
    progress.stop()
  }
}

/** A plan for one of the streams, in colours where they are seen. */
export async function renderForPeople(
  host: Host,
  plan: Plan,
  { color }: CommonOptions,
  stream: 'out' | 'err' = 'out',
): Promise<string> {
  const paint = await choosePaint({ env: host.env, isTerminal: host.terminal[stream], refused: !color })
  return renderPlan(plan, paint)
}
