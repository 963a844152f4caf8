import type { Address, Config } from '../config/config.ts'
import { hasEnvironments, inEnvironment, requireForm } from '../config/environments.ts'
import { findFlaws } from '../config/flaws.ts'
import { type Loaded, load } from '../config/load.ts'
import { parseConfig } from '../config/parse.ts'
import type { Closed, Outside } from '../config/reference.ts'
import { resolveReferences } from '../config/references.ts'
import { valueIn } from '../config/tree.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { CommonOptions } from './options.ts'

/** References that may have no value: those of settings, or credentials as well. */
export type UnsetOk = 'nothing' | 'settings' | 'everything'

/** From the file that was named, or found, to the configuration of the environment that was; throws all that is wrong. */
export async function readConfig(
  host: Host,
  options: Pick<CommonOptions, 'config' | 'env'>,
  unsetOk: UnsetOk = 'nothing',
): Promise<Config> {
  const loaded = await load(host, options.config)
  requireForm(loaded)
  return configOf(host, loaded, theEnvironment(options), unsetOk)
}

/** The one environment that `--env` names; `null` where it names none. Throws `usage` where it names several. */
export function theEnvironment({ env }: Pick<CommonOptions, 'env'>): string | null {
  const [first = null, ...others] = env
  if (others.length === 0) return first
  throw new UserError('usage', `This command works on one environment, and --env names ${env.join(' and ')}.`)
}

/**
 * The configuration of one environment of a loaded file; `null` is the whole of a file that has none. What credentials of
 * the file `guarded` refer to is closed to it.
 */
export async function configOf(
  host: Host,
  loaded: Loaded,
  environment: string | null,
  unsetOk: UnsetOk = 'nothing',
  guarded: Loaded = loaded,
): Promise<Config> {
  const own = inEnvironment(loaded, environment)
  const outside = await outsideOf(host, guarded)
  const resolved = resolveReferences(own.loaded, { ...outside, unsetOk: unsetOk !== 'nothing' })
  const config = parseConfig(resolved, environment)
  const flaws = await findFlaws(config.values, host.now)
  if (!own.credentials) return { ...config, flaws }
  const credentials = await credentialsIn(own.credentials, { ...outside, unsetOk: unsetOk === 'everything' })
  return { ...config, ...(credentials && { credentials }), flaws }
}

/** The tenant that an environment names, as far as that can be told; for telling whose error it is. */
export async function tenantOf(
  host: Host,
  loaded: Loaded,
  environment: string,
): Promise<Pick<Address, 'tenant'>> {
  const own = inEnvironment(loaded, environment).loaded
  const tree = { tenant: valueIn(own.tree, ['tenant']) }
  const outside = { ...(await outsideOf(host, loaded)), unsetOk: true }
  const tenant = valueIn(resolveReferences({ ...own, tree }, outside).tree, ['tenant'])
  return typeof tenant === 'string' ? { tenant } : {}
}

/** What credentials refer to is closed to all settings of a file: also to those of another environment. */
async function outsideOf({ cwd, env }: Host, loaded: Loaded): Promise<Outside> {
  if (!hasEnvironments(loaded)) return { cwd, env }
  const { closedReferences } = await import('../config/closed.ts')
  const closed = CLOSED.get(loaded) ?? closedReferences(loaded, env)
  CLOSED.set(loaded, closed)
  return { cwd, env, closed }
}

/** A fleet asks for each of its environments, and it is the same for all. */
const CLOSED = new WeakMap<Loaded, Closed>()

async function credentialsIn(loaded: Loaded, outside: Outside): Promise<Address['credentials']> {
  const { parseCredentials } = await import('../config/credentials.ts')
  return parseCredentials(resolveReferences(loaded, { ...outside, forCredentials: true }))
}
