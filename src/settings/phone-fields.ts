import { choice, clearable, type Field, secret, text } from './field.ts'

/** Who sends the messages. Which of these a tenant has depends on its phone experience: check H01. */
export const provider = choice(['auth0', 'twilio', 'phone-message-hook', 'custom'], {
  description:
    'Who sends the messages: Auth0 (for tests), Twilio, or a send-phone-message Action; with the unified phone experience Twilio, or a custom-phone-provider Action (custom)',
  default: 'auth0',
  example: 'twilio',
})

/** The Twilio account that the messages are sent with. */
export const twilioAccount = {
  sid: clearable(text({ description: 'Account SID', max: 1000, example: '${TWILIO_SID}' })),
  auth_token: secret(
    text({
      description: 'Auth token. With the unified phone experience it cannot be read back',
      max: 1000,
      example: '${TWILIO_AUTH_TOKEN}',
    }),
  ),
  from: clearable(text({ description: 'Number that messages come from', max: 64, example: '+15551234567' })),
  messaging_service_sid: clearable(
    text({
      description: 'Messaging service that messages come from',
      max: 1000,
      example: '${TWILIO_SERVICE_SID}',
    }),
  ),
}

/** The longest text that the API takes. */
const LONGEST = 20_000

/** The text of each message. Defaults: Auth0's documentation of the legacy provider. */
export const messages = {
  enrollment_message: message(
    'Message that enrols a phone, in Liquid',
    '{{code}} is your verification code for {{tenant.friendly_name}}. Please enter this code to verify your enrollment.',
  ),
  verification_message: message(
    'Message at a login, in Liquid',
    '{{code}} is your verification code for {{tenant.friendly_name}}',
  ),
}

/** The file may write `{ text: …, voice: … }` in its place. */
function message(description: string, usual: string): Field<string> {
  const example = '{{code}} is your code for {{tenant.friendly_name}}.'
  return { ...text({ description, min: 0, max: LONGEST, default: usual, example }), part: 'text' }
}

/** What a voice call says instead, where that can be told apart. */
export function spoken(when: string): Field<string> {
  return text({
    description: `What a voice call says ${when}, in Liquid; with the unified phone experience alone`,
    max: LONGEST,
    example: 'Your code is {{ pause }} {{code}}. I repeat, {{ pause }} {{code}}.',
  })
}
