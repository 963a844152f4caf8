import { OWN_MESSAGES } from './entitlements.ts'
import { set } from './field.ts'
import { oneTimeCode } from './one-time-code.ts'
import { messages, provider, twilioAccount } from './phone-fields.ts'
import { guardianFactors } from './scopes.ts'
import { setting } from './setting.ts'

const at = 'factors.phone'

/** The Twilio account of the legacy phone provider. Recorded: a PUT replaces it, a GET gives the token in the clear. */
export const phoneTwilio = setting({
  at: `${at}.twilio`,
  about: 'The Twilio account that the messages are sent with',
  fields: twilioAccount,
  endpoint: '/guardian/factors/phone/providers/twilio',
  scopes: guardianFactors,
  get: async api => (await api.guardian()).factors.phone.getTwilioProvider(),
  put: async (api, body) => (await api.guardian()).factors.phone.setTwilioProvider(body),
})

/** The texts of the messages (legacy phone provider). The API takes both or neither; defaults: Auth0's documentation. */
export const phoneTemplates = setting({
  at: `${at}.templates`,
  about: 'The texts of the messages',
  fields: messages,
  endpoint: '/guardian/factors/phone/templates',
  mayBeAbsent: true,
  scopes: guardianFactors,
  entitlement: OWN_MESSAGES,
  complete: true,
  get: async api => (await api.guardian()).factors.phone.getTemplates(),
  put: async (api, body) => (await api.guardian()).factors.phone.setTemplates(body),
})

/** Length and life of the codes sent to a phone. Assumption: the scopes are those of the other factor endpoints. */
export const phoneCode = setting({
  at,
  fields: oneTimeCode,
  endpoint: '/guardian/factors/phone/settings',
  always: true,
  scopes: guardianFactors,
  complete: true,
  get: async api => (await api.guardian()).factors.phone.get(),
  put: async (api, body) => (await api.guardian()).factors.phone.set(body),
})

const SELECTED_PROVIDER = '/guardian/factors/phone/selected-provider'

/** Who sends the messages (legacy phone provider). */
export const phoneProvider = setting({
  at,
  fields: { provider },
  endpoint: SELECTED_PROVIDER,
  always: true,
  scopes: guardianFactors,
  get: async api => (await api.guardian()).factors.phone.getSelectedProvider(),
  // `custom` is none of these. Where it is sent in spite of the check, the API is to say so.
  put: (api, body) => api.request('PUT', SELECTED_PROVIDER, body),
})

/** How codes reach a phone. Recorded: turning the factor off empties the list. */
export const phoneMessageTypes = setting({
  at,
  fields: {
    message_types: set(['sms', 'voice'], {
      description: 'How codes are sent; neither compared nor sent while the phone factor is off',
      default: [],
      example: ['sms', 'voice'],
    }),
  },
  endpoint: '/guardian/factors/phone/message-types',
  always: true,
  scopes: guardianFactors,
  onlyWhile: `${at}.enabled`,
  get: async api => (await api.guardian()).factors.phone.getMessageTypes(),
  put: async (api, body) =>
    (await api.guardian()).factors.phone.setMessageTypes({ ...body, message_types: [...body.message_types] }),
})
