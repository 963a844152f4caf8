import type { Config } from '../config/config.ts'
import type { Value } from '../settings/field.ts'
import { METHOD_OF } from '../settings/unified-phone-provider.ts'
import type { Check, Facts, Found } from './check.ts'
import { clears, enumerate, names, notNamed } from './file.ts'
import { customPhoneActions } from './lookups.ts'
import { MESSAGE_TYPES, PHONE, PROVIDER } from './phone-messages.ts'
import { FROM, last, SERVICE, SID, TOKEN, TWILIO } from './twilio.ts'

const METHODS = 'factors.phone.delivery_methods'
/** What lives in the provider of the unified phone experience. */
const ACCOUNT = [SID, TOKEN, FROM, SERVICE]
const VERIFICATION = 'factors.phone.templates.verification_message'

/** H01. Reports of the Terraform provider's users, and Auth0's documentation of the unified phone experience. */
export const providerExists: Check = {
  id: 'H01',
  title: 'The phone provider does not exist on this kind of tenant',
  severities: ['error'],
  why: 'With the unified phone experience there are twilio and custom, without it auth0, twilio and phone-message-hook.',
  remedy: 'Choose a provider that the tenant has; twilio exists on both.',

  judge: ({ phone, config }) => {
    const chosen = config.values.get(PROVIDER)
    if (phone === 'legacy' && chosen === 'custom') {
      const message =
        'The provider custom exists only with the unified phone experience, which this tenant does not have. Choose twilio or phone-message-hook.'
      return [{ severity: 'error', path: PROVIDER, message }]
    }
    if (phone !== 'unified' || (chosen !== 'auth0' && chosen !== 'phone-message-hook')) return []
    const message = `The tenant has the unified phone experience, where the provider ${chosen} does not exist. Choose twilio, or custom with an Action.`
    return [{ severity: 'error', path: PROVIDER, message }]
  },
}

/** H05. Auth0's guide to the migration with Terraform: the API answers 409. */
export const deliveryMethods: Check = {
  id: 'H05',
  title: 'A message type that the phone provider is not set up for (unified phone experience)',
  severities: ['error'],
  why: 'The API refuses message types that the delivery methods of the provider do not cover.',
  remedy: 'Name the provider in the file, so that its delivery methods are widened, or leave the type out.',

  needs: (config, phone) => {
    const types = config.values.get(MESSAGE_TYPES)
    const isReason = config.values.get(PHONE) === true || (Array.isArray(types) && types.length > 0)
    if (phone !== 'unified' || !isReason || config.values.get(PHONE) === false || namesProvider(config))
      return []
    return notNamed(config, [PHONE, MESSAGE_TYPES, PROVIDER])
  },

  judge: ({ phone, config, before, after }) => {
    const [types, methods] = [after(MESSAGE_TYPES), before(METHODS)]
    if (phone !== 'unified' || after(PHONE) === false || namesProvider(config)) return []
    if (!Array.isArray(types) || !Array.isArray(methods)) return []
    const uncovered = types.filter(type => !methods.includes(METHOD_OF[type] ?? type))
    if (uncovered.length === 0) return []
    const message = `The tenant's phone provider is not set up for ${enumerate(uncovered)}, so the API refuses it. Name the provider in factors.phone, and its delivery methods are widened; or leave ${enumerate(uncovered)} out.`
    return [{ severity: 'error', path: MESSAGE_TYPES, message }]
  },
}

/** H06. Auth0's documentation of the unified phone experience. */
export const enabledProvider: Check = {
  id: 'H06',
  title: 'The phone is on, and no phone provider is enabled (unified phone experience)',
  severities: ['error'],
  why: "Without a provider of the tenant's own no message is sent: with the unified phone experience Auth0 has none.",
  remedy: 'Add provider and twilio to factors.phone, or provider: custom.',

  needs: (config, phone) =>
    phone === 'unified' && config.values.get(PHONE) === true ? notNamed(config, [PROVIDER]) : [],

  judge: ({ phone, after }) => {
    if (phone !== 'unified' || after(PHONE) !== true || after(PROVIDER) !== null) return []
    const message =
      'phone is on, but the tenant has no phone provider that is enabled: no code can be sent. Add provider and twilio to factors.phone, or provider: custom.'
    return [{ severity: 'error', path: PROVIDER, message }]
  },
}

/** H07. Recorded: the API answers 400 to a Twilio provider without a sender; Auth0's OpenAPI: sid and token are required. */
export const unifiedTwilio: Check = {
  id: 'H07',
  title: "Twilio is the phone's provider, and its account is not complete (unified phone experience)",
  severities: ['error'],
  why: 'The API refuses a Twilio provider without sid, auth_token, and from or messaging_service_sid.',
  remedy: 'Complete factors.phone.twilio.',

  needs: (config, phone) => {
    const chooses = config.values.get(PROVIDER) === 'twilio'
    const mayUse = !names(config, PROVIDER) && (config.values.get(PHONE) === true || clears(config, ACCOUNT))
    return phone === 'unified' && (chooses || mayUse) ? notNamed(config, [PROVIDER, ...ACCOUNT]) : []
  },

  judge: facts => {
    const { phone, after } = facts
    if (phone !== 'unified' || after(PROVIDER) !== 'twilio') return []
    const missing = [
      ...(after(SID) === null ? [SID] : []),
      ...(lacksToken(facts) ? [TOKEN] : []),
      ...(after(FROM) === null && after(SERVICE) === null ? [FROM] : []),
    ]
    return missing.map((path): Found => {
      const what = path === FROM ? 'neither from nor messaging_service_sid is' : `${last(path)} is not`
      const message = `The phone's provider is twilio, but ${what} set, and the API refuses it so. Add it to ${TWILIO}.`
      return { severity: 'error', path, message }
    })
  },
}

/** The token of another provider, if it has one, is none for Twilio. */
function lacksToken({ config, before }: Facts): boolean {
  const former: Value | undefined = before(PROVIDER)
  const isKnown = before(TOKEN) !== undefined
  return (
    isKnown && !names(config, TOKEN) && (before(TOKEN) === null || (former !== null && former !== 'twilio'))
  )
}

/** H08. Auth0's documentation: "Configure a custom phone provider"; the API answers 409. */
export const customProviderAction: Check = {
  id: 'H08',
  title: 'The phone provider is custom, and no Action sends its messages',
  severities: ['error'],
  why: 'A custom provider is an Action on the trigger custom-phone-provider. Without one that is deployed, the API refuses the provider.',
  remedy: 'Deploy such an Action, or choose twilio.',

  asks: (config, phone) =>
    phone === 'unified' && config.values.get(PROVIDER) === 'custom'
      ? [{ lookup: customPhoneActions, path: PROVIDER }]
      : [],

  judge: ({ phone, after, asked }) => {
    if (phone !== 'unified' || after(PROVIDER) !== 'custom' || asked(customPhoneActions) !== 0) return []
    const message =
      'The provider is custom, but no Action is deployed on the trigger custom-phone-provider: nothing would be sent, and the API refuses it. Deploy one, or choose twilio.'
    return [{ severity: 'error', path: PROVIDER, message }]
  },
}

/**
 * H13, an id of this tool's own: Auth0's documentation of the unified phone experience has one provider for MFA and for
 * passwordless login, and one template for their codes.
 */
export const sharedWithPasswordless: Check = {
  id: 'H13',
  title: 'What the file says of the phone is in use by passwordless login too (unified phone experience)',
  severities: ['note'],
  why: 'With the unified phone experience, MFA and passwordless login share the provider and the verification message.',
  remedy: 'Mind both when you change them.',

  judge: ({ phone, config }) => {
    if (phone !== 'unified') return []
    const texts = [VERIFICATION, `${VERIFICATION}.voice`].filter(path => names(config, path))
    const provider = namesProvider(config)
    const path = provider ? PROVIDER : texts[0]
    if (path === undefined) return []
    const what = [...(provider ? ['provider'] : []), ...(texts.length > 0 ? ['verification message'] : [])]
    const message = `With the unified phone experience, passwordless login uses the same ${enumerate(what)}: a change is one for both.`
    return [{ severity: 'note', path, message }]
  },
}

function namesProvider(config: Config): boolean {
  return [PROVIDER, ...ACCOUNT].some(path => names(config, path))
}
