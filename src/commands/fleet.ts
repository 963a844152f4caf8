import type { Config } from '../config/config.ts'
import { exitCodeOf, worstOf } from '../errors.ts'
import { type Ask, type Member, type Outcome, runFleet } from '../fleet/fleet.ts'
import type { Host } from '../host.ts'
import { renderJson } from '../views/documents.ts'
import { plural } from '../views/findings.ts'
import { type FleetResult, fleetDocument } from '../views/fleet.ts'
import type { Paint } from '../views/paint.ts'
import { printable } from '../views/printable.ts'
import { blockPrinter } from './block-printer.ts'
import { configOf, type UnsetOk } from './configuration.ts'
import { type FleetOptions, isJson } from './options.ts'
import type { Fleet } from './runs.ts'
import type { Access } from './tenant.ts'
import { tenantsOf } from './tenants-of.ts'

/** A command that is made of many tenants at once. */
export interface FleetCommand<T> {
  /** What is done, as progress says it: `Planning`. */
  readonly doing: string
  /** The key of its document in `mfa-config/fleet/1`. */
  readonly key: 'plan' | 'apply' | 'show' | 'validate' | 'doctor'
  readonly unsetOk?: UnsetOk
  /** What is done to one of them. */
  readonly work: (run: MemberRun) => Promise<T>
  readonly document: (value: T) => object
  /** Its block, for people. */
  readonly block: (value: T, paint: Paint) => string
  /** Its column in the matrix: a short text by path. */
  readonly cells?: (value: T) => ReadonlyMap<string, string>
  /** What the last line counts it under, such as `with changes`. */
  readonly tally: (value: T) => string
  readonly code: (value: T) => number
  /** Told that nothing more is done for one of them, whether its work has begun or not. */
  readonly onSettled?: (environment: string) => void
  /** What is done once nothing more is, before that is said: what fails in it is said in its place. */
  readonly conclude?: (results: readonly FleetResult<T>[]) => Promise<void>
}

/** One environment of a run, with its configuration. */
export interface MemberRun extends Member {
  readonly config: Config
  readonly access: Access
  readonly ask: Ask
}

/**
 * Runs a command on every environment of a fleet, and prints what came of each: a block as soon as it is there and all
 * before it are, then the matrix and a count; or one document. Gives the exit code, the worst of all.
 */
export async function overFleet<T>(
  host: Host,
  options: FleetOptions & { readonly format?: string },
  fleet: Fleet,
  command: FleetCommand<T>,
): Promise<number> {
  const printer = isJson(options) ? undefined : await blockPrinter(host, options, fleet, command)
  const results = await runMembers(host, options, fleet, command, result => {
    command.onSettled?.(result.environment)
    printer?.add(result)
  })
  await command.conclude?.(results)
  if (printer) await printer.end(results)
  else host.out(renderJson(fleetDocument(results, command)))
  return fleetExitCode(host, results, command.code)
}

/** Does the work for every environment, and prints nothing but progress. */
export async function runMembers<T>(
  host: Host,
  options: FleetOptions,
  { loaded, environments }: Fleet,
  { doing, unsetOk, work }: Pick<FleetCommand<T>, 'doing' | 'unsetOk' | 'work'>,
  onResult: (result: FleetResult<T>) => void = () => {},
): Promise<FleetResult<T>[]> {
  const access: Access = { ...options, isOneOfMany: true }
  const label = (done: number): string => `${doing}: ${done} of ${plural(environments.length, 'tenant')}`
  const tenants = await tenantsOf(host, access, loaded, environments)
  const resultOf = (outcome: Outcome<T>): FleetResult<T> => ({
    ...outcome,
    tenant: tenants.get(outcome.environment) ?? null,
  })
  let settled = 0
  let progress = host.progress(label(0))
  let turn: Promise<unknown> = Promise.resolve()
  const ask: Ask = question => {
    const asked = turn.then(async () => {
      progress.stop()
      try {
        return await question()
      } finally {
        progress = host.progress(label(settled))
      }
    })
    turn = asked.catch(() => {})
    return asked
  }
  try {
    const outcomes = await runFleet<T>(host, {
      environments,
      concurrency: options.concurrency,
      ask,
      nameOf: printable,
      work: async member => {
        const config = await configOf(member.host, loaded, member.environment, unsetOk)
        return work({ ...member, access, config, ask })
      },
      onOutcome: (outcome, done) => {
        settled = done
        progress.tell(label(done))
        onResult(resultOf(outcome))
      },
    })
    return outcomes.map(resultOf)
  } finally {
    progress.stop()
  }
}

/** The worst exit code of a fleet. What is a bug is told with its stack, after everything else. */
export function fleetExitCode<T>(
  host: Host,
  results: readonly FleetResult<T>[],
  code: (value: T) => number,
): number {
  for (const result of results) {
    if (!('bug' in result)) continue
    const { bug, environment } = result
    const stack = bug instanceof Error ? bug.stack : String(bug)
    host.err(`${printable(environment)}: This is a bug in mfa-config; please report it.\n${stack}\n`)
  }
  return worstOf(
    results.map(result => ('value' in result ? code(result.value) : exitCodeOf(result.error.code))),
  )
}
