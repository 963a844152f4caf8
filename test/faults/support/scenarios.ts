/** A tenant and a file that changes much of it: every resource that the file names is written. */
export interface Scenario {
  readonly name: string
  /** Whether provider and messages live under Branding. */
  readonly unifiedPhone?: true
  /** The writes that make the tenant as it is before: method, path below `/api/v2`, body. */
  readonly before: readonly (readonly [method: string, path: string, body: unknown])[]
  readonly file: string
  /** What the file's references name; all of it is secret. */
  readonly secrets: Readonly<Record<string, string>>
}

const TWILIO = '/guardian/factors/phone/providers/twilio'
const PUSH = '/guardian/factors/push-notification'
const on = (name: string): readonly ['PUT', string, unknown] => [
  'PUT',
  `/guardian/factors/${name}`,
  { enabled: true },
]

/** Nothing is set, and MFA comes to be required: each factor is on, with all that it needs, before the policy. */
export const TIGHTENING: Scenario = {
  name: 'a fresh tenant comes to require MFA',
  before: [],
  secrets: {
    TWILIO_AUTH_TOKEN: 'planted-twilio-token',
    AWS_SECRET: 'planted-aws-secret',
    DUO_SKEY: 'planted-duo-secret-key',
  },
  file: `
policy: always
factors:
  otp: true
  phone:
    enabled: true
    message_types: [sms, voice]
    provider: twilio
    twilio: { sid: AC1, auth_token: "\${TWILIO_AUTH_TOKEN}", from: "+15551234567" }
    templates: { enrollment_message: "{{code}} enrols.", verification_message: "{{code}} lets you in." }
    otp_length: 8
  push-notification:
    enabled: true
    provider: sns
    sns:
      aws_region: eu-west-1
      aws_access_key_id: AKIA1
      aws_secret_access_key: "\${AWS_SECRET}"
      sns_apns_platform_application_arn: arn:apns
      sns_gcm_platform_application_arn: arn:gcm
    app: { name: Acme, apple_app_link: "https://acme.example/apple" }
  webauthn-roaming: { enabled: true, user_verification: preferred, relying_party: auth.acme.com }
  webauthn-platform: { enabled: true, relying_party: auth.acme.com }
  duo: { enabled: true, host: api-0.duosecurity.com, ikey: DI1, skey: "\${DUO_SKEY}" }
  email: { enabled: true, otp_length: 8 }
  recovery-code: true
session: { mfa_session_inactivity_timeout: 1d, mfa_session_overall_timeout: 7d }
risk: { enabled: true, new_device: { remember_for: 10 } }
enrollment: { show_factor_list: true }
`,
}

/** The same where provider and messages are things that are created, and would be there twice if they were created again. */
export const UNIFIED: Scenario = {
  name: 'a fresh tenant with the unified phone experience comes to require MFA',
  unifiedPhone: true,
  before: [
    [
      'POST',
      '/branding/phone/templates',
      { type: 'otp_verify', disabled: false, content: { syntax: 'liquid', body: { text: 'Old: {{code}}' } } },
    ],
  ],
  secrets: { TWILIO_AUTH_TOKEN: 'planted-twilio-token' },
  file: `
policy: always
factors:
  otp: true
  phone:
    enabled: true
    message_types: [sms, voice]
    provider: twilio
    twilio: { sid: AC1, auth_token: "\${TWILIO_AUTH_TOKEN}", from: "+15551234567" }
    templates:
      enrollment_message: { text: "{{code}} enrols.", voice: "Your code is {{code}}." }
      verification_message: "{{code}} lets you in."
    otp_length: 8
  email: true
  recovery-code: true
session: { mfa_session_inactivity_timeout: 1d, mfa_session_overall_timeout: 7d }
`,
}

/** MFA was required and is so only for risky logins; the factors are replaced by others; fields are cleared. */
export const REPLACING: Scenario = {
  name: 'a tenant that requires MFA gets a weaker policy and other factors',
  before: [
    ['PUT', TWILIO, { sid: 'AC1', auth_token: 'old-token', from: '+15550000000' }],
    ['PUT', '/guardian/factors/phone/selected-provider', { provider: 'twilio' }],
    on('sms'),
    ['PUT', '/guardian/factors/phone/message-types', { message_types: ['sms'] }],
    ['PUT', '/guardian/factors/duo/settings', { host: 'old.duo.test', ikey: 'DI0', skey: 'old-skey' }],
    on('duo'),
    on('email'),
    on('recovery-code'),
    on('webauthn-platform'),
    ['PATCH', '/prompts/mfa-push', { app_name: 'Old', apple_app_link: 'https://old.example/apple' }],
    ['PUT', '/guardian/policies', ['all-applications']],
  ],
  secrets: {
    DUO_SKEY: 'planted-duo-secret-key',
    P12: 'UExBTlRFRC1QMTI=',
    FCM_SERVER_KEY: 'planted-server-key',
    FCM_CREDENTIALS: '{"planted":"credentials"}',
  },
  file: `
policy: adaptive
factors:
  otp: true
  phone: { enabled: false, provider: auth0, twilio: { from: null } }
  push-notification:
    enabled: true
    provider: direct
    apns: { bundle_id: com.acme.app, sandbox: true, p12: "\${P12}" }
    fcm: { server_key: "\${FCM_SERVER_KEY}" }
    fcmv1: { server_credentials: "\${FCM_CREDENTIALS}" }
    app: { apple_app_link: null, name: null }
  webauthn-roaming: { enabled: true, user_verification: required }
  webauthn-platform: false
  duo: { enabled: false, skey: "\${DUO_SKEY}" }
  email: false
  recovery-code: false
session: { mfa_session_overall_timeout: 90d }
risk: { enabled: true }
`,
}

/** MFA is no longer required, and every factor goes off: the policy first. */
export const LOOSENING: Scenario = {
  name: 'a tenant that requires MFA comes to require nothing',
  before: [
    ...['otp', 'sms', 'push-notification', 'webauthn-roaming', 'duo', 'email', 'recovery-code'].map(on),
    on('webauthn-platform'),
    ['PUT', `${PUSH}/selected-provider`, { provider: 'sns' }],
    ['PATCH', '/risk-assessments/settings', { enabled: true }],
    ['PUT', '/guardian/policies', ['all-applications']],
  ],
  secrets: {},
  file: `
policy: never
factors:
  otp: false
  phone: false
  push-notification: { enabled: false, provider: guardian }
  webauthn-roaming: false
  webauthn-platform: false
  duo: false
  email: false
  recovery-code: false
risk: { enabled: false }
`,
}
