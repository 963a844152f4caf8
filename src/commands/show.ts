import { EMPTY_CONFIG } from '../config/config.ts'
import { findFile } from '../config/find.ts'
import type { Host } from '../host.ts'
import { configOf } from '../run/configuration.ts'
import { isJson } from '../run/options.ts'
import { chooseRuns, isFleet, type Runs } from '../run/runs.ts'
import { paintFor, print } from '../run/screen.ts'
import { type ShowOptions, showOne } from '../run/show-one.ts'
import { renderJson } from '../views/documents.ts'
import { renderSettings, showDocument } from '../views/show.ts'

/** `show`: what the tenant has. What cannot be read is listed, and the rest is shown. */
export async function show(host: Host, options: ShowOptions): Promise<number> {
  const runs = await namedRuns(host, options)
  if (runs && isFleet(runs)) return (await import('./fleet/show.ts')).showFleet(host, options, runs)
  const address = runs ? await configOf(host, runs.loaded, runs.environment, 'settings') : EMPTY_CONFIG
  const shown = await showOne(host, options, address)
  if (isJson(options)) host.out(renderJson(showDocument(shown)))
  else if (options.format === 'yaml') {
    const { renderYaml } = await import('../views/yaml.ts')
    host.out(renderYaml(shown.tenant, shown.settings))
  } else await print(host, renderSettings(shown, await paintFor(host, options)))
  return 0
}

/**
 * A file that is named says which tenant. One that merely lies here is asked only where nothing else names a tenant: it
 * may be the very file that this output is being written to.
 */
async function namedRuns(host: Host, options: ShowOptions): Promise<Runs | undefined> {
  const { config, domain, env, all } = options
  const isMeant = config !== undefined || all || env.length > 0
  if (!isMeant && (domain || host.env.AUTH0_DOMAIN || (await findFile(host.cwd)) === undefined))
    return undefined
  return chooseRuns(host, options)
}
