import * as z from 'zod/mini'
import { setting } from '../setting.ts'
import { legacyPhone } from './legacy-phone.ts'

/** Which provider sends the phone's messages. */
export const phoneSelectedProvider = (['phone', 'sms'] as const).map(twin =>
  setting({
    ...legacyPhone(twin, 'selected-provider'),
    unset: { provider: 'auth0' },
    shown: kept => kept,
    put: z.strictObject({ provider: z.enum(['auth0', 'twilio', 'phone-message-hook']) }),
  }),
)
