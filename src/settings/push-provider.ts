import { choice } from './field.ts'
import { guardianFactors } from './scopes.ts'
import { setting } from './setting.ts'

/** Who delivers the notifications. Recorded: the API takes a choice before its credentials are there, so they go first. */
export const pushProvider = setting({
  at: 'factors.push-notification',
  fields: {
    provider: choice(['guardian', 'sns', 'direct'], {
      description:
        "Who delivers: Auth0 to the Guardian app, Amazon SNS, or Apple's and Google's services directly",
      default: 'guardian',
      example: 'direct',
    }),
  },
  endpoint: '/guardian/factors/push-notification/selected-provider',
  always: true,
  scopes: guardianFactors,
  get: async api => (await api.guardian()).factors.pushNotification.getSelectedProvider(),
  put: async (api, body) => (await api.guardian()).factors.pushNotification.setProvider(body),
})
