import type { Loaded } from '../config/load.ts'
import type { Host } from '../host.ts'
import { tenantOf } from './configuration.ts'
import { type Access, namedTenant } from './tenant.ts'

/** The tenants that environments are for; `null` where that is not clear. */
export async function tenantsOf(
  host: Host,
  access: Access,
  loaded: Loaded,
  environments: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const tenants = environments.map(async (environment): Promise<[string, string | null]> => {
    const address = { environment, ...(await tenantOf(host, loaded, environment)) }
    return [environment, namedTenant(host, access, address)]
  })
  return new Map(await Promise.all(tenants))
}
