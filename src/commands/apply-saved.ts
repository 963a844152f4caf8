import { environmentNames, requireForm } from '../config/environments.ts'
import { load } from '../config/load.ts'
import type { Host } from '../host.ts'
import { type PlanFile, readPlanFile } from '../plan/plan-file.ts'
import { atTerminal } from '../run/agreement.ts'
import { type ApplyOptions, applyAndReport, requireSomebody } from '../run/apply-one.ts'
import { configOf } from '../run/configuration.ts'
import { chooseRuns, isFleet, type Runs } from '../run/runs.ts'
import { noteVersion, savedRun, stale } from '../run/saved-run.ts'

/** `apply PLAN`: makes a saved plan so, if it is still what would be done. Exits 5 where it is not. */
export async function applySaved(host: Host, name: string, options: ApplyOptions): Promise<number> {
  requireSomebody(host, options)
  const file = await readPlanFile(host.cwd, name)
  noteVersion(host, name, file)
  const runs = await runsOf(host, options, name, file)
  if (isFleet(runs))
    return (await import('./fleet/apply.ts')).applyFleet(host, options, runs, { name, ...file })
  const config = await configOf(host, runs.loaded, runs.environment)
  const { flags, require } = savedRun(host, options, { name, ...file }, config)
  return applyAndReport(host, flags, config, { ...atTerminal(host, flags), require })
}

/** The environments that the flags name; with none of them, those of the plan. */
async function runsOf(host: Host, options: ApplyOptions, name: string, { plans }: PlanFile): Promise<Runs> {
  if (options.all || options.env.length > 0 || options.shard) return chooseRuns(host, options)
  const planned = plans.flatMap(({ plan: { environment } }) => (environment === null ? [] : [environment]))
  const loaded = await load(host, options.config)
  requireForm(loaded)
  const known = environmentNames(loaded)
  const gone = planned.filter(environment => !known.includes(environment))
  if (gone.length > 0)
    throw stale(`${name} is a plan for ${gone.join(', ')}, which ${loaded.label} no longer has`)
  if (planned.length === 0 && known.length > 0)
    throw stale(`${name} is a plan of a file without environments`)
  const [only = null] = planned
  return planned.length > 1 ? { loaded, environments: planned } : { loaded, environment: only }
}
