import { describe, expect, test } from 'vitest'
import { startTenant } from './support/tenant.ts'

const factors = '/guardian/factors'
const push = `${factors}/push-notification`
const session = {
  display_remember_me_checkbox: true,
  remember_me_default_value: false,
  mfa_session_inactivity_timeout: 3600,
  mfa_session_overall_timeout: 3600,
}
const noSchema = `'Data does not match any schemas from 'anyOf''`
const long = (characters: number) => 'x'.repeat(characters)

/** Method, path, body, and the problem with the place as the message has them. */
const refused: [string, string, unknown, string][] = [
  ['PUT', `${factors}/sms`, { enabled: true, b: 1, a: 2 }, `'Additional properties not allowed: b,a'`],
  [
    'PUT',
    `${factors}/sms`,
    JSON.parse('{"enabled":true,"__proto__":{}}'),
    `'Additional properties not allowed: __proto__'`,
  ],
  ['PUT', `${factors}/sms`, {}, `'Missing required property: enabled'`],
  [
    'PUT',
    `${factors}/sms`,
    { enabled: 'on' },
    `'Expected type boolean but found type string' on property enabled`,
  ],
  [
    'PUT',
    `${factors}/sms`,
    { enabled: null },
    `'Expected type boolean but found type null' on property enabled`,
  ],
  ['PUT', `${factors}/sms`, [], `'Expected type object but found type array'`],
  ['PUT', `${factors}/sms`, '', `'Expected type object but found type null'`],
  ['PUT', '/guardian/policies', {}, `'Expected type array but found type object'`],
  ['PUT', '/guardian/policies', ['always'], `'No enum match for: always' on property 0`],
  ['PUT', '/guardian/policies', [1], `'Expected type string but found type integer' on property 0`],
  [
    'PUT',
    `${factors}/phone/message-types`,
    { message_types: ['sms', 'fax'] },
    `'No enum match for: fax' on property message_types.1`,
  ],
  ['PUT', `${factors}/phone/selected-provider`, {}, `'Missing required property: provider'`],
  [
    'PUT',
    `${factors}/sms/selected-provider`,
    { provider: 'sns' },
    `'No enum match for: sns' on property provider`,
  ],
  [
    'PUT',
    `${push}/selected-provider`,
    { provider: 'twilio' },
    `'No enum match for: twilio' on property provider`,
  ],
  [
    'PUT',
    `${factors}/phone/providers/twilio`,
    { from: long(65) },
    `'String is too long (65 chars), maximum 64' on property from`,
  ],
  [
    'PUT',
    `${factors}/phone/providers/twilio`,
    { sid: '' },
    `'String is too short (0 chars), minimum 1' on property sid`,
  ],
  [
    'PUT',
    `${factors}/phone/templates`,
    { enrollment_message: '' },
    `'Missing required property: verification_message'`,
  ],
  [
    'PUT',
    `${factors}/email/settings`,
    { otp_length: 3, otp_expiration_time: 30 },
    `'Value 3 is less than minimum 4' on property otp_length`,
  ],
  [
    'PUT',
    `${factors}/email/settings`,
    { otp_length: 11, otp_expiration_time: 30 },
    `'Value 11 is greater than maximum 10' on property otp_length`,
  ],
  [
    'PUT',
    `${factors}/phone/settings`,
    { otp_length: 4, otp_expiration_time: 29 },
    `'Value 29 is less than minimum 30' on property otp_expiration_time`,
  ],
  [
    'PUT',
    `${factors}/phone/settings`,
    { otp_length: 4, otp_expiration_time: 3601 },
    `'Value 3601 is greater than maximum 3600' on property otp_expiration_time`,
  ],
  [
    'PUT',
    `${factors}/phone/settings`,
    { otp_length: 4.5, otp_expiration_time: 60 },
    `'Expected type integer but found type number' on property otp_length`,
  ],
  ['PUT', `${factors}/phone/settings`, { otp_length: 4 }, `'Missing required property: otp_expiration_time'`],
  [
    'PUT',
    '/guardian/settings',
    { ...session, mfa_session_inactivity_timeout: 3599 },
    `'Value 3599 is less than minimum 3600' on property mfa_session_inactivity_timeout`,
  ],
  [
    'PUT',
    '/guardian/settings',
    { ...session, mfa_session_overall_timeout: 7_776_001 },
    `'Value 7776001 is greater than maximum 7776000' on property mfa_session_overall_timeout`,
  ],
  [
    'PUT',
    '/guardian/settings',
    { ...session, mfa_session_inactivity_timeout: 3601 },
    `'mfa_session_inactivity_timeout is greater than mfa_session_overall_timeout'`,
  ],
  [
    'PATCH',
    `${push}/providers/sns`,
    { aws_region: 'ca-central-1' },
    `'String does not match pattern ^(?:(?:us-(?:east|west)|ap-(?:southeast|northeast|central)|eu-(?:west|central))-[0-9]{1,2})$: ca-central-1' on property aws_region`,
  ],
  [
    'PUT',
    `${push}/providers/apns`,
    { p12: long(10_001) },
    `'String is too long (10001 chars), maximum 10000' on property p12`,
  ],
  [
    'PATCH',
    `${push}/providers/fcm`,
    { server_key: long(153) },
    `'String is too long (153 chars), maximum 152' on property server_key`,
  ],
  [
    'PATCH',
    `${factors}/duo/settings`,
    { skey: '' },
    `'Object didn't pass validation for format non-empty-string: ' on property skey`,
  ],
  [
    'PATCH',
    `${factors}/duo/settings`,
    { ikey: null },
    `'Expected type string but found type null' on property ikey`,
  ],
  [
    'PUT',
    `${factors}/webauthn-roaming/settings`,
    { userVerification: 'maybe' },
    `'No enum match for: maybe' on property userVerification`,
  ],
  [
    'PUT',
    `${factors}/webauthn-platform/settings`,
    { userVerification: 'required' },
    `'Additional properties not allowed: userVerification'`,
  ],
  [
    'PATCH',
    '/prompts/mfa-push',
    { apple_app_link: 'http://a.example' },
    `'Object didn't pass validation for format absolute-https-uri-or-empty: http://a.example' on property apple_app_link`,
  ],
  [
    'PATCH',
    '/risk-assessments/settings/new-device',
    { remember_for: 0 },
    `'Value 0 is less than minimum 1' on property remember_for`,
  ],
  [
    'PATCH',
    '/risk-assessments/settings/new-device',
    { remember_for: 366 },
    `'Value 366 is greater than maximum 365' on property remember_for`,
  ],
  ['PATCH', '/prompts', {}, `'Too few properties defined (0), minimum 1'`],
  [
    'PATCH',
    '/prompts',
    { universal_login_experience: 'old' },
    `'No enum match for: old' on property universal_login_experience`,
  ],
  [
    'POST',
    '/branding/phone/providers',
    { name: 'vonage', credentials: {} },
    `'No enum match for: vonage' on property name`,
  ],
  ['POST', '/branding/phone/providers', { name: 'twilio' }, `'Missing required property: credentials'`],
  ...[{ auth_token: '' }, { auth_token: long(256) }, { sid: 's' }, null].map(
    (credentials): [string, string, unknown, string] => [
      'POST',
      '/branding/phone/providers',
      { name: 'twilio', credentials },
      `${noSchema} on property credentials`,
    ],
  ),
  ...[
    { sid: 's' },
    { sid: 's', delivery_methods: [] },
    { sid: 's', delivery_methods: ['sms'] },
    { default_from: '+1', delivery_methods: ['text'] },
    { delivery_methods: ['text'], region: 'eu' },
  ].map((configuration): [string, string, unknown, string] => [
    'PATCH',
    '/branding/phone/providers/any',
    { configuration },
    `${noSchema} on property configuration`,
  ]),
  [
    'PATCH',
    '/branding/phone/providers/any',
    { channel: 'phone' },
    `'Additional properties not allowed: channel'`,
  ],
  ['PATCH', '/branding/phone/providers/any', {}, `'Too few properties defined (0), minimum 1'`],
  ['POST', '/branding/phone/providers/any/try', {}, `'Missing required property: to'`],
  [
    'POST',
    '/branding/phone/providers/any/try',
    { to: long(17) },
    `'String is too long (17 chars), maximum 16' on property to`,
  ],
  ['POST', '/branding/phone/templates', {}, `'Missing required property: type'`],
  [
    'POST',
    '/branding/phone/templates',
    { type: 'otp_verify', content: { from: '' } },
    `'String is too short (0 chars), minimum 1' on property content.from`,
  ],
  [
    'POST',
    '/branding/phone/templates',
    { type: 'otp_verify', content: { body: { text: long(20_001) } } },
    `'String is too long (20001 chars), maximum 20000' on property content.body.text`,
  ],
  [
    'PATCH',
    '/branding/phone/templates/any',
    { type: 'otp_enroll' },
    `'Additional properties not allowed: type'`,
  ],
  [
    'PATCH',
    '/branding/phone/templates/any',
    { content: { syntax: 'liquid', body: { text: 'a' } } },
    `'Additional properties not allowed: syntax' on property content`,
  ],
  [
    'PATCH',
    '/branding/phone/templates/any',
    { content: { body: {} } },
    `'Too few properties defined (0), minimum 1' on property content.body`,
  ],
  [
    'POST',
    '/branding/phone/templates/any/try',
    { to: '+1', delivery_method: 'fax' },
    `'No enum match for: fax' on property delivery_method`,
  ],
  ['POST', '/emails/provider', { name: 'smtp' }, `'Missing required property: credentials'`],
  [
    'POST',
    '/emails/provider',
    { name: 'smtp', credentials: { smtp_port: 2.5 } },
    `'Expected type integer but found type number' on property credentials.smtp_port`,
  ],
  ['PATCH', '/emails/provider', {}, `'Too few properties defined (0), minimum 1'`],
  ['POST', '/custom-domains', { domain: 'login.acme.com' }, `'Missing required property: type'`],
  [
    'POST',
    '/custom-domains',
    { domain: 'login.acme.com', type: 'none' },
    `'No enum match for: none' on property type`,
  ],
  ['PATCH', '/tenants/settings', {}, `'Too few properties defined (0), minimum 1'`],
  [
    'PATCH',
    '/tenants/settings',
    { phone_consolidated_experience: null },
    `'Expected type boolean but found type null' on property phone_consolidated_experience`,
  ],
  [
    'PATCH',
    '/tenants/settings',
    { flags: { enable_sso: true } },
    `'Additional properties not allowed: enable_sso' on property flags`,
  ],
  [
    'PATCH',
    '/tenants/settings',
    { session_cookie: { mode: 'none' } },
    `'No enum match for: none' on property session_cookie.mode`,
  ],
]

test.each(refused)('%s %s refuses %j', async (method, path, body, problem) => {
  const tenant = await startTenant()
  const { status, text } = await tenant.call(method, path, body)
  expect(status).toBe(400)
  expect(text).toBe(
    JSON.stringify({
      statusCode: 400,
      error: 'Bad Request',
      message: `Payload validation error: ${problem}.`,
      errorCode: 'invalid_body',
    }),
  )
})

test('a refused write changes nothing', async () => {
  const tenant = await startTenant()
  await tenant.put(`${push}/providers/sns`, { aws_region: 'eu-west-1' })
  await tenant.patch(`${push}/providers/sns`, { aws_access_key_id: 'k', aws_region: 'mars' })
  expect((await tenant.get(`${push}/providers/sns`)).body).toMatchObject({
    aws_access_key_id: null,
    aws_region: 'eu-west-1',
  })
})

test.each(['{', 'enabled=true', '{"enabled":true}}'])('the body %s is not JSON', async body => {
  const tenant = await startTenant()
  expect(await tenant.call('PUT', `${factors}/otp`, body)).toMatchObject({
    status: 400,
    body: { statusCode: 400, error: 'Bad Request', message: 'Invalid request payload JSON format' },
  })
})

describe('what no schema can say', () => {
  const certificate = /^The PKCS #12 file is invalid\. Please ensure/
  const template = (text: string) => ({ enrollment_message: 'ok', verification_message: text })

  test.each([
    ['PUT', `${push}/providers/apns`, { p12: 'not base64!' }, certificate],
    ['PATCH', `${push}/providers/apns`, { p12: 'abc' }, certificate],
    ['PUT', `${push}/providers/fcmv1`, { server_credentials: 'not json' }, /^Invalid server credentials$/],
    ['PATCH', `${push}/providers/fcmv1`, { server_credentials: '"text"' }, /^Invalid server credentials$/],
    [
      'PUT',
      `${factors}/phone/templates`,
      template('{{code'),
      /^Invalid verification_message template: .+\.$/,
    ],
    [
      'PUT',
      `${factors}/sms/templates`,
      template('{% if code %}'),
      /^Invalid verification_message template: .+\.$/,
    ],
  ])('%s %s refuses %j', async (method, path, body, message) => {
    const tenant = await startTenant()
    expect(await tenant.call(method, path, body)).toMatchObject({
      status: 400,
      body: { statusCode: 400, error: 'Bad Request', message: expect.stringMatching(message) },
    })
  })

  test.each([
    ['PUT', `${push}/providers/apns`, { p12: 'YWJj\nZGU=' }],
    ['PUT', `${push}/providers/apns`, { p12: null }],
    ['PATCH', `${push}/providers/fcmv1`, { server_credentials: null }],
    ['PUT', `${factors}/phone/templates`, template("{% if message_type == 'voice' %}{{ pause }}{% endif %}")],
    ['PUT', `${factors}/phone/providers/twilio`, { from: '', sid: null }],
    ['PATCH', '/prompts/mfa-push', { apple_app_link: '' }],
    ['PUT', '/guardian/policies', ['all-applications', 'confidence-score']],
  ])('%s %s takes %j', async (method, path, body) => {
    const tenant = await startTenant()
    expect((await tenant.call(method, path, body)).status).toBe(200)
  })
})
