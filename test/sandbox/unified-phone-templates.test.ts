import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { SandboxOptions } from '../../src/sandbox/server.ts'
import { startTenant, type TestTenant } from './support/tenant.ts'

const path = '/branding/phone/templates'
const first = Date.parse('2026-03-01T10:00:00.000Z')
const later = first + 5000
const types = ['otp_verify', 'otp_enroll', 'change_password', 'blocked_account']
const defaults = {
  text: '{{ code | escape }} is your verification code for {{ friendly_name | escape }}',
  voice:
    'Hello. Your verification code for {{ friendly_name | escape }} is {{ pause }} {{ code | escape }}. I repeat, your verification code is {{ pause }} {{ code | escape }}',
}
const body = { text: 'Code: {{ code }}', voice: 'Your code is {{ code }}' }
const Template = z.looseObject({ type: z.string(), id: z.optional(z.string()) })
const List = z.object({ templates: z.array(Template) })

const list = async (tenant: TestTenant, query = '') =>
  List.parse((await tenant.get(path + query)).body).templates
const listed = async (tenant: TestTenant, type: string) =>
  (await list(tenant)).find(template => template.type === type)

async function create(tenant: TestTenant, template: object): Promise<string> {
  const answer = await tenant.post(path, template)
  expect(answer.status).toBe(201)
  return z.object({ id: z.string() }).parse(answer.body).id
}

/** The template as it is shown, in the order recorded. */
const shown = (id: string, changes: object = {}) => ({
  id,
  tenant: 'sandbox',
  channel: 'phone',
  type: 'otp_verify',
  disabled: false,
  created_at: new Date(first).toISOString(),
  updated_at: new Date(first).toISOString(),
  content: { syntax: 'liquid', body },
  ...changes,
})

describe('the list', () => {
  test('stands in for a template that was never written, without an id', async () => {
    let now = first
    const tenant = await startTenant({ now: () => now })
    expect((await list(tenant)).map(({ type }) => type).sort()).toEqual(types.toSorted())
    now = later
    const { id: _, ...virtual } = shown('', {
      created_at: new Date(later).toISOString(),
      updated_at: new Date(later).toISOString(),
      content: { syntax: 'liquid', body: defaults, from: '' },
    })
    expect((await tenant.get(path)).text).toContain(JSON.stringify(virtual))
    for (const template of await list(tenant)) expect('id' in template).toBe(false)
  })

  test.each(types)('has four templates, one of them created: %s', async type => {
    const tenant = await startTenant()
    const id = await create(tenant, { type, content: { body } })
    expect((await list(tenant)).map(({ type }) => type).sort()).toEqual(types.toSorted())
    const created = await listed(tenant, type)
    expect(created).toMatchObject({ id, type })
    expect(created).toEqual((await tenant.get(`${path}/${id}`)).body)
    await tenant.delete(`${path}/${id}`)
    expect(await listed(tenant, type)).toMatchObject({ content: { from: '' } })
    expect(await listed(tenant, type)).not.toHaveProperty('id')
  })

  test('has a created password_breach as well', async () => {
    const tenant = await startTenant()
    await create(tenant, { type: 'password_breach', content: { body } })
    expect(await list(tenant)).toHaveLength(5)
  })

  test.each([
    ['?disabled=true', ['otp_enroll']],
    ['?disabled=false', ['blocked_account', 'change_password', 'otp_verify']],
  ])('with %s', async (query, expected) => {
    const tenant = await startTenant()
    await create(tenant, { type: 'otp_enroll', disabled: true })
    expect((await list(tenant, query)).map(({ type }) => type).sort()).toEqual(expected)
  })

  const orders = async (options: SandboxOptions, count: number) => {
    const tenant = await startTenant(options)
    const found: string[] = []
    for (let call = 0; call < count; call++) {
      found.push((await list(tenant)).map(({ type }) => type).join())
    }
    return found
  }

  test('is in another order from one request to the next, each type anywhere', async () => {
    const found = await orders({ seed: 1 }, 100)
    expect(new Set(found).size).toBeGreaterThanOrEqual(16)
    for (const type of types) {
      const places = new Set(found.map(order => order.split(',').indexOf(type)))
      expect([...places].sort()).toEqual([0, 1, 2, 3])
    }
  })

  test('is in the same orders for the same seed, and for none in others', async () => {
    const [one, again, other] = [
      await orders({ seed: 7 }, 9),
      await orders({ seed: 7 }, 9),
      await orders({}, 9),
    ]
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
  })
})

describe('a new template', () => {
  test.each([
    [{ content: { body } }, {}],
    [{ content: { from: '+1', body } }, { content: { syntax: 'liquid', body, from: '+1' } }],
    [
      { content: { body, syntax: 'none' }, disabled: true },
      { disabled: true, content: { syntax: 'none', body } },
    ],
    [{ content: { body: { text: 'a' } } }, { content: { syntax: 'liquid', body: { text: 'a' } } }],
    [{}, { content: { syntax: 'liquid', body: defaults } }],
  ])('from %j', async (sent, changes) => {
    const tenant = await startTenant({ now: () => first })
    const answer = await tenant.post(path, { type: 'otp_verify', ...sent })
    const { id } = z.object({ id: z.string() }).parse(answer.body)
    expect(id).toMatch(/^tem_[1-9A-HJ-NP-Za-km-z]{22}$/)
    expect(answer).toMatchObject({ status: 201, text: JSON.stringify(shown(id, changes)) })
    expect((await tenant.get(`${path}/${id}`)).text).toBe(answer.text)
  })

  test('of a type that has one is refused', async () => {
    const tenant = await startTenant()
    const id = await create(tenant, { type: 'otp_enroll', content: { body } })
    expect(await tenant.post(path, { type: 'otp_enroll' })).toMatchObject({
      status: 409,
      text: '{"statusCode":409,"error":"Conflict","message":"Phone template already configured for tenant"}',
    })
    expect(await listed(tenant, 'otp_enroll')).toMatchObject({ id, content: { body } })
  })
})

test.each([
  ['PATCH', '', { disabled: true }, { disabled: true, content: { syntax: 'none', body, from: '+1' } }],
  ['PATCH', '', { content: { body: { text: 'b' } } }, { content: { syntax: 'none', body: { text: 'b' } } }],
  ['PATCH', '', { content: { from: '+2', body } }, { content: { syntax: 'none', body, from: '+2' } }],
  ['PATCH', '', {}, { content: { syntax: 'none', body, from: '+1' } }],
  ['PATCH', '/reset', undefined, { content: { syntax: 'none', body: defaults, from: '+1' } }],
])('%s {id}%s %j', async (method, below, sent, expected) => {
  let now = first
  const tenant = await startTenant({ now: () => now })
  const id = await create(tenant, { type: 'otp_verify', content: { syntax: 'none', body, from: '+1' } })
  now = later
  const answer = await tenant.call(method, `${path}/${id}${below}`, sent)
  const text = JSON.stringify(shown(id, { updated_at: new Date(later).toISOString(), ...expected }))
  expect(answer).toMatchObject({ status: 200, text })
  expect((await tenant.get(`${path}/${id}`)).text).toBe(text)
})

test('a template that was disabled is enabled again', async () => {
  const tenant = await startTenant()
  const id = await create(tenant, { type: 'otp_verify', disabled: true })
  expect((await tenant.patch(`${path}/${id}`, { disabled: false })).body).toMatchObject({ disabled: false })
  expect(await listed(tenant, 'otp_verify')).toMatchObject({ id, disabled: false })
})

test('DELETE answers nothing, and a test message is said to be sent', async () => {
  const tenant = await startTenant()
  const id = await create(tenant, { type: 'otp_verify' })
  expect(await tenant.post(`${path}/${id}/try`, { to: '+41', more: 1 })).toMatchObject({
    status: 202,
    text: '{"code":202,"message":"Test notification successfully sent for processing"}',
  })
  expect(await tenant.delete(`${path}/${id}`)).toMatchObject({ status: 204, text: '' })
})

test.each([
  ['GET', '', undefined],
  ['PATCH', '', { disabled: true }],
  ['DELETE', '', undefined],
  ['PATCH', '/reset', undefined],
  ['POST', '/try', { to: '+41' }],
])('%s of a template that is gone%s', async (method, below, sent) => {
  const tenant = await startTenant()
  const id = await create(tenant, { type: 'otp_verify' })
  await tenant.delete(`${path}/${id}`)
  expect(await tenant.call(method, `${path}/${id}${below}`, sent)).toMatchObject({
    status: 404,
    text: '{"statusCode":404,"error":"Not Found","message":"Notification Resource not found"}',
  })
})
