import { adaptivePlan, adaptiveUsers } from './adaptive-policy.ts'
import { adaptiveRisk } from './adaptive-risk.ts'
import { biometricsFirst } from './biometrics-first.ts'
import type { Check } from './check.ts'
import { classicLogin, voiceLogin } from './classic-login.ts'
import { dependentFactors } from './dependent-factors.ts'
import { deviceMemory } from './device-memory.ts'
import { duoAccount, duoAction, duoAlone } from './duo.ts'
import { ownEmailProvider } from './email-provider.ts'
import { lockOut } from './lock-out.ts'
import { messageAction } from './message-action.ts'
import { oneTimeCodes } from './one-time-code.ts'
import { phoneAlone } from './phone-alone.ts'
import { messageTypes, testProvider, voiceProvider } from './phone-messages.ts'
import { appleSandbox, certificate, legacyFcm } from './push-credentials.ts'
import { directAccount, snsAccount } from './push-provider.ts'
import { recovery } from './recovery.ts'
import { relyingPartyChange, relyingPartyDomain, severalDomains } from './relying-party.ts'
import { sessionLength, sessionTimeouts } from './session.ts'
import { switchedOff } from './switched-off.ts'
import { templates } from './templates.ts'
import { trial } from './trial.ts'
import { twilioAccount } from './twilio.ts'
import { undocumented } from './undocumented.ts'
import {
  customProviderAction,
  deliveryMethods,
  enabledProvider,
  providerExists,
  sharedWithPasswordless,
} from './unified-phone.ts'
import { unifiedTemplates } from './unified-templates.ts'
import { unifiedTwilio } from './unified-twilio.ts'
import { unmentioned } from './unmentioned.ts'
import { unsentSecrets } from './unsent-secrets.ts'
import { userVerification } from './user-verification.ts'
import { weakerPolicy } from './weaker-policy.ts'

/** Every check that this version makes, in the order in which findings of one severity are told. */
export const CHECKS: readonly Check[] = [
  // Factors.
  lockOut,
  dependentFactors,
  duoAlone,
  duoAccount,
  duoAction,
  recovery,
  ownEmailProvider,
  phoneAlone,
  trial,
  biometricsFirst,
  classicLogin,
  unmentioned,
  // The policy and the risk assessment.
  adaptivePlan,
  adaptiveUsers,
  deviceMemory,
  weakerPolicy,
  adaptiveRisk,
  // The phone.
  providerExists,
  messageTypes,
  voiceProvider,
  twilioAccount,
  deliveryMethods,
  enabledProvider,
  unifiedTwilio,
  customProviderAction,
  messageAction,
  testProvider,
  templates,
  unifiedTemplates,
  sharedWithPasswordless,
  voiceLogin,
  // Push notifications.
  snsAccount,
  directAccount,
  legacyFcm,
  certificate,
  appleSandbox,
  // WebAuthn.
  relyingPartyDomain,
  relyingPartyChange,
  severalDomains,
  userVerification,
  // Sessions and codes.
  sessionTimeouts,
  oneTimeCodes,
  sessionLength,
  // What a run does, and what it cannot see.
  switchedOff,
  unsentSecrets,
  undocumented,
]
