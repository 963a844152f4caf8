import * as z from 'zod/mini'
import { isRecord } from '../record.ts'
import { choice, decodeValue, type Field, type Value } from './field.ts'
import type { Values } from './reading.ts'
import { guardianFactors } from './scopes.ts'
import { setting } from './setting.ts'

const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/

/** The domain that keys are registered for. `null` clears it, which is the tenant's own domain: `false`. */
const relyingParty: Field<string | false> = {
  description:
    "Domain that keys are registered for; false for the tenant's own. Users' keys stop working when it changes",
  default: false,
  example: 'auth.acme.com',
  expects: "a host name such as auth.acme.com, or false for the tenant's own domain",
  schema: z.pipe(
    z.nullable(z.union([z.literal(false), z.string().check(z.regex(HOST))])),
    z.transform((given: string | false | null): string | false => given ?? false),
  ),
}

const userVerification = choice(['discouraged', 'preferred', 'required'], {
  description: "Whether the key asks for the user's PIN or finger",
  default: 'discouraged',
  example: 'preferred',
})

/** The API's body to the file's relying party, and back. Names: recorded; in no OpenAPI description. */
function decodeRelyingParty(answer: unknown): Value {
  if (!isRecord(answer) || answer.overrideRelyingParty !== true) return false
  return decodeValue(relyingParty, answer.relyingPartyIdentifier)
}

const RELYING_PARTY_KEYS = ['overrideRelyingParty', 'relyingPartyIdentifier']

function encodeRelyingParty(domain: Value): Record<string, unknown> {
  return typeof domain === 'string'
    ? { overrideRelyingParty: true, relyingPartyIdentifier: domain }
    : { overrideRelyingParty: false }
}

const roaming = '/guardian/factors/webauthn-roaming/settings'
const platform = '/guardian/factors/webauthn-platform/settings'

/** Security keys. Recorded for a fresh tenant: `discouraged`, no override. */
export const webauthnRoaming = setting({
  at: 'factors.webauthn-roaming',
  fields: { user_verification: userVerification, relying_party: relyingParty },
  endpoint: roaming,
  keys: ['userVerification', ...RELYING_PARTY_KEYS],
  scopes: guardianFactors,
  get: api => api.request('GET', roaming),
  put: (api, body) => api.request('PUT', roaming, body),
  decode: answer => ({
    user_verification: isRecord(answer) ? decodeValue(userVerification, answer.userVerification) : null,
    relying_party: decodeRelyingParty(answer),
  }),
  encode: ({ user_verification, relying_party }: Values) => ({
    userVerification: user_verification ?? userVerification.default,
    ...encodeRelyingParty(relying_party ?? false),
  }),
})

/** Device biometrics. */
export const webauthnPlatform = setting({
  at: 'factors.webauthn-platform',
  fields: { relying_party: relyingParty },
  endpoint: platform,
  keys: RELYING_PARTY_KEYS,
  scopes: guardianFactors,
  get: api => api.request('GET', platform),
  put: (api, body) => api.request('PUT', platform, body),
  decode: answer => ({ relying_party: decodeRelyingParty(answer) }),
  encode: ({ relying_party }: Values) => encodeRelyingParty(relying_party ?? false),
})
