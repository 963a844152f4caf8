import { duration } from './duration.ts'
import { toggle } from './field.ts'
import { tenantSettings } from './scopes.ts'
import { setting } from './setting.ts'

const HOUR = 3600
const DAY = 86_400

/** "Remember this browser". The API takes all four or none; bounds and defaults: its reference and the SDK. */
export const session = setting({
  at: 'session',
  about: '"Remember this browser"',
  fields: {
    display_remember_me_checkbox: toggle({
      description: 'Whether users are offered to have this browser remembered',
      default: true,
      example: true,
    }),
    remember_me_default_value: toggle({
      description: 'Whether that offer is ticked at first',
      default: false,
      example: false,
    }),
    mfa_session_inactivity_timeout: duration({
      description: 'A remembered browser is forgotten when unused for so long; at most the overall timeout',
      min: HOUR,
      max: 30 * DAY,
      default: 7 * DAY,
      example: '7d',
    }),
    mfa_session_overall_timeout: duration({
      description: 'A remembered browser is forgotten after so long in any case',
      min: HOUR,
      max: 90 * DAY,
      default: 30 * DAY,
      example: '30d',
    }),
  },
  endpoint: '/guardian/settings',
  always: true,
  standing: 'gated',
  scopes: tenantSettings,
  complete: true,
  get: async api => (await api.guardian()).get(),
  put: async (api, body) => (await api.guardian()).set(body),
})
