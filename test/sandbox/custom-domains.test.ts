import { expect, test } from 'vitest'
import { startTenant } from './support/tenant.ts'

const path = '/custom-domains'
const domain = (domain: string) => ({ domain, type: 'auth0_managed_certs' })

test('a new domain is ready; the first is the primary one', async () => {
  const tenant = await startTenant()
  const first = await tenant.post(path, domain('login.acme.com'))
  const second = await tenant.post(path, {
    ...domain('id.acme.org'),
    relying_party_identifier: 'acme.org',
    verification_method: 'txt',
  })
  const common = { status: 'ready', type: 'auth0_managed_certs' }
  const custom_domain_id = expect.stringMatching(/^cd_\w{16}$/)
  const verification = { methods: [expect.objectContaining({ name: 'txt' })] }
  expect([first.status, second.status]).toEqual([201, 201])
  expect(first.body).toEqual({
    ...common,
    custom_domain_id,
    verification,
    domain: 'login.acme.com',
    primary: true,
  })
  expect(second.body).toEqual({
    ...common,
    custom_domain_id,
    verification,
    domain: 'id.acme.org',
    primary: false,
    relying_party_identifier: 'acme.org',
  })
  expect((await tenant.get(path)).text).toBe(`[${first.text},${second.text}]`)
  expect((await tenant.get(`${path}?fields=domain,status`)).body).toEqual([
    { domain: 'login.acme.com', status: 'ready' },
    { domain: 'id.acme.org', status: 'ready' },
  ])
})

test('a domain that exists is refused', async () => {
  const tenant = await startTenant()
  await tenant.post(path, domain('login.acme.com'))
  expect(await tenant.post(path, domain('login.acme.com'))).toMatchObject({
    status: 409,
    text: '{"statusCode":409,"error":"Conflict","message":"Custom domain already exists."}',
  })
  expect((await tenant.get(path)).body).toHaveLength(1)
})

test.each(['ab', '-a.com', 'a..com', 'a_b.com', 'https://a.com'])('%s is no domain', async name => {
  const tenant = await startTenant()
  expect((await tenant.post(path, domain(name))).status).toBe(400)
})
