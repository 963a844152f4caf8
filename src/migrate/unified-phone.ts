import { isRecord } from '../record.ts'
import type { DeployCliTenant } from './deploy-cli.ts'
import { IGNORED, type Keys, quoted, type Said, saidBy, saidByEach } from './said.ts'

/** The phone's provider and its texts, where Branding keeps them, with the unified phone experience. */
export function unifiedPhoneOf({ sections: { phoneProviders, phoneTemplates } }: DeployCliTenant): Said[] {
  return [
    ...saidByEach('phoneProviders', phoneProviders, (provider, index) =>
      index === 0
        ? providerIn(provider)
        : [{ from: `phoneProviders[${index}]`, why: 'a tenant has one: the first' }],
    ),
    ...saidByEach('phoneTemplates', phoneTemplates, templateIn),
  ]
}

/** Keys of the API's answers that are of no account. */
const ANSWERED = {
  id: IGNORED,
  channel: IGNORED,
  tenant: IGNORED,
  customizable: IGNORED,
  created_at: IGNORED,
  updated_at: IGNORED,
} as const

function providerIn(provider: Readonly<Record<string, unknown>>): Said[] {
  const { name, disabled, configuration, credentials } = provider
  const from = `phoneProviders (${quoted(name)})`
  return [
    ...saidBy(from, provider, {
      ...ANSWERED,
      name:
        disabled === true
          ? { why: 'it is disabled, which the file cannot say: only who is chosen' }
          : { path: 'factors.phone.provider' },
      disabled: IGNORED,
      configuration: IGNORED,
      credentials: IGNORED,
    }),
    ...saidBy(`${from}.configuration`, configuration, CONFIGURATION),
    ...saidBy(`${from}.credentials`, credentials, {
      auth_token: { path: 'factors.phone.twilio.auth_token' },
    }),
  ]
}

const CONFIGURATION: Keys = {
  sid: { path: 'factors.phone.twilio.sid' },
  default_from: { path: 'factors.phone.twilio.from' },
  mssid: { path: 'factors.phone.twilio.messaging_service_sid' },
  delivery_methods: { why: 'it follows from message_types, and is never narrowed' },
}

/** The file's names of the templates that MFA sends. */
const TYPES: ReadonlyMap<unknown, string> = new Map([
  ['otp_enroll', 'enrollment_message'],
  ['otp_verify', 'verification_message'],
])

function templateIn(template: Readonly<Record<string, unknown>>): Said[] {
  const { type, disabled, content } = template
  const from = `phoneTemplates (${quoted(type)})`
  const name = TYPES.get(type)
  if (name === undefined) return [{ from, why: 'it is not about MFA' }]
  const path = `factors.phone.templates.${name}`
  if (disabled === true) return [{ from, path, why: 'it is disabled' }]
  const { body, ...others } = isRecord(content) ? content : {}
  const known: Keys = { ...ANSWERED, type: IGNORED, disabled: IGNORED, content: IGNORED }
  return [
    ...saidBy(from, template, known),
    ...saidBy(`${from}.content`, withoutNothing(others), {
      syntax: IGNORED,
      from: { why: 'the file has no sender a message' },
    }),
    ...saidBy(`${from}.content.body`, withoutNothing(body), {
      text: { path },
      voice: { path: `${path}.voice` },
    }),
  ]
}

/** An answer lists what nobody has set as empty, and the API takes no empty text. */
function withoutNothing(object: unknown): unknown {
  if (!isRecord(object)) return object
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== '' && value !== null))
}
