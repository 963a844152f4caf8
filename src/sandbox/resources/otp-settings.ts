import * as z from 'zod/mini'
import { inOrder, type JsonObject } from '../json.ts'
import { setting } from '../setting.ts'
import type { Kept } from '../state.ts'

const unset: JsonObject = { otp_length: 6, otp_expiration_time: 300 }
const pathOf = (factor: 'phone' | 'email') => `/guardian/factors/${factor}/settings`
const shown = (kept: JsonObject) => inOrder(Object.keys(unset), kept)

/** The one-time codes of a factor as GET shows them: how long, and valid for how many seconds. */
export function otpSettings(kept: Kept, factor: 'phone' | 'email'): JsonObject {
  return shown(kept.get(pathOf(factor)) ?? unset)
}

/** The one-time codes sent by phone and by email. Bounds of Terraform's provider; assumption: the scopes. */
export const otpSettingsResources = (['phone', 'email'] as const).map(factor =>
  setting({
    path: pathOf(factor),
    scopeOf: 'guardian_factors',
    unset,
    shown,
    put: z.strictObject({
      otp_length: z.int().check(z.gte(4), z.lte(10)),
      otp_expiration_time: z.int().check(z.gte(30), z.lte(3600)),
    }),
  }),
)
