import * as z from 'zod/mini'
import { ApiError } from '../errors.ts'
import type { JsonObject } from '../json.ts'
import type { ApiRequest } from '../resource.ts'
import { setting } from '../setting.ts'
import { hasUnifiedPhone } from './tenant-settings.ts'
import { deliveryMethods } from './unified-phone-providers.ts'

/**
 * Throws the 409 of Auth0's guide for a way that the unified phone's provider does not deliver by. Assumption: it has no
 * code. Assumption: without an enabled provider every way is accepted; that was recorded on a tenant whose providers
 * are not known. Assumption: several enabled providers count together, and one that is narrowed afterwards leaves the
 * message types as they are.
 */
function refuseUndelivered({ message_types: types }: JsonObject, { kept, tenant }: ApiRequest): void {
  const delivered = hasUnifiedPhone(kept, tenant) ? deliveryMethods(kept) : undefined
  if (delivered === undefined || !Array.isArray(types)) return
  if (types.every(type => delivered.includes(type === 'sms' ? 'text' : type))) return
  throw new ApiError(409, 'Message Type is not supported by the configured phone provider')
}

/**
 * How a phone is reached. It can be set while the phone factor is off: an empty list was recorded so, a full one is
 * inferred from several recordings. It goes on working with the Unified Phone Experience (recorded).
 */
export const messageTypes = setting({
  path: '/guardian/factors/phone/message-types',
  scopeOf: 'guardian_factors',
  unset: { message_types: [] },
  shown: kept => kept,
  put: z.strictObject({ message_types: z.array(z.enum(['sms', 'voice'])) }),
  check: refuseUndelivered,
})
