import { clearable, text, toggle, writeOnly } from './field.ts'
import { inspectPkcs12 } from './pkcs12.ts'
import { guardianFactors } from './scopes.ts'
import { setting } from './setting.ts'

/** Apple's push service, spoken to directly. Recorded: the certificate is never given back; `enabled` says it is there. */
export const pushApns = setting({
  at: 'factors.push-notification.apns',
  about: "Apple's push service, spoken to directly",
  fields: {
    bundle_id: clearable(text({ description: 'Bundle id of your app', max: 1000, example: 'com.acme.app' })),
    sandbox: toggle({ description: "Whether Apple's sandbox is used", default: false, example: false }),
    p12: {
      ...writeOnly(
        text({
          description: 'Certificate with its key, PKCS #12 without a password, base64-encoded',
          max: 10_000,
          example: '${file:push.p12}',
        }),
      ),
      inspect: inspectPkcs12,
    },
  },
  endpoint: '/guardian/factors/push-notification/providers/apns',
  scopes: guardianFactors,
  readOnly: ['enabled'],
  get: async api => (await api.guardian()).factors.pushNotification.getApnsProvider(),
  put: async (api, body) => (await api.guardian()).factors.pushNotification.setApnsProvider(body),
  patch: async (api, body) => (await api.guardian()).factors.pushNotification.updateApnsProvider(body),
  configured: answer =>
    typeof answer === 'object' && answer !== null && 'enabled' in answer && answer.enabled === true,
})
