import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { startTenant, type TestTenant } from './support/tenant.ts'

const path = '/branding/phone/providers'
const first = Date.parse('2026-03-01T10:00:00.000Z')
const later = first + 5000
const twilio = {
  credentials: { auth_token: 'hush' },
  configuration: { delivery_methods: ['text', 'voice'], default_from: '+1', sid: 'sid1' },
  name: 'twilio',
}
const customAction = { actions: [{ trigger: 'custom-phone-provider', name: 'Send' }] }
const custom = { name: 'custom', configuration: { delivery_methods: ['text'] }, credentials: {} }
const Created = z.object({ id: z.string() })

async function create(tenant: TestTenant, provider: object): Promise<string> {
  const answer = await tenant.post(path, provider)
  expect(answer.status).toBe(201)
  return Created.parse(answer.body).id
}

/** The provider as it is shown alone, in the order recorded. */
const shown = (id: string, changes: object = {}) => ({
  id,
  tenant: 'sandbox',
  name: 'twilio',
  channel: 'phone',
  disabled: false,
  configuration: { sid: 'sid1', default_from: '+1', delivery_methods: ['text', 'voice'] },
  created_at: new Date(first).toISOString(),
  updated_at: new Date(first).toISOString(),
  ...changes,
})

test('at first there is no provider', async () => {
  const tenant = await startTenant()
  expect(await tenant.get(path)).toMatchObject({ status: 200, text: '{"providers":[]}' })
})

test('a new provider is answered, shown alone and, with null for its credentials, listed', async () => {
  const tenant = await startTenant({ now: () => first })
  const answer = await tenant.post(path, twilio)
  const { id } = Created.parse(answer.body)
  expect(id).toMatch(/^pro_[1-9A-HJ-NP-Za-km-z]{22}$/)
  expect(answer).toMatchObject({ status: 201, text: JSON.stringify(shown(id)) })
  expect((await tenant.get(`${path}/${id}`)).text).toBe(answer.text)
  expect((await tenant.get(path)).text).toBe(
    `{"providers":[${answer.text.replace(',"created_at"', ',"credentials":null,"created_at"')}]}`,
  )
})

test('unknown fields of a new provider are taken and not kept', async () => {
  const tenant = await startTenant({ now: () => first })
  const { id } = Created.parse((await tenant.post(path, { ...twilio, channel: 'fax', extra: 1 })).body)
  expect((await tenant.get(`${path}/${id}`)).body).toEqual(shown(id))
})

test.each([
  ['true', ['off']],
  ['false', ['on']],
])('the list with disabled=%s', async (disabled, sids) => {
  const tenant = await startTenant()
  for (const [sid, disabled] of Object.entries({ on: false, off: true })) {
    await create(tenant, { ...twilio, disabled, configuration: { ...twilio.configuration, sid } })
  }
  const { body } = await tenant.get(`${path}?disabled=${disabled}`)
  expect(body).toEqual({
    providers: sids.map(sid => expect.objectContaining({ configuration: expect.objectContaining({ sid }) })),
  })
})

describe('PATCH', () => {
  test.each([
    ['nothing but that it is disabled', { disabled: true }, { disabled: true }],
    [
      'the whole configuration, in order',
      { configuration: { delivery_methods: ['text'], mssid: 'MG1', sid: 'sid2' } },
      { configuration: { sid: 'sid2', mssid: 'MG1', delivery_methods: ['text'] } },
    ],
    [
      'the name, and the configuration with it',
      { name: 'custom', configuration: { delivery_methods: ['voice'] }, credentials: {} },
      { name: 'custom', configuration: { delivery_methods: ['voice'] } },
    ],
    ['the name alone', { name: 'custom' }, { name: 'custom' }],
    ['the token, which is not shown', { credentials: { auth_token: 'new' } }, {}],
  ])('changes %s, under the same id', async (_, changes, expected) => {
    let now = first
    const tenant = await startTenant({ now: () => now })
    const id = await create(tenant, twilio)
    now = later
    const answer = await tenant.patch(`${path}/${id}`, changes)
    const text = JSON.stringify(shown(id, { updated_at: new Date(later).toISOString(), ...expected }))
    expect(answer).toMatchObject({ status: 200, text })
    expect((await tenant.get(`${path}/${id}`)).text).toBe(text)
  })

  test('takes a custom provider back to Twilio', async () => {
    const tenant = await startTenant(customAction)
    const id = await create(tenant, custom)
    expect((await tenant.patch(`${path}/${id}`, twilio)).body).toMatchObject({ id, name: 'twilio' })
  })
})

test('DELETE forgets one provider and leaves the others', async () => {
  const tenant = await startTenant()
  const [gone, stays] = [await create(tenant, twilio), await create(tenant, twilio)]
  expect(await tenant.delete(`${path}/${gone}`)).toMatchObject({ status: 204, text: '' })
  expect((await tenant.get(path)).body).toMatchObject({ providers: [{ id: stays }] })
})

test('a test message is said to be sent', async () => {
  const tenant = await startTenant()
  const id = await create(tenant, twilio)
  expect(await tenant.post(`${path}/${id}/try`, { to: '+41', delivery_method: 'voice' })).toMatchObject({
    status: 202,
    text: '{"code":202,"message":"Test notification successfully sent for processing"}',
  })
})

test.each([
  ['GET', '', undefined],
  ['PATCH', '', { disabled: true }],
  ['DELETE', '', undefined],
  ['POST', '/try', { to: '+41' }],
])('%s of a provider that is gone%s', async (method, below, body) => {
  const tenant = await startTenant()
  const id = await create(tenant, twilio)
  await tenant.delete(`${path}/${id}`)
  for (const absent of [id, '__proto__', 'constructor']) {
    expect(await tenant.call(method, `${path}/${absent}${below}`, body)).toMatchObject({
      status: 404,
      text: '{"statusCode":404,"error":"Not Found","message":"Notification Resource not found"}',
    })
  }
})

describe('Twilio has nothing to send from', () => {
  const refusal = {
    status: 400,
    text: '{"statusCode":400,"error":"Bad Request","message":"Bad Operation on Notification Resource"}',
  }

  test.each([
    [{ sid: 's', delivery_methods: ['text', 'voice'] }],
    [{ sid: 's', default_from: '', delivery_methods: ['text'] }],
    [{ delivery_methods: ['text'] }],
    [undefined],
  ])('with %j', async configuration => {
    const tenant = await startTenant(customAction)
    expect(await tenant.post(path, { ...twilio, configuration })).toMatchObject(refusal)
    expect((await tenant.get(path)).body).toEqual({ providers: [] })
    const id = await create(tenant, { ...custom, ...(configuration && { configuration }) })
    expect(await tenant.patch(`${path}/${id}`, { name: 'twilio' })).toMatchObject(refusal)
    expect((await tenant.get(`${path}/${id}`)).body).toMatchObject({ name: 'custom' })
  })
})

describe('a custom provider', () => {
  const refusal = {
    status: 409,
    body: {
      statusCode: 409,
      error: 'Conflict',
      message: 'Custom phone provider conflict.',
      errorCode: 'custom_email_provider_deployed_action_not_found',
    },
  }

  test('needs an Action that is deployed', async () => {
    const others = await startTenant({ actions: [{ trigger: 'custom-email-provider', name: 'Mail' }] })
    expect(await others.post(path, custom)).toMatchObject(refusal)
    expect((await others.get(path)).body).toEqual({ providers: [] })
    const tenant = await startTenant(customAction)
    const id = await create(tenant, custom)
    expect((await tenant.post(`${path}/${id}/try`, { to: '+41' })).status).toBe(202)
  })

  test('that was Twilio before is taken without one, and sends nothing', async () => {
    const tenant = await startTenant()
    const id = await create(tenant, twilio)
    expect((await tenant.patch(`${path}/${id}`, custom)).status).toBe(200)
    expect(await tenant.post(`${path}/${id}/try`, { to: '+41' })).toMatchObject(refusal)
  })
})
