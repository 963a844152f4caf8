import type { Resource } from './resource.ts'
import { actions } from './resources/actions.ts'
import { apns } from './resources/apns.ts'
import { customDomains } from './resources/custom-domains.ts'
import { duo } from './resources/duo.ts'
import { emailProvider } from './resources/email-provider.ts'
import { factor, factorList } from './resources/factors.ts'
import { fcm, fcmv1 } from './resources/fcm.ts'
import { guardianSettings } from './resources/guardian-settings.ts'
import { messageTypes } from './resources/message-types.ts'
import { mfaPush } from './resources/mfa-push.ts'
import { otpSettingsResources } from './resources/otp-settings.ts'
import { phoneSelectedProvider } from './resources/phone-selected-provider.ts'
import { phoneTemplates } from './resources/phone-templates.ts'
import { policies } from './resources/policies.ts'
import { prompts } from './resources/prompts.ts'
import { pushSelectedProvider } from './resources/push-selected-provider.ts'
import { newDevice, riskAssessment } from './resources/risk-assessments.ts'
import { sns } from './resources/sns.ts'
import { tenantSettings } from './resources/tenant-settings.ts'
import { triggerBindings } from './resources/trigger-bindings.ts'
import { twilio } from './resources/twilio.ts'
import { unifiedPhoneProviders } from './resources/unified-phone-providers.ts'
import { unifiedPhoneTemplates } from './resources/unified-phone-templates.ts'
import { webauthnPlatform, webauthnRoaming } from './resources/webauthn.ts'

/** Everything that the sandbox serves below /api/v2. */
export const resources: readonly Resource[] = [
  factorList,
  factor,
  policies,
  guardianSettings,
  messageTypes,
  ...phoneSelectedProvider,
  ...twilio,
  ...phoneTemplates,
  ...otpSettingsResources,
  pushSelectedProvider,
  apns,
  fcm,
  fcmv1,
  sns,
  duo,
  webauthnRoaming,
  webauthnPlatform,
  mfaPush,
  prompts,
  riskAssessment,
  newDevice,
  tenantSettings,
  ...unifiedPhoneProviders,
  ...unifiedPhoneTemplates,
  emailProvider,
  customDomains,
  actions,
  triggerBindings,
]

/** Every scope that an operation of the sandbox asks for, in alphabetical order. */
export const scopes: readonly string[] = [
  ...new Set(resources.flatMap(({ operations }) => Object.values(operations).map(({ scope }) => scope))),
].sort()

/** The names of the fields that are sealed in the state file. */
export const secrets: ReadonlySet<string> = new Set(resources.flatMap(resource => resource.secrets ?? []))
