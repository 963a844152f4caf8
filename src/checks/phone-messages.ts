import type { Value } from '../settings/field.ts'
import type { Check } from './check.ts'
import { names, notNamed, reliesOn, switchOf } from './file.ts'

export const PHONE = switchOf('phone')
export const MESSAGE_TYPES = 'factors.phone.message_types'
export const PROVIDER = 'factors.phone.provider'

/** Whether a list of message types has voice calls in it. */
export function sendsVoice(types: Value | undefined): boolean {
  return Array.isArray(types) && types.includes('voice')
}

/** H02. Auth0's OpenAPI description and the Terraform provider: without a message type the phone factor does nothing. */
export const messageTypes: Check = {
  id: 'H02',
  title: 'The phone is on without a message type',
  severities: ['error'],
  why: 'With neither sms nor voice there is no way for a code to reach a phone.',
  remedy: 'Add message_types: [sms] to factors.phone, or [sms, voice].',

  needs: known => (reliesOn('phone', known) ? notNamed(known.config, [MESSAGE_TYPES]) : []),

  judge: ({ after }) => {
    const types = after(MESSAGE_TYPES)
    const isNone = types === null || (Array.isArray(types) && types.length === 0)
    if (after(PHONE) !== true || !isNone) return []
    const message =
      'phone is on, but no message type is: no code can be sent. Add message_types: [sms], [voice] or both.'
    return [{ severity: 'error', path: MESSAGE_TYPES, message }]
  },
}

/** H03. Auth0's documentation: "Configure SMS and Voice Notifications for MFA". */
export const voiceProvider: Check = {
  id: 'H03',
  title: "Voice calls with Auth0's own phone provider",
  severities: ['error'],
  why: "Auth0's own provider sends text messages only.",
  remedy: 'Choose another provider, or take voice out of message_types.',

  needs: ({ config, phone }) => {
    if (phone === 'unified' || config.values.get(PHONE) === false) return []
    const chooses = config.values.get(PROVIDER) === 'auth0'
    const calls = sendsVoice(config.values.get(MESSAGE_TYPES)) && !names(config, PROVIDER)
    return chooses || calls ? notNamed(config, [PHONE, MESSAGE_TYPES, PROVIDER]) : []
  },

  judge: ({ phone, after }) => {
    if (phone === 'unified' || after(PHONE) === false) return []
    if (after(PROVIDER) !== 'auth0' || !sendsVoice(after(MESSAGE_TYPES))) return []
    const message =
      "message_types has voice, but Auth0's own provider sends text messages only. Choose another provider, or take voice out."
    return [{ severity: 'error', path: MESSAGE_TYPES, message }]
  },
}

/** H10. Auth0's documentation: "Configure SMS and Voice Notifications for MFA". */
export const testProvider: Check = {
  id: 'H10',
  title: "The phone is on with Auth0's own provider",
  severities: ['warning'],
  why: "Auth0's own provider is for tests: it sends 100 messages, once, in a tenant's life.",
  remedy: 'Choose twilio or phone-message-hook before users depend on it.',

  needs: ({ config, phone }) => {
    if (phone === 'unified') return []
    const isReason = config.values.get(PHONE) === true || config.values.get(PROVIDER) === 'auth0'
    return isReason && config.values.get(PHONE) !== false ? notNamed(config, [PHONE, PROVIDER]) : []
  },

  judge: ({ phone, after }) => {
    if (phone === 'unified' || after(PHONE) !== true || after(PROVIDER) !== 'auth0') return []
    const message =
      "phone is on with Auth0's own provider, which sends 100 messages in the tenant's whole life. Choose twilio or phone-message-hook."
    return [{ severity: 'warning', path: PROVIDER, message }]
  },
}
