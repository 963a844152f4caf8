/** A document of each format with everything in it that there can be: without it, a schema could not refuse its absence. */

const MASK = '••••••'

const OTP = { path: 'factors.otp.enabled', before: false, after: true }
const TYPES = { path: 'factors.phone.message_types', before: ['sms'], after: ['sms', 'voice'] }
const LENGTH = { path: 'factors.email.otp_length', before: null, after: 8 }
const SKEY = { path: 'factors.duo.skey', before: null, after: MASK, secret: true }

const FINDING = {
  check: 'F06',
  severity: 'warning',
  path: 'factors.recovery-code.enabled',
  message: 'Recovery codes are off.',
  allowed: false,
}

const UNREADABLE = { path: 'policy', code: 'scope_missing', message: 'The token lacks the scope.' }

const ERROR = {
  code: 'config_invalid',
  message: 'mfa-config.yaml has a problem.',
  problems: [
    { path: 'policy', file: 'mfa-config.yaml', line: 1, column: 9, message: 'Unknown policy.' },
    { message: 'Something that has no place.' },
  ],
}

const REFUSED = { code: 'check_failed', message: 'F01 stands in the way.', problems: [] }

const plan = {
  format: 'mfa-config/plan/1',
  tenant: 'acme.eu.auth0.com',
  environment: 'prod',
  changes: [OTP, TYPES, LENGTH, SKEY],
  requests: [{ method: 'PUT', path: '/guardian/factors/otp' }],
  findings: [FINDING],
  unverified: ['factors.push-notification.fcm.server_key'],
  summary: { changes: 4, requests: 1, errors: 0, confirms: 0, warnings: 1 },
}

const apply = {
  format: 'mfa-config/apply/1',
  tenant: 'acme.eu.auth0.com',
  environment: null,
  applied: [OTP],
  failed: [
    { ...LENGTH, error: 'The API answered 500.' },
    { ...SKEY, error: 'The API answered 500.' },
  ],
  notAttempted: [TYPES],
  verified: false,
  snapshot: 'snapshots/acme.yaml',
  error: { code: 'apply_incomplete', message: 'A write failed.' },
}

const applied = {
  format: 'mfa-config/apply/1',
  tenant: 'sandbox',
  environment: null,
  applied: [OTP],
  failed: [],
  notAttempted: [],
  verified: true,
  snapshot: null,
}

const show = {
  format: 'mfa-config/show/1',
  tenant: 'acme.eu.auth0.com',
  environment: null,
  config: {
    policy: 'always',
    factors: { otp: { enabled: true }, phone: { message_types: ['sms'], twilio: { auth_token: MASK } } },
    session: { mfa_session_overall_timeout: 3600 },
  },
  unreadable: [UNREADABLE],
  unknown: [{ path: 'factors.passkey', enabled: true }],
  findings: [FINDING],
}

const validate = {
  format: 'mfa-config/validate/1',
  file: 'mfa-config.yaml',
  environment: null,
  findings: [FINDING],
  summary: { errors: 0, confirms: 0, warnings: 1 },
}

const doctor = {
  format: 'mfa-config/doctor/1',
  tenant: 'acme.eu.auth0.com',
  environment: null,
  file: 'mfa-config.yaml',
  ready: false,
  identity: { by: 'client secret', client: 'the-client', expires: '2026-11-24T09:00:00.000Z' },
  phone: 'unified',
  lines: [{ topic: 'scopes', status: 'error', message: 'the token lacks a scope', remedy: 'Grant it.' }],
  scopes: [
    {
      section: 'policy',
      plan: [{ scope: 'read:mfa_policies', granted: true }],
      apply: [{ scope: 'update:mfa_policies', granted: false }],
    },
  ],
  scopesForChecks: [{ scope: 'read:prompts', granted: null, checks: ['F10'] }],
}

const explain = {
  format: 'mfa-config/explain/1',
  id: 'F01',
  title: 'MFA is required and no factor stands alone',
  severities: ['error', 'confirm'],
  why: 'Every login asks for a factor that nobody can have.',
  remedy: 'Switch one on.',
}

const fleet = {
  format: 'mfa-config/fleet/1',
  results: [
    { environment: 'a', tenant: 'a.auth0.com', plan },
    { environment: 'b', tenant: 'b.auth0.com', apply },
    { environment: 'c', tenant: 'c.auth0.com', show },
    { environment: 'd', tenant: null, validate },
    { environment: 'e', tenant: 'e.auth0.com', doctor },
    { environment: 'f', tenant: null, error: ERROR },
    { environment: 'g', tenant: 'g.auth0.com', error: REFUSED, findings: [FINDING] },
  ],
}

const diff = {
  format: 'mfa-config/diff/1',
  live: true,
  environments: [
    { environment: 'dev', tenant: 'dev.auth0.com' },
    { environment: 'prod', tenant: null },
  ],
  differences: [
    { path: 'policy', left: 'never', right: 'always' },
    { path: 'factors.duo.skey', left: MASK, right: null, secret: true },
  ],
  unreadable: [{ environment: 'dev', ...UNREADABLE }],
}

const savedPlan = {
  format: 'mfa-config/saved-plan/1',
  version: '0.1.0',
  plans: [
    {
      plan,
      options: { writeSecrets: false, allow: ['F06'] },
      salt: 'c2FsdA==',
      configuration: { policy: 'c29tZXRoaW5n' },
      state: { policy: 'c29tZXRoaW5n' },
    },
  ],
}

const init = {
  format: 'mfa-config/init/1',
  file: 'mfa-config.yaml',
  source: 'the preset minimal',
  notes: ['Something is left to do.'],
}

/** By what it is called in the names of tests. */
export const EXAMPLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  plan,
  apply,
  'apply that did all of its work': applied,
  show,
  validate,
  doctor,
  explain,
  error: { format: 'mfa-config/error/1', error: ERROR },
  'error of a check': { format: 'mfa-config/error/1', error: REFUSED, findings: [FINDING] },
  fleet,
  diff,
  'saved plan': savedPlan,
  init,
}
