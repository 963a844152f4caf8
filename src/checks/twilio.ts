import type { Check, Facts, Found } from './check.ts'
import { clears, names, notNamed, reliesOn } from './file.ts'
import { MESSAGE_TYPES, PHONE, PROVIDER, sendsVoice } from './phone-messages.ts'

export const TWILIO = 'factors.phone.twilio'
export const SID = `${TWILIO}.sid`
export const TOKEN = `${TWILIO}.auth_token`
export const FROM = `${TWILIO}.from`
export const SERVICE = `${TWILIO}.messaging_service_sid`

/** H04. Auth0's documentation: "Configure SMS and Voice Notifications for MFA"; the API takes any of these. */
export const twilioAccount: Check = {
  id: 'H04',
  title: "Twilio is the phone's provider, and its account is not complete",
  severities: ['error', 'warning'],
  why: 'Twilio needs sid, auth_token, and from or messaging_service_sid to send a text; a voice call always needs from. The API takes less, and sends nothing.',
  remedy: 'Complete factors.phone.twilio. Without voice, give one of from and messaging_service_sid.',

  needs: known => {
    const { config, phone } = known
    const { values } = config
    if (phone === 'unified' || values.get(PHONE) === false) return []
    const chooses = values.get(PROVIDER) === 'twilio'
    const mayUse =
      !names(config, PROVIDER) &&
      (reliesOn('phone', known) ||
        sendsVoice(values.get(MESSAGE_TYPES)) ||
        clears(config, [SID, FROM, SERVICE]))
    return chooses || mayUse
      ? notNamed(config, [PHONE, PROVIDER, MESSAGE_TYPES, SID, TOKEN, FROM, SERVICE])
      : []
  },

  judge: facts => {
    const { phone, after } = facts
    if (phone === 'unified' || after(PHONE) === false || after(PROVIDER) !== 'twilio') return []
    return [...withoutAccount(facts), ...withoutSender(facts)]
  },
}

function withoutAccount({ after }: Facts): Found[] {
  return [SID, TOKEN]
    .filter(path => after(path) === null)
    .map(path => ({
      severity: 'error',
      path,
      message: `The phone's provider is twilio, but ${last(path)} is not set, so nothing can be sent. Add it to ${TWILIO}.`,
    }))
}

function withoutSender({ phone, after }: Facts): Found[] {
  const types = after(MESSAGE_TYPES)
  const [from, service] = [after(FROM), after(SERVICE)]
  if (from === null && service === null) {
    const message = `The phone's provider is twilio, but neither from nor messaging_service_sid is set, so messages have no sender. Add one of them to ${TWILIO}.`
    return [{ severity: 'error', path: FROM, message }]
  }
  if (from === null && sendsVoice(types)) {
    // With the unified phone experience, which may be what the tenant has, a messaging service will do.
    const severity = phone === 'legacy' ? 'error' : 'warning'
    const message = `message_types has voice, and without the unified phone experience Twilio calls only from a number of its own. Add from to ${TWILIO}, or take voice out.`
    return [{ severity, path: FROM, message }]
  }
  if (from && service && types !== undefined && !sendsVoice(types)) {
    const message =
      'Both from and messaging_service_sid are set, and text messages have one sender. Clear one of them with null.'
    return [{ severity: 'warning', path: SERVICE, message }]
  }
  return []
}

export function last(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}
