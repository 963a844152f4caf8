import type { Config } from '../config/config.ts'
import type { Ask, Check, Facts } from './check.ts'
import { switchOf } from './file.ts'
import { ownMfaPage, prompts } from './lookups.ts'
import { MESSAGE_TYPES, PHONE, sendsVoice } from './phone-messages.ts'

const EMAIL = switchOf('email')

/** F11. Auth0's documentation: "Customize MFA for Classic Login". */
export const classicLogin: Check = {
  id: 'F11',
  title: 'E-mail codes or voice calls with the classic login or an MFA page of your own',
  severities: ['warning'],
  why: "Neither the classic login nor a tenant's own MFA page knows these two: users are not offered them.",
  remedy: 'Use Universal Login and its MFA page, or leave these two off.',

  asks: ({ config }) => [
    ...about(EMAIL, config.values.get(EMAIL) === true),
    ...about(MESSAGE_TYPES, namesVoice(config)),
  ],

  judge: facts => {
    const where = unsupporting(facts)
    if (where === undefined) return []
    const affected = [
      ...(facts.after(EMAIL) === true ? [{ path: EMAIL, what: 'E-mail codes are' }] : []),
      ...(callsByPhone(facts) ? [{ path: MESSAGE_TYPES, what: 'Voice calls are' }] : []),
    ]
    return affected.map(({ path, what }) => ({
      severity: 'warning',
      path,
      message: `${what} not supported with ${where}, which this tenant uses. Change to Universal Login without a page of your own, or leave this off.`,
    }))
  },
}

/** H15. Auth0's documentation: "Configure SMS and Voice Notifications for MFA". */
export const voiceLogin: Check = {
  id: 'H15',
  title: 'Voice calls without Universal Login',
  severities: ['warning'],
  why: 'Only Universal Login can offer a code by voice call.',
  remedy: 'Change to Universal Login, or take voice out of message_types.',

  asks: ({ config }) => (namesVoice(config) ? [{ lookup: prompts, path: MESSAGE_TYPES }] : []),

  judge: facts => {
    if (!callsByPhone(facts) || facts.asked(prompts)?.experience !== 'classic') return []
    const message =
      'Codes by voice call need Universal Login, and this tenant has the classic login. Change that, or take voice out of message_types.'
    return [{ severity: 'warning', path: MESSAGE_TYPES, message }]
  },
}

function about(path: string, isReason: boolean): Ask[] {
  return isReason
    ? [
        { lookup: prompts, path },
        { lookup: ownMfaPage, path },
      ]
    : []
}

function namesVoice({ values }: Config): boolean {
  return sendsVoice(values.get(MESSAGE_TYPES)) && values.get(PHONE) !== false
}

function callsByPhone({ after }: Facts): boolean {
  return sendsVoice(after(MESSAGE_TYPES)) && after(PHONE) !== false
}

function unsupporting({ asked }: Facts): string | undefined {
  if (asked(prompts)?.experience === 'classic') return 'the classic login'
  return asked(ownMfaPage) === true ? 'an MFA page of your own' : undefined
}
