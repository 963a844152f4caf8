import { expect, test } from 'vitest'
import { startTenant } from './support/tenant.ts'

const path = '/emails/provider'
const all = `${path}?fields=name,enabled,credentials,settings,default_from_address&include_fields=true`
const smtp = {
  name: 'smtp',
  default_from_address: 'a@acme.com',
  credentials: { smtp_host: 'mail.acme.com', smtp_port: 25, smtp_user: 'u', smtp_pass: 'hush' },
}
/** What is shown of it, in the order recorded. */
const shown = {
  name: 'smtp',
  credentials: { smtp_host: 'mail.acme.com', smtp_port: 25, smtp_user: 'u' },
  default_from_address: 'a@acme.com',
  enabled: true,
}

test.each([
  ['GET', 'Email provider has not been configured.', undefined],
  ['PATCH', 'Email provider has not been configured.', { enabled: false }],
  ['DELETE', 'Email provider does not exist.', undefined],
])('%s where there is none', async (method, message, body) => {
  const tenant = await startTenant()
  expect(await tenant.call(method, path, body)).toMatchObject({
    status: 404,
    body: { statusCode: 404, error: 'Not Found', message },
  })
})

test.each([
  ['', { name: 'smtp', enabled: true }],
  ['?fields=', { name: 'smtp', enabled: true }],
  ['?fields=name', { name: 'smtp' }],
  ['?fields=default_from_address,credentials', { ...shown, name: undefined, enabled: undefined }],
  ['?fields=name,credentials&include_fields=false', { default_from_address: 'a@acme.com', enabled: true }],
])('GET with the query %j', async (query, expected) => {
  const tenant = await startTenant()
  await tenant.post(path, smtp)
  expect((await tenant.get(path + query)).body).toEqual(JSON.parse(JSON.stringify(expected)))
})

test('a new provider is enabled, and what is secret of it is never shown', async () => {
  const tenant = await startTenant()
  expect(await tenant.post(path, smtp)).toMatchObject({ status: 201, text: JSON.stringify(shown) })
  expect((await tenant.get(all)).text).toBe(JSON.stringify(shown))
})

test.each([
  { api_key: 'hush' },
  { api_key: 'hush', domain: 'acme.com', region: null },
  { accessKeyId: 'hush', secretAccessKey: 'hush' },
  { connectionString: 'hush' },
  { tenantId: 't', clientId: 'c', clientSecret: 'hush' },
])('nothing is shown of the credentials %j', async credentials => {
  const tenant = await startTenant()
  const answer = await tenant.post(path, { name: 'mandrill', credentials })
  expect(answer).toMatchObject({ status: 201, text: '{"name":"mandrill","credentials":{},"enabled":true}' })
  expect((await tenant.get(all)).text).toBe(answer.text)
})

test.each([
  [{ enabled: false }, { ...shown, enabled: false }],
  [
    { credentials: { smtp_host: 'b', region: 'eu' } },
    { ...shown, credentials: { smtp_host: 'b', region: 'eu' } },
  ],
  [{ settings: { headers: { a: 'b' } } }, { ...shown, settings: { headers: { a: 'b' } } }],
  [{ settings: null }, shown],
  [
    { name: 'mandrill', credentials: { api_key: 'k' } },
    { ...shown, name: 'mandrill', credentials: {} },
  ],
])('PATCH %j', async (changes, expected) => {
  const tenant = await startTenant()
  await tenant.post(path, smtp)
  expect(await tenant.patch(path, changes)).toMatchObject({ status: 200, body: expected })
  expect((await tenant.get(all)).body).toEqual(expected)
})

test('a second provider is refused, until the first is deleted', async () => {
  const tenant = await startTenant()
  await tenant.post(path, smtp)
  const other = { name: 'sendgrid', enabled: false, credentials: { api_key: 'k' } }
  expect(await tenant.post(path, other)).toMatchObject({
    status: 409,
    text: '{"statusCode":409,"error":"Conflict","message":"An email provider is already configured: smtp","errorCode":"email_provider_conflict"}',
  })
  expect(await tenant.delete(path)).toMatchObject({ status: 204, text: '' })
  expect((await tenant.post(path, other)).status).toBe(201)
  expect((await tenant.get(path)).body).toEqual({ name: 'sendgrid', enabled: false })
})

test('a custom provider needs an Action that is deployed', async () => {
  const custom = { name: 'custom', credentials: {} }
  const tenant = await startTenant({ actions: [{ trigger: 'custom-phone-provider', name: 'Phone' }] })
  const refusal = { status: 409, body: { error: 'Conflict', message: 'No deployed action was found.' } }
  expect(await tenant.post(path, custom)).toMatchObject(refusal)
  expect((await tenant.get(path)).status).toBe(404)
  await tenant.post(path, smtp)
  expect(await tenant.patch(path, custom)).toMatchObject(refusal)
  expect((await tenant.get(all)).body).toEqual(shown)
  const able = await startTenant({ actions: [{ trigger: 'custom-email-provider', name: 'Mail' }] })
  expect((await able.post(path, custom)).status).toBe(201)
})
