import type { Host } from '../host.ts'
import { type FleetResult, renderFailure, renderFleetEnd } from '../views/fleet.ts'
import type { FleetCommand } from './fleet-command.ts'
import type { CommonOptions } from './options.ts'
import type { Fleet } from './runs.ts'
import { paintFor, print } from './screen.ts'

/** Blocks in the order of the environments. At a terminal they wait for the end: progress is shown there meanwhile. */
export async function blockPrinter<T>(
  host: Host,
  options: CommonOptions,
  { environments }: Fleet,
  command: FleetCommand<T>,
): Promise<{
  add: (result: FleetResult<T>) => void
  end: (results: readonly FleetResult<T>[]) => Promise<void>
}> {
  const paint = await paintFor(host, options)
  const block = (result: FleetResult<T>): string =>
    `${'value' in result ? command.block(result.value, paint) : renderFailure(result, paint)}\n`
  const waiting = new Map<string, FleetResult<T>>()
  let printed = 0
  return {
    add: result => {
      if (host.terminal.out || host.terminal.err) return
      waiting.set(result.environment, result)
      for (;;) {
        const next = waiting.get(environments[printed] ?? '')
        if (!next) return
        waiting.delete(next.environment)
        host.out(block(next))
        printed++
      }
    },
    end: async results => {
      for (const result of results.slice(printed)) await print(host, block(result))
      const width = host.terminal.out ? host.terminal.columns : undefined
      host.out(renderFleetEnd(results, command, paint, width))
    },
  }
}
