import type { Check } from './check.ts'

const PATH = 'factors.webauthn-roaming.user_verification'

/** W05. Auth0's documentation: "Configure WebAuthn with security keys". */
export const userVerification: Check = {
  id: 'W05',
  title: 'Security keys have to ask for a PIN or a finger',
  severities: ['warning'],
  why: 'Keys of the first FIDO generation cannot do that, nor can some browsers: their users cannot log in.',
  remedy: 'Use preferred, unless every user is known to have a newer key and browser.',

  judge: ({ after }) => {
    if (after(PATH) !== 'required') return []
    const message =
      'user_verification: required shuts out older (FIDO 1) keys and some browsers. Use preferred, unless you know what your users have.'
    return [{ severity: 'warning', path: PATH, message }]
  },
}
