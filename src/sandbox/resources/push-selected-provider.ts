import * as z from 'zod/mini'
import { setting } from '../setting.ts'

/** Which provider sends push notifications. Its credentials need not be there (recorded). */
export const pushSelectedProvider = setting({
  path: '/guardian/factors/push-notification/selected-provider',
  scopeOf: 'guardian_factors',
  unset: { provider: 'guardian' },
  shown: kept => kept,
  put: z.strictObject({ provider: z.enum(['guardian', 'sns', 'direct']) }),
})
