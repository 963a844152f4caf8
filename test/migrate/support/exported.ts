import { MFA_SECTIONS } from '../../../src/migrate/sections.ts'
import { isRecord } from '../../../src/record.ts'
import { FACTORS } from '../../../src/settings/factor.ts'
import type { Value } from '../../../src/settings/field.ts'
import type { PhoneExperience } from '../../../src/settings/phone-experience.ts'
import type { Values } from '../../support/values.ts'

/** A way into an export: keys, and items of lists by what tells them apart. */
type Way = readonly (string | Readonly<Record<string, string>>)[]

const TWILIO: Way = ['guardianFactorProviders', { name: 'sms', provider: 'twilio' }]
/** There is one at most. */
const UNIFIED: Way = ['phoneProviders', {}]

/** Where the Deploy CLI has what the file says, on either kind of tenant. What is not here it does not have. */
function wayTo(path: string, phone: PhoneExperience): Way | undefined {
  const [, factor, ...steps] = path.split('.')
  const isUnified = phone === 'unified'
  const api = Object.entries(FACTORS).find(([name]) => name === factor)?.[1].api
  if (path.startsWith('factors.') && path.endsWith('.enabled') && api) {
    return ['guardianFactors', { name: api }, 'enabled']
  }
  const key = steps.at(-1) ?? ''
  switch (path.split('.').slice(0, 3).join('.')) {
    case 'factors.phone.twilio':
      return isUnified ? UNIFIED_TWILIO[key] : [...TWILIO, key]
    case 'factors.phone.templates':
      return isUnified ? templateWay(steps) : ['guardianFactorTemplates', { name: 'sms' }, key]
    case 'factors.phone.provider':
      return isUnified ? [...UNIFIED, 'name'] : ['guardianPhoneFactorSelectedProvider', 'provider']
    case 'factors.phone.message_types':
      return ['guardianPhoneFactorMessageTypes', key]
    case 'factors.phone.otp_length':
    case 'factors.phone.otp_expiration_time':
      return ['guardianPhoneFactorSettings', key]
    case 'factors.email.otp_length':
    case 'factors.email.otp_expiration_time':
      return ['guardianEmailFactorSettings', key]
    case 'factors.push-notification.sns':
    case 'factors.push-notification.apns':
    case 'factors.push-notification.fcm':
      return ['guardianFactorProviders', { name: 'push-notification', provider: steps[0] ?? '' }, key]
    case 'risk.enabled':
      return ['riskAssessment', 'settings', 'enabled']
    case 'risk.new_device.remember_for':
      return ['riskAssessment', 'new_device', 'remember_for']
    case 'enrollment.show_factor_list':
      return ['tenant', 'flags', 'mfa_show_factor_list_on_enrollment']
    case 'policy':
      return ['guardianPolicies', 'policies']
    default:
      return path.startsWith('session.') ? ['guardianSettings', factor ?? ''] : undefined
  }
}

const UNIFIED_TWILIO: Readonly<Record<string, Way>> = {
  sid: [...UNIFIED, 'configuration', 'sid'],
  from: [...UNIFIED, 'configuration', 'default_from'],
  messaging_service_sid: [...UNIFIED, 'configuration', 'mssid'],
  auth_token: [...UNIFIED, 'credentials', 'auth_token'],
}

function templateWay([, message, voice = 'text']: readonly string[]): Way {
  const type = message === 'enrollment_message' ? 'otp_enroll' : 'otp_verify'
  return ['phoneTemplates', { type }, 'content', 'body', voice]
}

/** Whether the Deploy CLI can say something of a path. */
export function isExported(path: string, phone: PhoneExperience): boolean {
  return wayTo(path, phone) !== undefined
}

/** What the Deploy CLI writes of a tenant with these values: its sections. */
export function exportOf(values: Values, phone: PhoneExperience = 'legacy'): Record<string, unknown> {
  const sections: Record<string, unknown> = {}
  for (const [path, value] of values) {
    const way = wayTo(path, phone)
    if (way) put(sections, way, exported(path, value))
  }
  return sections
}

function exported(path: string, value: Value): unknown {
  if (path !== 'policy') return value
  const names = { always: ['all-applications'], adaptive: ['confidence-score'], never: [] }
  return names[value as keyof typeof names]
}

function put(into: Record<string, unknown>, [step, next, ...rest]: Way, value: unknown): void {
  if (typeof step !== 'string') throw new Error('A way begins with a key.')
  if (next === undefined) {
    into[step] = value
  } else if (typeof next === 'string') {
    into[step] ??= {}
    put(record(into[step]), [next, ...rest], value)
  } else {
    into[step] ??= []
    const list = into[step]
    if (!Array.isArray(list)) throw new Error(`${step} is no list.`)
    const isIt = (item: unknown): boolean =>
      isRecord(item) && Object.entries(next).every(([key, name]) => item[key] === name)
    if (!list.some(isIt)) list.push({ ...next })
    put(record(list.find(isIt)), rest, value)
  }
}

function record(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw new Error('There is something else already.')
  return value as Record<string, unknown>
}

/** The same in the directory form: files by their names. */
export function filesOf(sections: Readonly<Record<string, unknown>>): Record<string, string> {
  const files: Record<string, string> = {}
  for (const [name, content] of Object.entries(sections)) {
    const place = Object.entries(MFA_SECTIONS).find(([section]) => section === name)?.[1]
    if (!place) throw new Error(`${name} has no place.`)
    if ('file' in place) files[place.file] = JSON.stringify(content, null, 2)
    else if (Array.isArray(content))
      for (const [index, item] of content.entries())
        files[`${place.folder}/${index}.json`] = JSON.stringify(item, null, 2)
  }
  return files
}

/** The variables that a file refers to where a secret stood in the source, and the setting of each. */
export const SUGGESTED = {
  TWILIO_AUTH_TOKEN: 'factors.phone.twilio.auth_token',
  AWS_SECRET: 'factors.push-notification.sns.aws_secret_access_key',
  APNS_P12: 'factors.push-notification.apns.p12',
  FCM_SERVER_KEY: 'factors.push-notification.fcm.server_key',
} as const
