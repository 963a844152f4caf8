import { describe, expect, test } from 'vitest'
import { startTenant } from './support/tenant.ts'

const factors = '/guardian/factors'
const push = `${factors}/push-notification`
const sns = {
  aws_access_key_id: 'key',
  aws_secret_access_key: 'secret',
  aws_region: 'eu-west-1',
  sns_apns_platform_application_arn: 'arn:1',
  sns_gcm_platform_application_arn: 'arn:2',
}
const templates = { enrollment_message: '{{code}}', verification_message: '' }
const session = {
  display_remember_me_checkbox: false,
  remember_me_default_value: true,
  mfa_session_inactivity_timeout: 3600,
  mfa_session_overall_timeout: 3600,
}
const app = { app_name: 'A', apple_app_link: '', google_app_link: 'https://g.example' }
const classic = {
  universal_login_experience: 'classic',
  identifier_first: true,
  webauthn_platform_first_factor: true,
}
const credentials = '{"type":"service_account"}'

/** Bodies as text, since the order of keys counts. `read` is what GET shows after the write. */
interface Row {
  path: string
  unset: object
  write: ['PUT' | 'PATCH', object]
  answer?: object
  read?: object
}

const readable: Row[] = [
  { path: '/guardian/policies', unset: [], write: ['PUT', ['all-applications']] },
  {
    path: '/guardian/settings',
    unset: {
      display_remember_me_checkbox: true,
      remember_me_default_value: false,
      mfa_session_inactivity_timeout: 604_800,
      mfa_session_overall_timeout: 2_592_000,
    },
    write: ['PUT', session],
  },
  ...['phone', 'email'].map(
    (name): Row => ({
      path: `${factors}/${name}/settings`,
      unset: { otp_length: 6, otp_expiration_time: 300 },
      write: ['PUT', { otp_expiration_time: 30, otp_length: 4 }],
      read: { otp_length: 4, otp_expiration_time: 30 },
    }),
  ),
  {
    path: `${factors}/phone/message-types`,
    unset: { message_types: [] },
    write: ['PUT', { message_types: ['voice', 'sms'] }],
  },
  ...['phone', 'sms'].flatMap((twin): Row[] => [
    {
      path: `${factors}/${twin}/selected-provider`,
      unset: { provider: 'auth0' },
      write: ['PUT', { provider: 'twilio' }],
    },
    {
      path: `${factors}/${twin}/providers/twilio`,
      unset: {},
      write: ['PUT', { sid: 'sid', auth_token: 'token' }],
      read: { auth_token: 'token', sid: 'sid', from: null, messaging_service_sid: null },
    },
  ]),
  {
    path: `${factors}/phone/templates`,
    unset: {},
    write: ['PUT', { verification_message: '', enrollment_message: '{{code}}' }],
    read: templates,
  },
  {
    path: `${push}/selected-provider`,
    unset: { provider: 'guardian' },
    write: ['PUT', { provider: 'direct' }],
  },
  {
    path: `${push}/providers/apns`,
    unset: { enabled: false },
    write: ['PUT', { sandbox: true, bundle_id: 'com.acme', p12: 'c2VjcmV0' }],
    answer: { sandbox: true, bundle_id: 'com.acme' },
    read: { bundle_id: 'com.acme', sandbox: true, enabled: true },
  },
  {
    path: `${push}/providers/sns`,
    unset: {},
    write: ['PUT', sns],
    read: {
      aws_access_key_id: 'key',
      aws_region: 'eu-west-1',
      sns_apns_platform_application_arn: 'arn:1',
      sns_gcm_platform_application_arn: 'arn:2',
    },
  },
  {
    path: `${factors}/duo/settings`,
    unset: {},
    write: ['PUT', { host: 'h', skey: 's', ikey: 'i' }],
    read: { ikey: 'i', skey: 's', host: 'h' },
  },
  {
    path: `${factors}/webauthn-roaming/settings`,
    unset: { userVerification: 'discouraged', overrideRelyingParty: false },
    write: ['PUT', { userVerification: 'preferred' }],
    read: { userVerification: 'preferred', overrideRelyingParty: false },
  },
  {
    path: `${factors}/webauthn-platform/settings`,
    unset: { overrideRelyingParty: false },
    write: ['PUT', { relyingPartyIdentifier: 'acme.com', overrideRelyingParty: true }],
    read: { overrideRelyingParty: true, relyingPartyIdentifier: 'acme.com' },
  },
  {
    path: '/prompts/mfa-push',
    unset: {},
    write: ['PATCH', app],
    answer: { google_app_link: 'https://g.example', apple_app_link: '', app_name: 'A' },
    read: { google_app_link: 'https://g.example', apple_app_link: '', app_name: 'A' },
  },
  {
    path: '/prompts',
    unset: { universal_login_experience: 'new', identifier_first: true },
    write: ['PATCH', { webauthn_platform_first_factor: true, universal_login_experience: 'classic' }],
    answer: classic,
    read: classic,
  },
  { path: '/risk-assessments/settings', unset: { enabled: false }, write: ['PATCH', { enabled: true }] },
  {
    path: '/risk-assessments/settings/new-device',
    unset: { remember_for: 30 },
    write: ['PATCH', { remember_for: 365 }],
  },
]

describe.each(readable)('$path', ({ path, unset, write: [method, body], answer = body, read = body }) => {
  test('shows its unset value, answers a write with what was sent, and then shows what is kept', async () => {
    const tenant = await startTenant()
    expect((await tenant.get(path)).text).toBe(JSON.stringify(unset))
    const written = await tenant.call(method, path, body)
    expect(written.status).toBe(200)
    expect(written.text).toBe(JSON.stringify(answer))
    expect((await tenant.get(path)).text).toBe(JSON.stringify(read))
  })
})

test('the deprecated sms/templates has no content until it is written', async () => {
  const tenant = await startTenant()
  expect(await tenant.get(`${factors}/sms/templates`)).toMatchObject({ status: 204, text: '' })
  await tenant.put(`${factors}/sms/templates`, templates)
  expect(await tenant.get(`${factors}/sms/templates`)).toMatchObject({ status: 200, body: templates })
})

test.each([
  ['selected-provider', { provider: 'phone-message-hook' }],
  ['providers/twilio', { auth_token: 'a', sid: 'b', from: 'c', messaging_service_sid: 'd' }],
  ['templates', templates],
])('phone/%s and its sms/ twin are one setting', async (name, value) => {
  const tenant = await startTenant()
  await tenant.put(`${factors}/sms/${name}`, value)
  expect((await tenant.get(`${factors}/phone/${name}`)).body).toEqual(value)
})

test.each([
  [`${push}/providers/fcm`, { server_key: 'key' }],
  [`${push}/providers/fcmv1`, { server_credentials: credentials }],
])('%s answers nothing of what it takes and cannot be read', async (path, body) => {
  const tenant = await startTenant()
  for (const method of ['PUT', 'PATCH']) {
    expect(await tenant.call(method, path, body)).toMatchObject({ status: 200, text: '{}' })
  }
  expect((await tenant.get(path)).status).toBe(404)
})

test.each([
  [
    `${factors}/phone/providers/twilio`,
    { sid: 's', from: '1' },
    { sid: 's' },
    { auth_token: null, sid: 's', from: null, messaging_service_sid: null },
  ],
  [
    `${push}/providers/apns`,
    { bundle_id: 'b', p12: 'eA==' },
    { sandbox: true },
    { bundle_id: null, sandbox: true, enabled: false },
  ],
  [`${factors}/duo/settings`, { ikey: 'i', host: 'h' }, { host: 'g' }, { host: 'g' }],
  [
    `${factors}/webauthn-roaming/settings`,
    { overrideRelyingParty: true, relyingPartyIdentifier: 'a.b' },
    { userVerification: 'required' },
    { userVerification: 'required', overrideRelyingParty: false },
  ],
])('PUT %s replaces all that was there', async (path, first, second, read) => {
  const tenant = await startTenant()
  await tenant.put(path, first)
  await tenant.put(path, second)
  expect((await tenant.get(path)).body).toEqual(read)
})

test.each([
  [
    `${push}/providers/apns`,
    { bundle_id: 'b', p12: 'eA==' },
    { sandbox: true },
    { bundle_id: 'b', sandbox: true, enabled: true },
  ],
  [
    `${push}/providers/apns`,
    { bundle_id: 'b', p12: 'eA==' },
    { p12: null },
    { bundle_id: 'b', sandbox: false, enabled: false },
  ],
  [
    `${push}/providers/sns`,
    { aws_access_key_id: 'a', aws_region: 'us-east-1' },
    { aws_region: null, sns_gcm_platform_application_arn: 'g' },
    {
      aws_access_key_id: 'a',
      aws_region: null,
      sns_apns_platform_application_arn: null,
      sns_gcm_platform_application_arn: 'g',
    },
  ],
  [`${factors}/duo/settings`, { ikey: 'i', skey: 's' }, { skey: 't' }, { ikey: 'i', skey: 't' }],
])('PATCH %s changes what is sent and clears what is null', async (path, first, second, read) => {
  const tenant = await startTenant()
  await tenant.put(path, first)
  expect((await tenant.patch(path, second)).status).toBe(200)
  expect((await tenant.get(path)).body).toEqual(read)
})

test('a PATCH of the push app leaves alone what it is not sent', async () => {
  const tenant = await startTenant()
  await tenant.patch('/prompts/mfa-push', app)
  await tenant.patch('/prompts/mfa-push', { app_name: 'B' })
  expect((await tenant.get('/prompts/mfa-push')).body).toEqual({ ...app, app_name: 'B' })
})

test('a PATCH of the login pages leaves alone what it is not sent, and null brings the default back', async () => {
  const tenant = await startTenant()
  await tenant.patch('/prompts', { identifier_first: false, webauthn_platform_first_factor: true })
  expect((await tenant.patch('/prompts', { webauthn_platform_first_factor: null })).body).toEqual({
    universal_login_experience: 'new',
    identifier_first: false,
  })
  await tenant.patch('/prompts', { identifier_first: null })
  expect((await tenant.get('/prompts')).body).toEqual({
    universal_login_experience: 'new',
    identifier_first: true,
  })
})

test('choosing Adaptive MFA turns the risk assessment on', async () => {
  const tenant = await startTenant()
  expect((await tenant.put('/guardian/policies', ['confidence-score'])).text).toBe('["confidence-score"]')
  expect((await tenant.get('/risk-assessments/settings')).body).toEqual({ enabled: true })
})

test('there is no email provider and no custom domain', async () => {
  const tenant = await startTenant()
  expect(await tenant.get('/emails/provider')).toMatchObject({
    status: 404,
    body: { statusCode: 404, error: 'Not Found' },
  })
  expect(await tenant.get('/custom-domains')).toMatchObject({ status: 200, text: '[]' })
})
