import { environmentNames, requireForm, requireKnown } from '../config/environments.ts'
import { type Loaded, load } from '../config/load.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { FleetOptions } from './options.ts'

/** What a command line is for: one tenant, or several environments of a file. */
export type Runs = One | Fleet

export interface One {
  readonly loaded: Loaded
  /** `null`: the file has none. */
  readonly environment: string | null
}

export interface Fleet {
  readonly loaded: Loaded
  /** In the file's order. */
  readonly environments: readonly string[]
}

/** Whether a run is for several tenants. */
export function isFleet(runs: Runs): runs is Fleet {
  return 'environments' in runs
}

/**
 * Loads the file and says what is to be run: with `--all`, or several `--env`, a fleet, of which `--shard` takes a part.
 * Throws `usage` where the flags and the file do not go together.
 */
export async function chooseRuns(host: Host, options: FleetOptions): Promise<Runs> {
  const { env, all = false, shard } = options
  if (all && env.length > 0) {
    throw new UserError('usage', '--all takes every environment, and --env names one: give one of the two.')
  }
  if (shard && !all)
    throw new UserError('usage', '--shard takes a part of all environments: it goes with --all.')
  const loaded = await load(host, options.config)
  requireForm(loaded)
  if (!all && env.length < 2) return { loaded, environment: env[0] ?? null }
  const names = environmentNames(loaded)
  if (all && names.length === 0) {
    throw new UserError('usage', `${loaded.label} has no environments, so --all takes none. Leave it out.`)
  }
  for (const name of env) requireKnown(loaded, name)
  if (!all) return { loaded, environments: names.filter(name => env.includes(name)) }
  if (!shard) return { loaded, environments: names }
  const { shardOf } = await import('../fleet/shard.ts')
  return { loaded, environments: shardOf(names, shard) }
}
