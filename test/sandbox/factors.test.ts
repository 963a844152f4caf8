import { expect, test } from 'vitest'
import { startTenant } from './support/tenant.ts'

const names = [
  'sms',
  'push-notification',
  'otp',
  'email',
  'duo',
  'webauthn-roaming',
  'webauthn-platform',
  'recovery-code',
]
const list = (...on: string[]) =>
  names.map(name => ({ name, enabled: on.includes(name), trial_expired: false }))

test('all eight factors are listed in one order, at first off', async () => {
  const tenant = await startTenant()
  expect((await tenant.get('/guardian/factors')).text).toBe(JSON.stringify(list()))
})

test.each(names)('%s is switched on and off on its own', async name => {
  const tenant = await startTenant()
  expect(await tenant.put(`/guardian/factors/${name}`, { enabled: true })).toMatchObject({
    status: 200,
    text: '{"enabled":true}',
  })
  expect((await tenant.get('/guardian/factors')).body).toEqual(list(name))
  await tenant.put(`/guardian/factors/${name}`, { enabled: false })
  expect((await tenant.get('/guardian/factors')).body).toEqual(list())
})

test('a single factor cannot be read', async () => {
  const tenant = await startTenant()
  expect((await tenant.get('/guardian/factors/otp')).text).toBe(
    '{"statusCode":404,"error":"Not Found","message":"Not Found"}',
  )
})

test.each(['phone', 'toString', 'OTP'])('a factor called %s does not exist', async name => {
  const tenant = await startTenant()
  expect(await tenant.put(`/guardian/factors/${name}`, { enabled: true })).toMatchObject({
    status: 400,
    body: {
      statusCode: 400,
      error: 'Bad Request',
      message: `Path validation error: 'Invalid value "${name}"' on property name.`,
      errorCode: 'bad_request',
    },
  })
})

test('settings are listed when they are asked for, with phone and email alone', async () => {
  const tenant = await startTenant()
  await tenant.put('/guardian/factors/email/settings', { otp_length: 8, otp_expiration_time: 60 })
  const settings: Record<string, object> = {
    sms: { settings: { otp_length: 6, otp_expiration_time: 300 } },
    email: { settings: { otp_length: 8, otp_expiration_time: 60 } },
  }
  const withSettings = list().map(factor => ({ ...factor, ...settings[factor.name] }))
  expect((await tenant.get('/guardian/factors?include_settings=true')).text).toBe(
    JSON.stringify(withSettings),
  )
  expect((await tenant.get('/guardian/factors?include_settings=false')).body).toEqual(list())
})

test('switching the phone off empties its message types and nothing else', async () => {
  const tenant = await startTenant()
  await tenant.put('/guardian/factors/sms', { enabled: true })
  await tenant.put('/guardian/factors/phone/message-types', { message_types: ['sms'] })
  await tenant.put('/guardian/factors/phone/selected-provider', { provider: 'twilio' })
  await tenant.put('/guardian/factors/otp', { enabled: false })
  await tenant.put('/guardian/factors/sms', { enabled: true })
  expect((await tenant.get('/guardian/factors/phone/message-types')).body).toEqual({ message_types: ['sms'] })
  await tenant.put('/guardian/factors/sms', { enabled: false })
  expect((await tenant.get('/guardian/factors/phone/message-types')).body).toEqual({ message_types: [] })
  expect((await tenant.get('/guardian/factors/phone/selected-provider')).body).toEqual({ provider: 'twilio' })
  await tenant.put('/guardian/factors/sms', { enabled: true })
  expect((await tenant.get('/guardian/factors/phone/message-types')).body).toEqual({ message_types: [] })
})

test('the policy stands while every factor is off', async () => {
  const tenant = await startTenant()
  await tenant.put('/guardian/policies', ['all-applications'])
  await tenant.put('/guardian/factors/otp', { enabled: true })
  await tenant.put('/guardian/factors/otp', { enabled: false })
  expect((await tenant.get('/guardian/policies')).body).toEqual(['all-applications'])
})

test('a factor that Auth0 may add is listed after its own', async () => {
  const tenant = await startTenant({ extraFactors: [{ name: 'telepathy', enabled: true }] })
  const listed = [...list(), { name: 'telepathy', enabled: true, trial_expired: false }]
  expect((await tenant.get('/guardian/factors')).body).toEqual(listed)
})
