import * as z from 'zod/mini'
import { inOrder } from '../json.ts'
import { setting } from '../setting.ts'

const relyingParty = {
  overrideRelyingParty: z.optional(z.boolean()),
  relyingPartyIdentifier: z.optional(z.string()),
}

/**
 * Security keys. The endpoint is in no OpenAPI of Auth0's; it was recorded. The defaults appear on GET alone.
 * Assumption: unknown fields are refused, and PUT clears what it is not sent.
 */
export const webauthnRoaming = setting({
  path: '/guardian/factors/webauthn-roaming/settings',
  scopeOf: 'guardian_factors',
  unset: { userVerification: 'discouraged', overrideRelyingParty: false },
  shown: ({ userVerification = 'discouraged', overrideRelyingParty = false, ...rest }) => ({
    userVerification,
    overrideRelyingParty,
    ...inOrder(['relyingPartyIdentifier'], rest),
  }),
  put: z.strictObject({
    userVerification: z.optional(z.enum(['discouraged', 'preferred', 'required'])),
    ...relyingParty,
  }),
})

/** The device's own biometrics; as for security keys. */
export const webauthnPlatform = setting({
  path: '/guardian/factors/webauthn-platform/settings',
  scopeOf: 'guardian_factors',
  unset: { overrideRelyingParty: false },
  shown: ({ overrideRelyingParty = false, ...rest }) => ({
    overrideRelyingParty,
    ...inOrder(['relyingPartyIdentifier'], rest),
  }),
  put: z.strictObject(relyingParty),
})
