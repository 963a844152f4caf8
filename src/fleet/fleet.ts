import { UserError } from '../errors.ts'
import type { Host, Progress } from '../host.ts'
import { createSlots, type Slot } from './slots.ts'

/** What came of one environment: a value, or why there is none. Not the user's to mend: then `bug` is what was thrown. */
export type Outcome<T> = { readonly environment: string } & (
  | { readonly value: T }
  | { readonly error: UserError; readonly bug?: unknown }
)

/** One environment's share of a run: a host that speaks of it, and a place among those who work at once. */
export interface Member {
  readonly environment: string
  readonly host: Host
  readonly slot: Slot
}

/** Asks, when it is the turn of whoever asks. */
export type Ask = <R>(question: () => Promise<R>) => Promise<R>

/** How a fleet is worked through. */
export interface FleetRun<T> {
  readonly environments: readonly string[]
  /** How many are worked on at once. */
  readonly concurrency: number
  readonly work: (member: Member) => Promise<T>
  /** Asks something of the person at the terminal, while nothing else is shown or asked there. */
  readonly ask: Ask
  /** How an environment is named in what is said of it. Absent: as it is. */
  readonly nameOf?: (environment: string) => string
  /** Told of each outcome as it comes, in any order. */
  readonly onOutcome?: (outcome: Outcome<T>, done: number) => void
}

const SILENT: Progress = { tell: () => {}, stop: () => {} }

/**
 * Works on every environment of a fleet, some at once; gives what came of each, in their order. Nothing that happens to
 * one stops another. After Ctrl-C those that have not begun are interrupted, too.
 */
export async function runFleet<T>(
  host: Host,
  { environments, concurrency, work, ask, nameOf = name => name, onOutcome = () => {} }: FleetRun<T>,
): Promise<Outcome<T>[]> {
  const slots = createSlots(concurrency)
  let done = 0
  return Promise.all(
    environments.map(environment =>
      slots.hold(async slot => {
        const outcome = await settle(environment, () => {
          if (host.interrupt.aborted) throw new UserError('interrupted', 'Interrupted before it had begun.')
          return work({ environment, slot, host: memberHost(host, nameOf(environment), slot, ask) })
        })
        onOutcome(outcome, ++done)
        return outcome
      }),
    ),
  )
}

async function settle<T>(environment: string, work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { environment, value: await work() }
  } catch (error) {
    if (error instanceof UserError) return { environment, error }
    const text = error instanceof Error ? error.message : String(error)
    return {
      environment,
      error: new UserError('api_error', `This is a bug in mfa-config: ${text}`),
      bug: error,
    }
  }
}

/**
 * What is said of a run is said with the environment's name. While one waits to send again, or for an answer, another
 * has its place.
 */
function memberHost(host: Host, name: string, slot: Slot, ask: Ask): Host {
  return {
    ...host,
    err: text => host.err(text.replace(/^(?=.)/gm, () => `${name}: `)),
    progress: () => SILENT,
    confirm: question => slot.release(() => ask(() => host.confirm(`${name}: ${question}`))),
    wait: milliseconds => slot.release(() => host.wait(milliseconds)),
  }
}
