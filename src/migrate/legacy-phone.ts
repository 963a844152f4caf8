import { isRecord } from '../record.ts'
import type { DeployCliTenant } from './deploy-cli.ts'
import { IGNORED, type Said, saidBy, saidByEach } from './said.ts'

/** The phone's provider, and its texts, where Guardian keeps them. */
export function legacyPhoneOf({ sections }: DeployCliTenant): Said[] {
  const { guardianFactorProviders, guardianFactorTemplates, guardianPhoneFactorSelectedProvider } = sections
  return [
    // What else stands in this list is told where push notifications are looked at.
    ...[guardianFactorProviders]
      .flat()
      .filter(isRecord)
      .filter(isTwilio)
      .flatMap(account => saidBy(`guardianFactorProviders (${account.name}, twilio)`, account, TWILIO)),
    ...saidByEach('guardianFactorTemplates', guardianFactorTemplates, (template, index) =>
      isPhone(template)
        ? saidBy(`guardianFactorTemplates (${template.name})`, template, TEMPLATES)
        : [{ from: `guardianFactorTemplates[${index}]`, why: 'it is not about the phone' }],
    ),
    ...saidBy('guardianPhoneFactorSelectedProvider', guardianPhoneFactorSelectedProvider, {
      provider: { path: 'factors.phone.provider' },
    }),
  ]
}

const TWILIO = {
  name: IGNORED,
  provider: IGNORED,
  sid: { path: 'factors.phone.twilio.sid' },
  auth_token: { path: 'factors.phone.twilio.auth_token' },
  from: { path: 'factors.phone.twilio.from' },
  messaging_service_sid: { path: 'factors.phone.twilio.messaging_service_sid' },
} as const

const TEMPLATES = {
  name: IGNORED,
  enrollment_message: { path: 'factors.phone.templates.enrollment_message' },
  verification_message: { path: 'factors.phone.templates.verification_message' },
} as const

/** Whether a provider is the phone's Twilio account. */
export function isTwilio(provider: Readonly<Record<string, unknown>>): boolean {
  return isPhone(provider) && provider.provider === 'twilio'
}

/** The API has the phone under two names, of which the Deploy CLI writes the first. */
function isPhone({ name }: Readonly<Record<string, unknown>>): boolean {
  return name === 'sms' || name === 'phone'
}
