import type { Finding } from '../checks/check.ts'
import { runChecks } from '../checks/run.ts'
import { undocumented } from '../checks/undocumented.ts'
import { EMPTY_CONFIG } from '../config/config.ts'
import { findFile } from '../config/find.ts'
import type { Host } from '../host.ts'
import type { Read } from '../plan/read.ts'
import { survey } from '../plan/survey.ts'
import { gatherSettings } from '../plan/tenant-settings.ts'
import { CATALOGUES } from '../settings/catalogue.ts'
import { renderJson } from '../views/documents.ts'
import { choosePaint } from '../views/paint.ts'
import { renderSettings, showDocument } from '../views/show.ts'
import { readConfig } from './configuration.ts'
import { type CommonOptions, isJson } from './options.ts'
import { withTenant } from './tenant.ts'

interface ShowFlags extends CommonOptions {
  readonly format?: 'table' | 'yaml' | 'json'
}

/** `show`: what the tenant has. What cannot be read is listed, and the rest is shown. */
export async function show(host: Host, options: ShowFlags): Promise<number> {
  return withTenant(host, options, await pinOf(host, options), async ({ name, api }) => {
    const progress = host.progress(`Reading ${name}`)
    const given = await survey(api, ({ phone }) => ({ settings: CATALOGUES[phone ?? 'legacy'].settings }), {
      onProgress: (done, total) => progress.tell(`Reading ${name}: ${done} of ${total}`),
      guess: true,
    }).finally(() => progress.stop())
    const settings = gatherSettings(given, given.state.catalogue.settings)
    const findings = aboutUnreadable(given)
    if (isJson(options)) {
      host.out(renderJson(showDocument(name, settings, findings)))
    } else if (options.format === 'yaml') {
      const { renderYaml } = await import('../views/yaml.ts')
      host.out(renderYaml(name, settings))
    } else {
      const paint = await choosePaint({
        env: host.env,
        isTerminal: host.terminal.out,
        refused: !options.color,
      })
      host.out(renderSettings(name, settings, findings, paint))
    }
    return 0
  })
}

/** A scope that is missing is said already; anything else may be no fault of the token. */
function aboutUnreadable({ state, unreadable }: Read): Finding[] {
  const others = unreadable.filter(({ code }) => code !== 'scope_missing')
  return runChecks({ config: EMPTY_CONFIG, state, unreadable: others, allow: [] }, [undocumented])
}

/**
 * A file that is named pins the tenant. One that merely lies here is asked only where nothing else names a tenant: it
 * may be the very file that this output is being written to.
 */
async function pinOf(host: Host, { config, domain }: ShowFlags): Promise<string | undefined> {
  if (config !== undefined) return (await readConfig(host, config, true)).tenant
  if (domain || host.env.AUTH0_DOMAIN) return undefined
  return (await findFile(host.cwd)) === undefined
    ? undefined
    : (await readConfig(host, undefined, true)).tenant
}
