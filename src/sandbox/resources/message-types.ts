import * as z from 'zod/mini'
import { setting } from '../setting.ts'

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
})
