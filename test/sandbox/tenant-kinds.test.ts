import { describe, expect, test } from 'vitest'
import { startTenant, type TestTenant } from './support/tenant.ts'

describe('with the Unified Phone Experience', () => {
  const legacy = ['phone', 'sms'].flatMap(twin => [
    [`/guardian/factors/${twin}/selected-provider`, { provider: 'twilio' }] as const,
    [`/guardian/factors/${twin}/providers/twilio`, { sid: 's' }] as const,
    [`/guardian/factors/${twin}/templates`, { enrollment_message: '', verification_message: '' }] as const,
  ])
  const refusal = JSON.stringify({
    statusCode: 403,
    error: 'Forbidden',
    message:
      'Insufficient privileges to use this deprecated feature. To handle Phone Provider/Templates refer to Tenant Phone Settings',
    errorCode: 'legacy_mfa_phone_provider_not_allowed',
  })

  test.each(legacy)('%s is refused, read or written', async (path, body) => {
    const tenant = await startTenant({ unifiedPhone: true })
    for (const answer of [
      await tenant.get(path),
      await tenant.put(path, body),
      await tenant.put(path, 'no JSON'),
    ]) {
      expect(answer.status).toBe(403)
      expect(answer.text).toBe(refusal)
    }
  })

  test.each(legacy)('and %s is not refused without it', async (path, body) => {
    const tenant = await startTenant()
    expect((await tenant.put(path, body)).status).toBe(200)
  })

  test('the phone factor, its message types and its codes still work', async () => {
    const tenant = await startTenant({ unifiedPhone: true })
    expect((await tenant.put('/guardian/factors/sms', { enabled: true })).status).toBe(200)
    await tenant.put('/guardian/factors/phone/message-types', { message_types: ['sms'] })
    expect((await tenant.get('/guardian/factors/phone/message-types')).body).toEqual({
      message_types: ['sms'],
    })
    expect((await tenant.get('/guardian/factors/phone/settings')).status).toBe(200)
  })

  const messageTypes = '/guardian/factors/phone/message-types'
  const addProvider = async (tenant: TestTenant, delivery_methods: string[], disabled = false) => {
    const configuration = { sid: 's', default_from: '+1', delivery_methods }
    const provider = { name: 'twilio', disabled, configuration, credentials: { auth_token: 't' } }
    expect((await tenant.post('/branding/phone/providers', provider)).status).toBe(201)
  }

  test.each([
    [['text'], ['sms'], 200],
    [['text'], ['voice'], 409],
    [['text'], ['sms', 'voice'], 409],
    [['text'], [], 200],
    [['voice'], ['voice'], 200],
    [['voice'], ['sms'], 409],
    [['voice', 'text'], ['sms', 'voice'], 200],
  ])('a provider that delivers by %j and message types %j: %i', async (methods, message_types, status) => {
    const tenant = await startTenant({ unifiedPhone: true })
    await addProvider(tenant, methods)
    const answer = await tenant.put(messageTypes, { message_types })
    expect(answer.status).toBe(status)
    if (status === 200) return
    expect(answer.text).toBe(
      '{"statusCode":409,"error":"Conflict","message":"Message Type is not supported by the configured phone provider"}',
    )
    expect((await tenant.get(messageTypes)).body).toEqual({ message_types: [] })
  })

  test('providers that are disabled do not count, and those that are enabled count together', async () => {
    const tenant = await startTenant({ unifiedPhone: true })
    await addProvider(tenant, ['text'], true)
    expect((await tenant.put(messageTypes, { message_types: ['voice'] })).status).toBe(200)
    await addProvider(tenant, ['text'])
    expect((await tenant.put(messageTypes, { message_types: ['sms', 'voice'] })).status).toBe(409)
    await addProvider(tenant, ['voice'])
    expect((await tenant.put(messageTypes, { message_types: ['sms', 'voice'] })).status).toBe(200)
  })

  test('without it the provider does not bind the message types', async () => {
    const tenant = await startTenant()
    await addProvider(tenant, ['text'])
    expect((await tenant.put(messageTypes, { message_types: ['voice'] })).status).toBe(200)
  })

  test.each([true, false])('the tenant settings say so: %s', async unifiedPhone => {
    const tenant = await startTenant({ unifiedPhone })
    expect((await tenant.get('/tenants/settings')).body).toMatchObject({
      phone_consolidated_experience: unifiedPhone,
    })
  })

  test('it can be switched through the tenant settings', async () => {
    const tenant = await startTenant()
    await tenant.patch('/tenants/settings', { phone_consolidated_experience: true })
    expect((await tenant.get('/guardian/factors/phone/templates')).status).toBe(403)
    await tenant.patch('/tenants/settings', { phone_consolidated_experience: false })
    expect((await tenant.get('/guardian/factors/phone/templates')).status).toBe(200)
  })
})

describe('on the free plan', () => {
  const refusal = (feature: string) => ({
    status: 403,
    text: `{"statusCode":403,"error":"Forbidden","message":"Please upgrade your subscription to use ${feature}","errorCode":"insufficient_entitlement"}`,
  })

  test('Adaptive MFA cannot be chosen, and the policy stays', async () => {
    const tenant = await startTenant({ plan: 'free' })
    expect((await tenant.put('/guardian/policies', ['all-applications'])).status).toBe(200)
    expect(await tenant.put('/guardian/policies', ['confidence-score'])).toMatchObject(
      refusal('Adaptive MFA'),
    )
    expect((await tenant.get('/guardian/policies')).body).toEqual(['all-applications'])
  })

  test.each([
    ['/risk-assessments/settings', { enabled: true }],
    ['/risk-assessments/settings/new-device', { remember_for: 1 }],
  ])('%s is refused, read or written', async (path, body) => {
    const tenant = await startTenant({ plan: 'free' })
    expect(await tenant.get(path)).toMatchObject(refusal('risk assessments'))
    expect(await tenant.patch(path, body)).toMatchObject(refusal('risk assessments'))
  })
})
