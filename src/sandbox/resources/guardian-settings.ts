import * as z from 'zod/mini'
import { inOrder, type JsonObject } from '../json.ts'
import { setting } from '../setting.ts'

const hour = 3600
const day = 24 * hour
const unset: JsonObject = {
  display_remember_me_checkbox: true,
  remember_me_default_value: false,
  mfa_session_inactivity_timeout: 7 * day,
  mfa_session_overall_timeout: 30 * day,
}

/** "Remember this browser": times in seconds, bounds and defaults of Auth0's reference and Terraform's provider. */
export const guardianSettings = setting({
  path: '/guardian/settings',
  scopeOf: 'tenant_settings',
  unset,
  shown: kept => inOrder(Object.keys(unset), kept),
  put: z
    .strictObject({
      display_remember_me_checkbox: z.boolean(),
      remember_me_default_value: z.boolean(),
      mfa_session_inactivity_timeout: z.int().check(z.gte(hour), z.lte(30 * day)),
      mfa_session_overall_timeout: z.int().check(z.gte(hour), z.lte(90 * day)),
    })
    .check(
      z.refine(times => times.mfa_session_inactivity_timeout <= times.mfa_session_overall_timeout, {
        // Assumption: the words; the rule is Auth0's, the answer was not recorded.
        error: 'mfa_session_inactivity_timeout is greater than mfa_session_overall_timeout',
      }),
    ),
})
