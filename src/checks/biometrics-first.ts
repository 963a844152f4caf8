import type { Check } from './check.ts'
import { switchOf } from './file.ts'
import { prompts } from './lookups.ts'

const SWITCH = switchOf('webauthn-platform')

/** F10. Auth0's documentation: "WebAuthn with Device Biometrics", the flag `webauthn_platform_first_factor`. */
export const biometricsFirst: Check = {
  id: 'F10',
  title: 'Device biometrics are off, and users log in with them',
  severities: ['warning'],
  why: 'Logging in with device biometrics in place of a password needs the factor webauthn-platform.',
  remedy: 'Leave webauthn-platform on, or end that way of logging in under Authentication Profile first.',

  asks: ({ config }) => (config.values.get(SWITCH) === false ? [{ lookup: prompts, path: SWITCH }] : []),

  judge: ({ after, asked }) => {
    if (after(SWITCH) !== false || asked(prompts)?.biometricsFirst !== true) return []
    const message =
      'webauthn-platform is off, but the tenant lets users log in with device biometrics first, which needs it. Leave it on, or end that way of logging in.'
    return [{ severity: 'warning', path: SWITCH, message }]
  },
}
