import { exitCodeOf, worstOf } from '../errors.ts'
import { makeAhead } from '../fleet/ahead.ts'
import { type Outcome, runFleet } from '../fleet/fleet.ts'
import type { Host } from '../host.ts'
import { renderJson } from '../views/documents.ts'
import { plural } from '../views/findings.ts'
import { type FleetResult, fleetDocument } from '../views/fleet.ts'
import { printable } from '../views/printable.ts'
import { blockPrinter } from './block-printer.ts'
import { configOf } from './configuration.ts'
import type { FleetCommand } from './fleet-command.ts'
import { type FleetOptions, isJson } from './options.ts'
import type { Fleet } from './runs.ts'
import { shareTerminal } from './shared-terminal.ts'
import type { Access } from './tenant.ts'
import { tenantsOf } from './tenants-of.ts'

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
  // Whoever reads it sees what was done even where the end of it fails; a document is one.
  if (printer) await printer.end(results)
  await command.conclude?.(results)
  if (!printer) host.out(renderJson(fleetDocument(results, command)))
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
  const configurations = makeAhead(environments, options.concurrency, environment =>
    configOf(host, loaded, environment, unsetOk),
  )
  const terminal = shareTerminal(host, label(0))
  const { ask } = terminal
  try {
    const outcomes = await runFleet<T>(terminal.host, {
      environments,
      concurrency: options.concurrency,
      ask,
      nameOf: printable,
      work: async member => {
        const config = await configurations.take(member.environment)
        return work({ ...member, access, config, ask })
      },
      onOutcome: (outcome, done) => {
        terminal.tell(label(done))
        onResult(resultOf(outcome))
      },
    })
    return outcomes.map(resultOf)
  } finally {
    terminal.stop()
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
