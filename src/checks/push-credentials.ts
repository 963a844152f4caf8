import type { Check } from './check.ts'
import { names } from './file.ts'

const AT = 'factors.push-notification'
const SERVER_KEY = `${AT}.fcm.server_key`
const P12 = `${AT}.apns.p12`
const SANDBOX = `${AT}.apns.sandbox`

/** U03. Auth0's documentation on push notifications: FCM v1 in place of the server key. */
export const legacyFcm: Check = {
  id: 'U03',
  title: 'Firebase by its old server key',
  severities: ['warning'],
  why: 'Google has ended the interface that takes server keys.',
  remedy: "Use fcmv1 with a service account's key instead.",

  judge: ({ config }) => {
    if (!names(config, SERVER_KEY)) return []
    const message =
      'fcm.server_key is for an interface that Google has ended. Use fcmv1.server_credentials instead.'
    return [{ severity: 'warning', path: SERVER_KEY, message }]
  },
}

/** U04. Auth0's OpenAPI description lists what the API refuses in a certificate. */
export const certificate: Check = {
  id: 'U04',
  title: "Apple's certificate is not usable",
  severities: ['error'],
  why: 'The API refuses a certificate that is not base64, not PKCS #12 with its key, protected with a password, encrypted with RC2, or expired.',
  remedy: 'Export certificate and key again: PKCS #12, without a password, with Triple DES or AES.',

  judge: ({ config }) => {
    const message = config.flaws?.get(P12)
    return message === undefined ? [] : [{ severity: 'error', path: P12, message }]
  },
}

/** U05. */
export const appleSandbox: Check = {
  id: 'U05',
  title: "Push uses Apple's sandbox",
  severities: ['warning'],
  why: "Apple's sandbox reaches only apps that were built for development; those from the App Store get nothing.",
  remedy: 'Set apns.sandbox to false on a production tenant; accept it on one for development.',

  judge: ({ after }) => {
    const provider = after(`${AT}.provider`) ?? 'direct'
    if (after(SANDBOX) !== true || provider !== 'direct' || after(`${AT}.enabled`) === false) return []
    const message =
      "Push uses Apple's sandbox, which reaches only apps built for development. Set it to false, unless this is a tenant for development."
    return [{ severity: 'warning', path: SANDBOX, message }]
  },
}
