import * as z from 'zod/mini'
import { withNulls } from '../json.ts'
import { setting } from '../setting.ts'
import { legacyPhone } from './legacy-phone.ts'

const text = z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(1000))))

/**
 * The credentials at Twilio. GET shows the token in clear, and null for a messaging service that was not sent
 * (recorded). Assumption: null for the other fields as well.
 */
export const twilio = (['phone', 'sms'] as const).map(twin =>
  setting({
    ...legacyPhone(twin, 'providers/twilio'),
    unset: {},
    shown: kept => withNulls(['auth_token', 'sid', 'from', 'messaging_service_sid'], kept),
    put: z.strictObject({
      from: z.optional(z.nullable(z.string().check(z.maxLength(64)))),
      messaging_service_sid: text,
      auth_token: text,
      sid: text,
    }),
    secrets: ['auth_token'],
  }),
)
