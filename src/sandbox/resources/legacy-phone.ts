import { ApiError } from '../errors.ts'
import type { ApiRequest } from '../resource.ts'
import type { Setting } from '../setting.ts'
import { hasUnifiedPhone } from './tenant-settings.ts'

/**
 * Throws the 403 with which the phone settings older than the Unified Phone Experience answer once a tenant has it: the
 * message is reported by users of Terraform's provider, the code is in the Deploy CLI.
 */
function refuseUnderUnifiedPhone({ kept, tenant }: ApiRequest): void {
  if (!hasUnifiedPhone(kept, tenant)) return
  throw new ApiError(
    403,
    'Insufficient privileges to use this deprecated feature. To handle Phone Provider/Templates refer to Tenant Phone Settings',
    'legacy_mfa_phone_provider_not_allowed',
  )
}

/** What one such setting has under both of its paths: phone/… and its deprecated twin sms/…, which share one value. */
export function legacyPhone(
  twin: 'phone' | 'sms',
  name: string,
): Pick<Setting, 'path' | 'keptAs' | 'scopeOf' | 'refuse'> {
  return {
    path: `/guardian/factors/${twin}/${name}`,
    keptAs: `/guardian/factors/phone/${name}`,
    scopeOf: 'guardian_factors',
    refuse: refuseUnderUnifiedPhone,
  }
}
