import { secret, text } from './field.ts'
import { guardianFactors } from './scopes.ts'
import { setting } from './setting.ts'

/** The Duo account. Recorded: a GET gives the secret key in the clear, so all three can be compared and kept. */
export const duo = setting({
  at: 'factors.duo',
  fields: {
    host: text({
      description: 'API host name of the Duo application',
      max: 10_000,
      example: 'api-0000.duosecurity.com',
    }),
    ikey: text({ description: 'Integration key', max: 10_000, example: '${DUO_IKEY}' }),
    skey: secret(text({ description: 'Secret key', max: 10_000, example: '${DUO_SKEY}' })),
  },
  endpoint: '/guardian/factors/duo/settings',
  scopes: guardianFactors,
  get: async api => (await api.guardian()).factors.duo.settings.get(),
  put: async (api, body) => (await api.guardian()).factors.duo.settings.set(body),
})
