import type { Config } from '../config/config.ts'
import type { PhoneExperience } from '../settings/phone-experience.ts'
import type { Check } from './check.ts'
import { notNamed } from './file.ts'
import { messageActions } from './lookups.ts'
import { PHONE, PROVIDER } from './phone-messages.ts'

/** H09. The Terraform provider's documentation of `auth0_guardian`. */
export const messageAction: Check = {
  id: 'H09',
  title: 'The phone relies on an Action, and none is bound',
  severities: ['error'],
  why: 'With the provider phone-message-hook an Action on the trigger send-phone-message sends the messages. Without one, nothing is sent.',
  remedy: 'Deploy such an Action and bind it to the trigger, or choose another provider.',

  needs: ({ config, phone }) => (chooses(config, phone) ? notNamed(config, [PHONE]) : []),
  asks: ({ config, phone }) => (chooses(config, phone) ? [{ lookup: messageActions, path: PROVIDER }] : []),

  judge: ({ phone, after, asked }) => {
    if (phone === 'unified' || after(PHONE) === false || after(PROVIDER) !== 'phone-message-hook') return []
    if (asked(messageActions) !== 0) return []
    const message =
      'The provider is phone-message-hook, but no Action is bound to the trigger send-phone-message: nothing is sent. Bind one, or choose another provider.'
    return [{ severity: 'error', path: PROVIDER, message }]
  },
}

function chooses({ values }: Config, phone: PhoneExperience | undefined): boolean {
  return phone !== 'unified' && values.get(PROVIDER) === 'phone-message-hook' && values.get(PHONE) !== false
}
