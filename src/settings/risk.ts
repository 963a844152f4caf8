import { ADAPTIVE_MFA } from './entitlements.ts'
import { integer, protection } from './field.ts'
import { attackProtection } from './scopes.ts'
import { setting } from './setting.ts'

/** The risk assessment behind Adaptive MFA. */
export const riskAssessment = setting({
  at: 'risk',
  about: 'The risk assessment behind Adaptive MFA',
  fields: {
    enabled: protection({
      description: 'Whether logins are assessed for risk',
      default: false,
      example: true,
    }),
  },
  endpoint: '/risk-assessments/settings',
  always: true,
  scopes: attackProtection,
  entitlement: ADAPTIVE_MFA,
  get: async api => (await api.riskAssessments()).settings.get(),
  patch: async (api, body) => (await api.riskAssessments()).settings.update(body),
})

/** How long the assessment knows a device. */
export const newDevice = setting({
  at: 'risk.new_device',
  about: 'How long the assessment knows a device',
  fields: {
    remember_for: integer(
      { description: 'Days for which a device counts as known', min: 1, max: 365, default: 30, example: 30 },
      'days',
    ),
  },
  endpoint: '/risk-assessments/settings/new-device',
  always: true,
  scopes: attackProtection,
  entitlement: ADAPTIVE_MFA,
  get: async api => (await api.riskAssessments()).settings.newDevice.get(),
  patch: async (api, body) => (await api.riskAssessments()).settings.newDevice.update(body),
})
