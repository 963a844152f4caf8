import * as z from 'zod/mini'
import { once } from '../once.ts'
import { FACTORS, type FactorName } from '../settings/factor.ts'
import { type Lookup, lookup } from '../settings/lookup.ts'
import { guardianFactors, prompts as promptsScopes, tenantSettings } from '../settings/scopes.ts'
import { providerList, theProvider } from '../settings/unified-phone-provider.ts'

/** What an answer of this shape says; `undefined` for any other. */
function reading<S, T>(schema: () => z.ZodMiniType<S>, meaning: (answer: S) => T): Lookup<T>['decode'] {
  return answer => {
    const parsed = schema().safeParse(answer)
    return parsed.success ? meaning(parsed.data) : undefined
  }
}

const provider = once(() => z.looseObject({ name: z.string(), enabled: z.optional(z.boolean()) }))

/** Who sends the tenant's e-mails: its own provider, one that is switched off, or, by a 404, nobody but Auth0 itself. */
export const emailProvider = lookup<'enabled' | 'disabled' | 'none'>({
  path: '/emails/provider',
  scope: 'read:email_provider',
  mayBeAbsent: true,
  decode: answer =>
    answer === undefined
      ? 'none'
      : reading(provider, ({ enabled = true }) => (enabled ? ('enabled' as const) : 'disabled'))(answer),
})

const domains = once(() => z.array(z.looseObject({ domain: z.string(), status: z.optional(z.string()) })))

/** The tenant's own domains that are in use. Assumption: one without a status is. */
export const customDomains = lookup<readonly string[]>({
  path: '/custom-domains',
  scope: 'read:custom_domains',
  decode: reading(domains, list =>
    list.filter(({ status = 'ready' }) => status === 'ready').map(({ domain }) => domain.toLowerCase()),
  ),
})

const promptSettings = once(() =>
  z.looseObject({
    universal_login_experience: z.optional(z.string()),
    webauthn_platform_first_factor: z.optional(z.nullable(z.boolean())),
  }),
)

/** How users log in: with Universal Login or the classic page, and whether device biometrics can come first. */
export const prompts = lookup({
  path: '/prompts',
  scope: promptsScopes.read,
  decode: reading(promptSettings, answer => ({
    experience: answer.universal_login_experience,
    biometricsFirst: answer.webauthn_platform_first_factor === true,
  })),
})

const mfaPage = once(() =>
  z.looseObject({
    guardian_mfa_page: z.optional(z.nullable(z.looseObject({ enabled: z.optional(z.boolean()) }))),
  }),
)

/** Whether the tenant has an MFA page of its own, which is one of the classic login. */
export const ownMfaPage = lookup<boolean>({
  path: '/tenants/settings',
  scope: tenantSettings.read,
  decode: reading(mfaPage, answer => answer.guardian_mfa_page?.enabled === true),
})

const bindings = once(() => z.looseObject({ bindings: z.array(z.unknown()) }))

/** How many Actions are bound to the trigger that sends messages in Auth0's place. */
export const messageActions = lookup<number>({
  path: '/actions/triggers/send-phone-message/bindings',
  scope: 'read:actions',
  decode: reading(bindings, answer => answer.bindings.length),
})

/** The tenant's provider of phone messages, be it disabled, by its name; `null` where there is none. */
export const knownProvider = lookup<string | null>({
  ...providerList,
  decode: answer => {
    try {
      return theProvider(answer)?.name ?? null
    } catch {
      return undefined
    }
  },
})

const actions = once(() => z.looseObject({ actions: z.array(z.unknown()) }))

/** How many Actions are deployed on the trigger that is a custom provider of phone messages. */
export const customPhoneActions = lookup<number>({
  path: '/actions/actions?triggerId=custom-phone-provider&deployed=true',
  scope: 'read:actions',
  decode: reading(actions, answer => answer.actions.length),
})

const factors = once(() =>
  z.array(z.looseObject({ name: z.string(), trial_expired: z.optional(z.boolean()) })),
)

/** The factors whose trial is over. They come with the factors' switches, in one answer. */
export const expiredTrials = lookup<readonly FactorName[]>({
  path: '/guardian/factors',
  scope: guardianFactors.read,
  decode: reading(factors, list => {
    const expired = new Set(list.filter(factor => factor.trial_expired === true).map(({ name }) => name))
    return FACTOR_NAMES.filter(name => expired.has(FACTORS[name].api))
  }),
})

const FACTOR_NAMES = Object.keys(FACTORS) as FactorName[]
