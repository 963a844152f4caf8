import * as z from 'zod/mini'
import { isRecord } from '../record.ts'
import { parseAnswer } from '../tenant/answer.ts'
import { choice, type Field, type Value } from './field.ts'
import type { Values } from './reading.ts'
import { guardianFactors } from './scopes.ts'
import { setting } from './setting.ts'

const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/

/** The domain that keys are registered for. `null` clears it, which is the tenant's own domain: `false`. */
const relyingParty: Field<string | false> = {
  kind: 'text',
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

/** The API's form of a relying party. Names: recorded; in no OpenAPI description. */
const overridden = z.looseObject({
  overrideRelyingParty: z.boolean(),
  relyingPartyIdentifier: z.optional(z.nullable(z.string())),
})
const RELYING_PARTY_KEYS = ['overrideRelyingParty', 'relyingPartyIdentifier']

function decodeRelyingParty(endpoint: string, answer: unknown): Value {
  const { overrideRelyingParty, relyingPartyIdentifier } = parseAnswer(endpoint, overridden, answer)
  return overrideRelyingParty ? (relyingPartyIdentifier ?? null) : false
}

/** A file that does not name it leaves it exactly as it came, also in a form that the file could not say. */
function encodeRelyingParty({ relying_party: domain }: Values, answer: unknown): Record<string, unknown> {
  if (typeof domain === 'string') return { overrideRelyingParty: true, relyingPartyIdentifier: domain }
  if (domain === false) return { overrideRelyingParty: false }
  const kept = isRecord(answer)
    ? Object.entries(answer).filter(([key]) => RELYING_PARTY_KEYS.includes(key))
    : []
  return Object.fromEntries(kept)
}

const roaming = '/guardian/factors/webauthn-roaming/settings'
const platform = '/guardian/factors/webauthn-platform/settings'

/** Security keys. Recorded for a fresh tenant: `discouraged`, no override. */
export const webauthnRoaming = setting({
  at: 'factors.webauthn-roaming',
  fields: { user_verification: userVerification, relying_party: relyingParty },
  endpoint: roaming,
  standing: 'undocumented',
  keys: ['userVerification', ...RELYING_PARTY_KEYS],
  scopes: guardianFactors,
  get: api => api.request('GET', roaming),
  put: (api, body) => api.request('PUT', roaming, body),
  decode: answer => ({
    user_verification: parseAnswer(roaming, z.looseObject({ userVerification: z.string() }), answer)
      .userVerification,
    relying_party: decodeRelyingParty(roaming, answer),
  }),
  encode: ({ user_verification }, { declared, answer }) => ({
    userVerification: user_verification,
    ...encodeRelyingParty(declared, answer),
  }),
})

/** Device biometrics. */
export const webauthnPlatform = setting({
  at: 'factors.webauthn-platform',
  fields: { relying_party: relyingParty },
  endpoint: platform,
  standing: 'undocumented',
  keys: RELYING_PARTY_KEYS,
  scopes: guardianFactors,
  get: api => api.request('GET', platform),
  put: (api, body) => api.request('PUT', platform, body),
  decode: answer => ({ relying_party: decodeRelyingParty(platform, answer) }),
  encode: (_, { declared, answer }) => encodeRelyingParty(declared, answer),
})
