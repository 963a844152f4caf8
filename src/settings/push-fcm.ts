import { text, writeOnly } from './field.ts'
import { guardianFactors } from './scopes.ts'
import { setting } from './setting.ts'

/** What cannot be read is sent when push is switched on, or when the tenant starts to use its own app's credentials. */
const sentWith = [
  { path: 'factors.push-notification.enabled', after: true },
  { path: 'factors.push-notification.provider', after: 'direct' },
]

/** Firebase Cloud Messaging by its old server key. The API has no way to read it. */
export const pushFcm = setting({
  at: 'factors.push-notification.fcm',
  about: 'Firebase Cloud Messaging by its old server key',
  fields: {
    server_key: writeOnly(
      text({
        description: 'Server key of legacy FCM, which Google has replaced by FCM v1',
        max: 152,
        example: '${FCM_SERVER_KEY}',
      }),
    ),
  },
  endpoint: '/guardian/factors/push-notification/providers/fcm',
  scopes: guardianFactors,
  sentWith,
  put: async (api, body) => (await api.guardian()).factors.pushNotification.setFcmProvider(body),
})

/** Firebase Cloud Messaging, HTTP v1. The API has no way to read it. */
export const pushFcmV1 = setting({
  at: 'factors.push-notification.fcmv1',
  about: 'Firebase Cloud Messaging, HTTP v1',
  fields: {
    server_credentials: writeOnly(
      text({
        description: "Service account's key, the JSON file as text",
        max: 10_000,
        example: '${file:firebase.json}',
      }),
    ),
  },
  endpoint: '/guardian/factors/push-notification/providers/fcmv1',
  scopes: guardianFactors,
  sentWith,
  put: async (api, body) => (await api.guardian()).factors.pushNotification.setFcmv1Provider(body),
})
