import { isRecord } from '../record.ts'
import type { DeployCliTenant } from './deploy-cli.ts'
import { IGNORED, type Keys, type Said, saidBy } from './said.ts'

/** What happens around a challenge: code lengths, remembered browsers, risk, the enrolment page. */
export function aroundOf(tenant: DeployCliTenant): Said[] {
  const { guardianPhoneFactorSettings, guardianEmailFactorSettings, guardianSettings } = tenant.sections
  return [
    ...saidBy('guardianPhoneFactorSettings', guardianPhoneFactorSettings, codeOf('factors.phone')),
    ...saidBy('guardianEmailFactorSettings', guardianEmailFactorSettings, codeOf('factors.email')),
    ...saidBy('guardianSettings', guardianSettings, SESSION),
    ...riskOf(tenant),
    ...tenantOf(tenant),
    ...promptsOf(tenant),
  ]
}

function codeOf(at: string): Keys {
  return {
    otp_length: { path: `${at}.otp_length` },
    otp_expiration_time: { path: `${at}.otp_expiration_time` },
  }
}

const SESSION: Keys = {
  display_remember_me_checkbox: { path: 'session.display_remember_me_checkbox' },
  remember_me_default_value: { path: 'session.remember_me_default_value' },
  mfa_session_inactivity_timeout: { path: 'session.mfa_session_inactivity_timeout' },
  mfa_session_overall_timeout: { path: 'session.mfa_session_overall_timeout' },
}

/** In the three forms that versions of the Deploy CLI have had. */
function riskOf({ sections }: DeployCliTenant): Said[] {
  const { riskAssessment, riskAssessments, riskAssessmentsNewDevice } = sections
  const own = isRecord(riskAssessment) ? riskAssessment : {}
  const older = isRecord(riskAssessments) ? riskAssessments : {}
  return [
    ...saidBy('riskAssessment', riskAssessment, { settings: IGNORED, new_device: IGNORED }),
    ...saidBy('riskAssessment.settings', own.settings, ENABLED),
    ...saidBy('riskAssessment.new_device', own.new_device, NEW_DEVICE),
    ...saidBy('riskAssessments', riskAssessments, { ...ENABLED, newDevice: IGNORED }),
    ...saidBy('riskAssessments.newDevice', older.newDevice, NEW_DEVICE),
    ...saidBy('riskAssessmentsNewDevice', riskAssessmentsNewDevice, NEW_DEVICE),
  ]
}

const ENABLED: Keys = { enabled: { path: 'risk.enabled' } }
const NEW_DEVICE: Keys = { remember_for: { path: 'risk.new_device.remember_for' } }

/** What the tenant's settings say of MFA. The rest of them is not looked at. */
function tenantOf({ sections: { tenant } }: DeployCliTenant): Said[] {
  if (!isRecord(tenant)) return saidBy('tenant', tenant, {})
  const { flags, ...others } = tenant
  return [
    ...only('tenant.flags', flags, {
      mfa_show_factor_list_on_enrollment: { path: 'enrollment.show_factor_list' },
    }),
    ...only('tenant', others, {
      customize_mfa_in_postlogin_action: { why: 'it concerns Actions, so leave it to the Deploy CLI' },
      guardian_mfa_page: { why: 'an MFA page of your own is left to the Deploy CLI' },
      phone_consolidated_experience: {
        why: 'it says where the phone lives, and the file is the same for both',
      },
    }),
  ]
}

function promptsOf({ sections: { prompts } }: DeployCliTenant): Said[] {
  return only('prompts', prompts, {
    webauthn_platform_first_factor: { why: 'it concerns the first factor, so leave it to the Deploy CLI' },
  })
}

/** Looks at these keys of an object and at no others. */
function only(from: string, object: unknown, keys: Keys): Said[] {
  if (!isRecord(object)) return saidBy(from, object, keys)
  return saidBy(
    from,
    Object.fromEntries(Object.entries(object).filter(([key]) => Object.hasOwn(keys, key))),
    keys,
  )
}
