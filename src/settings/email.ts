import { oneTimeCode } from './one-time-code.ts'
import { guardianFactors } from './scopes.ts'
import { setting } from './setting.ts'

/** Length and life of the codes sent by e-mail. Assumption: the scopes are those of the other factor endpoints. */
export const emailCode = setting({
  at: 'factors.email',
  fields: oneTimeCode,
  endpoint: '/guardian/factors/email/settings',
  always: true,
  scopes: guardianFactors,
  complete: true,
  get: async api => (await api.guardian()).factors.email.get(),
  put: async (api, body) => (await api.guardian()).factors.email.set(body),
})
