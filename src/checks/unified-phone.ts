import type { Config } from '../config/config.ts'
import { STAND_ALONE_SWITCHES } from '../settings/factor.ts'
import { METHOD_OF } from '../settings/unified-phone-provider.ts'
import type { Check, Facts } from './check.ts'
import { enumerate, names, notNamed, reliesOn } from './file.ts'
import { customPhoneActions } from './lookups.ts'
import { MESSAGE_TYPES, PHONE, PROVIDER } from './phone-messages.ts'

import { FROM, SERVICE, SID, TOKEN } from './twilio.ts'

const METHODS = 'factors.phone.delivery_methods'
/** What lives in the provider of the unified phone experience, beside the choice of it. */
export const ACCOUNT = [SID, TOKEN, FROM, SERVICE]
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
  why: 'The API refuses message types that the delivery methods of the provider do not cover, and none can be sent.',
  remedy: 'Name the provider in the file, so that its delivery methods are widened, or leave the type out.',

  needs: known => {
    const { config, phone } = known
    const types = config.values.get(MESSAGE_TYPES)
    const isReason = reliesOn('phone', known) || (Array.isArray(types) && types.length > 0)
    if (phone === 'legacy' || !isReason || config.values.get(PHONE) === false || namesProvider(config))
      return []
    return notNamed(config, [PHONE, MESSAGE_TYPES, PROVIDER])
  },

  judge: ({ phone, config, before, after }) => {
    const [types, methods] = [after(MESSAGE_TYPES), before(METHODS)]
    if (phone !== 'unified' || after(PHONE) === false || namesProvider(config)) return []
    // One that is not there, or disabled, is H06's.
    if (after(PROVIDER) === null || !Array.isArray(types) || !Array.isArray(methods)) return []
    const uncovered = types.filter(type => !methods.includes(METHOD_OF[type] ?? type))
    if (uncovered.length === 0) return []
    const message = `The tenant's phone provider is not set up for ${enumerate(uncovered)}: it can send none, and the API refuses the type. Name the provider in factors.phone, and its delivery methods are widened; or leave ${enumerate(uncovered)} out.`
    return [{ severity: 'error', path: MESSAGE_TYPES, message }]
  },
}

/** H06. Auth0's documentation of the unified phone experience. */
export const enabledProvider: Check = {
  id: 'H06',
  title: 'The phone is on, and no phone provider is enabled (unified phone experience)',
  severities: ['error', 'confirm'],
  why: "Without a provider of the tenant's own no message is sent: with the unified phone experience Auth0 has none. Where the phone is all that users could enrol in, not being able to see that has to be confirmed.",
  remedy: 'Add provider and twilio to factors.phone, or provider: custom.',

  needs: known =>
    known.phone !== 'legacy' && reliesOn('phone', known) ? notNamed(known.config, [PROVIDER]) : [],

  judge: facts => {
    const { phone, after, refused } = facts
    if (phone === 'legacy' || after(PHONE) !== true) return []
    if (phone === 'unified' && after(PROVIDER) === null) {
      const message =
        'phone is on, but the tenant has no phone provider that is enabled: no code can be sent. Add provider and twilio to factors.phone, or provider: custom.'
      return [{ severity: 'error', path: PROVIDER, message }]
    }
    const reason = refused(PROVIDER)
    const isAllThereIs =
      after('policy') !== 'never' && after('policy') !== undefined && isOnlyStandAlone(facts)
    if (reason === undefined || !isAllThereIs) return []
    const message = `Cannot see whether the phone can send codes: if it cannot, this policy locks everybody out, since nothing else that stands alone is on. ${reason}`
    return [{ severity: 'confirm', path: PROVIDER, message }]
  },
}

/** Whether no factor that stands alone is on beside the phone. */
function isOnlyStandAlone({ after }: Facts): boolean {
  return STAND_ALONE_SWITCHES.every(path => path === PHONE || after(path) === false)
}

/** H08. Auth0's documentation: "Configure a custom phone provider"; the API answers 409. */
export const customProviderAction: Check = {
  id: 'H08',
  title: 'The phone provider is custom, and no Action sends its messages',
  severities: ['error'],
  why: 'A custom provider is an Action on the trigger custom-phone-provider. Without one that is deployed, the API refuses the provider.',
  remedy: 'Deploy such an Action, or choose twilio.',

  asks: ({ config, phone }) =>
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
  title: 'What is changed of the phone is in use by passwordless login too (unified phone experience)',
  severities: ['note'],
  why: 'With the unified phone experience, MFA and passwordless login share the provider and the verification message.',
  remedy: 'Mind both when you change them.',

  judge: ({ phone, changed }) => {
    if (phone !== 'unified') return []
    const texts = [VERIFICATION, `${VERIFICATION}.voice`].filter(path => changed.has(path))
    const isProvider = [PROVIDER, METHODS, ...ACCOUNT].some(path => changed.has(path))
    const path = isProvider ? PROVIDER : texts[0]
    if (path === undefined) return []
    const what = [...(isProvider ? ['provider'] : []), ...(texts.length > 0 ? ['verification message'] : [])]
    const message = `Passwordless login uses the same ${enumerate(what)}, with the unified phone experience: this changes both.`
    return [{ severity: 'note', path, message }]
  },
}

/** Whether a file says something of what lives in the provider. */
export function namesProvider(config: Config): boolean {
  return [PROVIDER, ...ACCOUNT].some(path => names(config, path))
}
