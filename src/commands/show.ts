import type { Finding } from '../checks/check.ts'
import { runChecks } from '../checks/run.ts'
import { undocumented } from '../checks/undocumented.ts'
import { type Address, EMPTY_CONFIG } from '../config/config.ts'
import { findFile } from '../config/find.ts'
import type { Host } from '../host.ts'
import type { Read } from '../plan/read.ts'
import { type Survey, survey } from '../plan/survey.ts'
import { gatherSettings } from '../plan/tenant-settings.ts'
import { CATALOGUES } from '../settings/catalogue.ts'
import { renderJson } from '../views/documents.ts'
import { renderSettings, type Shown, showDocument } from '../views/show.ts'
import { configOf } from './configuration.ts'
import { type FleetOptions, isJson } from './options.ts'
import { chooseRuns, isFleet, type Runs } from './runs.ts'
import { paintFor, print } from './screen.ts'
import { type Access, type Tenant, withTenant } from './tenant.ts'

/** Flags of `show`. */
export interface ShowOptions extends FleetOptions {
  readonly format?: 'table' | 'yaml' | 'json'
}

/** `show`: what the tenant has. What cannot be read is listed, and the rest is shown. */
export async function show(host: Host, options: ShowOptions): Promise<number> {
  const runs = await namedRuns(host, options)
  if (runs && isFleet(runs)) return (await import('./show-fleet.ts')).showFleet(host, options, runs)
  const address = runs ? await configOf(host, runs.loaded, runs.environment, 'settings') : EMPTY_CONFIG
  const shown = await showOne(host, options, address)
  if (isJson(options)) host.out(renderJson(showDocument(shown)))
  else if (options.format === 'yaml') {
    const { renderYaml } = await import('../views/yaml.ts')
    host.out(renderYaml(shown.tenant, shown.settings))
  } else await print(host, renderSettings(shown, await paintFor(host, options)))
  return 0
}

/** Reads everything of one tenant. */
export function showOne(host: Host, access: Access, address: Address): Promise<Shown> {
  return withTenant(host, access, address, async tenant => {
    const given = await surveyAll(host, tenant)
    const settings = gatherSettings(given, given.state.catalogue.settings)
    return {
      tenant: tenant.name,
      environment: address.environment,
      settings,
      findings: aboutUnreadable(given),
    }
  })
}

/** Reads everything that a tenant can be told, as far as it lets that be read. */
export async function surveyAll(host: Host, { name, api }: Tenant): Promise<Survey> {
  const progress = host.progress(`Reading ${name}`)
  return survey(api, ({ phone }) => ({ settings: CATALOGUES[phone ?? 'legacy'].settings }), {
    onProgress: (done, total) => progress.tell(`Reading ${name}: ${done} of ${total}`),
    guess: true,
  }).finally(() => progress.stop())
}

/** A scope that is missing is said already; anything else may be no fault of the token. */
function aboutUnreadable({ state, unreadable }: Read): Finding[] {
  const others = unreadable.filter(({ code }) => code !== 'scope_missing')
  return runChecks({ config: EMPTY_CONFIG, state, unreadable: others, allow: [] }, [undocumented])
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
