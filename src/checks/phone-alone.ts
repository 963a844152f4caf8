import { STAND_ALONE_SWITCHES } from '../settings/factor.ts'
import type { Check } from './check.ts'
import { switchOf } from './file.ts'

const SWITCH = switchOf('phone')

/** F08. Auth0's documentation: the MFA playbook for attack protection. */
export const phoneAlone: Check = {
  id: 'F08',
  title: 'The phone is the only factor that stands alone',
  severities: ['warning'],
  why: 'Codes by phone can be phished, fraud with messages costs money, and when the messages stop nobody can log in.',
  remedy: 'Switch on a second one, such as otp or webauthn-roaming.',

  judge: ({ after }) => {
    const isAlone = STAND_ALONE_SWITCHES.every(path => after(path) === (path === SWITCH))
    if (!isAlone) return []
    const message =
      'phone is the only factor that stands alone: its codes can be phished, and without messages nobody can log in. Switch on another, such as otp or webauthn-roaming.'
    return [{ severity: 'warning', path: SWITCH, message }]
  },
}
