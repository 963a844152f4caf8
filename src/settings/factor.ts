import * as z from 'zod/mini'
import { parseAnswer } from '../tenant/answer.ts'
import { protection } from './field.ts'
import { guardianFactors } from './scopes.ts'
import { type Setting, setting } from './setting.ts'

/** The eight factors by the file's names, those that work alone first. */
export const FACTORS = {
  otp: { api: 'otp', about: 'One-time passwords from an authenticator app' },
  phone: { api: 'sms', about: 'Codes by text message or voice call' },
  'push-notification': {
    api: 'push-notification',
    about: 'Push notifications to the Guardian app or your own',
  },
  'webauthn-roaming': { api: 'webauthn-roaming', about: 'Security keys' },
  duo: { api: 'duo', about: 'Cisco Duo, which Auth0 documents as working only when it is the single factor' },
  email: { api: 'email', about: 'Codes by e-mail; needs a factor that stands alone' },
  'webauthn-platform': {
    api: 'webauthn-platform',
    about: 'Device biometrics; needs a factor that stands alone',
  },
  'recovery-code': {
    api: 'recovery-code',
    about: 'A code to print for a lost device; needs a factor that stands alone',
  },
} as const

export type FactorName = keyof typeof FACTORS

/**
 * The factors that a user can enrol in with nothing else: without one of them on, requiring MFA locks users out.
 * Auth0's documentation calls them independent ("Enable MFA").
 */
export const STAND_ALONE = [
  'otp',
  'phone',
  'push-notification',
  'webauthn-roaming',
  'duo',
] as const satisfies FactorName[]

/** Their switches. */
export const STAND_ALONE_SWITCHES: readonly string[] = STAND_ALONE.map(name => `factors.${name}.enabled`)

const FACTOR_LIST = '/guardian/factors'
const factorList = z.array(z.looseObject({ name: z.string(), enabled: z.boolean() }))

/** The switch of one factor. All are read with one request; each is written with its own. */
export function factor(name: FactorName): Setting {
  const { api: apiName, about } = FACTORS[name]
  return setting({
    at: `factors.${name}`,
    fields: { enabled: protection({ description: about, default: false, example: true }) },
    endpoint: `${FACTOR_LIST}/${apiName}`,
    readEndpoint: FACTOR_LIST,
    scopes: guardianFactors,
    get: async api => (await api.guardian()).factors.list(),
    put: async (api, body) => (await api.guardian()).factors.set(apiName, body),
    decode: answer => {
      const listed = parseAnswer(FACTOR_LIST, factorList, answer).find(item => item.name === apiName)
      return { enabled: listed?.enabled ?? null }
    },
    unknown: unknownFactors,
  })
}

const KNOWN: ReadonlySet<string> = new Set(Object.values(FACTORS).map(({ api }) => api))

function unknownFactors(answer: unknown): { path: string; enabled: boolean }[] {
  return parseAnswer(FACTOR_LIST, factorList, answer)
    .filter(({ name }) => !KNOWN.has(name))
    .map(({ name, enabled }) => ({ path: `factors.${name}`, enabled }))
}
