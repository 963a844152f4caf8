import type { Host } from '../host.ts'
import { atTerminal } from '../run/agreement.ts'
import { type ApplyOptions, applyAndReport, requireSomebody } from '../run/apply-one.ts'
import { configOf } from '../run/configuration.ts'
import { chooseRuns, isFleet } from '../run/runs.ts'

/** `apply`: plans, asks, writes, reads back, reports. */
export async function apply(host: Host, options: ApplyOptions): Promise<number> {
  requireSomebody(host, options)
  const runs = await chooseRuns(host, options)
  if (isFleet(runs)) return (await import('./fleet/apply.ts')).applyFleet(host, options, runs)
  const config = await configOf(host, runs.loaded, runs.environment)
  return applyAndReport(host, options, config, atTerminal(host, options))
}
