import { choice, clearable, secret, set, text } from './field.ts'
import { oneTimeCode } from './one-time-code.ts'
import { guardianFactors } from './scopes.ts'
import { setting } from './setting.ts'

const at = 'factors.phone'

/** The Twilio account of the legacy phone provider. Recorded: a PUT replaces it, a GET gives the token in the clear. */
export const phoneTwilio = setting({
  at: `${at}.twilio`,
  about: 'The Twilio account that the messages are sent with',
  fields: {
    sid: clearable(text({ description: 'Account SID', max: 1000, example: '${TWILIO_SID}' })),
    auth_token: secret(text({ description: 'Auth token', max: 1000, example: '${TWILIO_AUTH_TOKEN}' })),
    from: clearable(
      text({ description: 'Number that messages come from', max: 64, example: '+15551234567' }),
    ),
    messaging_service_sid: clearable(
      text({
        description: 'Messaging service that messages come from',
        max: 1000,
        example: '${TWILIO_SERVICE_SID}',
      }),
    ),
  },
  endpoint: '/guardian/factors/phone/providers/twilio',
  scopes: guardianFactors,
  get: async api => (await api.guardian()).factors.phone.getTwilioProvider(),
  put: async (api, body) => (await api.guardian()).factors.phone.setTwilioProvider(body),
})

/** The texts of the messages (legacy phone provider). The API takes both or neither; defaults: Auth0's documentation. */
export const phoneTemplates = setting({
  at: `${at}.templates`,
  about: 'The texts of the messages',
  fields: {
    enrollment_message: text({
      description: 'Message that enrols a phone, in Liquid',
      min: 0,
      max: 20_000,
      default:
        '{{code}} is your verification code for {{tenant.friendly_name}}. Please enter this code to verify your enrollment.',
      example: '{{code}} is your code for {{tenant.friendly_name}}.',
    }),
    verification_message: text({
      description: 'Message at a login, in Liquid',
      min: 0,
      max: 20_000,
      default: '{{code}} is your verification code for {{tenant.friendly_name}}',
      example: '{{code}} is your code for {{tenant.friendly_name}}.',
    }),
  },
  endpoint: '/guardian/factors/phone/templates',
  mayBeAbsent: true,
  scopes: guardianFactors,
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

/** Who sends the messages. */
export const phoneProvider = setting({
  at,
  fields: {
    provider: choice(['auth0', 'twilio', 'phone-message-hook'], {
      description: 'Who sends the messages: Auth0 (for tests), Twilio, or a send-phone-message Action',
      default: 'auth0',
      example: 'twilio',
    }),
  },
  endpoint: '/guardian/factors/phone/selected-provider',
  always: true,
  scopes: guardianFactors,
  get: async api => (await api.guardian()).factors.phone.getSelectedProvider(),
  put: async (api, body) => (await api.guardian()).factors.phone.setProvider(body),
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
