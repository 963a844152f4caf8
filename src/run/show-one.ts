import type { Finding } from '../checks/check.ts'
import { runChecks } from '../checks/run.ts'
import { undocumented } from '../checks/undocumented.ts'
import { type Address, EMPTY_CONFIG } from '../config/config.ts'
import type { Host } from '../host.ts'
import type { Read } from '../plan/read.ts'
import { type Survey, survey } from '../plan/survey.ts'
import { gatherSettings } from '../plan/tenant-settings.ts'
import { CATALOGUES } from '../settings/catalogue.ts'
import type { Shown } from '../views/show.ts'
import type { FleetOptions } from './options.ts'
import { type Access, type Tenant, withTenant } from './tenant.ts'

/** Flags of `show`. */
export interface ShowOptions extends FleetOptions {
  readonly format?: 'table' | 'yaml' | 'json'
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
