import { describe, expect, test } from 'vitest'
import { resources, scopes } from '../../src/sandbox/catalogue.ts'
import { issueToken } from '../../src/sandbox/token.ts'
import { startTenant } from './support/tenant.ts'

const secret = { grant_type: 'client_credentials', client_id: 'id', client_secret: 'secret' }
const assertion = {
  grant_type: 'client_credentials',
  client_assertion: 'a.b.c',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const tokenFor = (scope: string) =>
  issueToken({ issuer: 'http://sandbox/', subject: 'test', scope }, Date.now())
const jwt = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`

describe('a token', () => {
  test.each([
    ['a secret', { ...secret, audience: 'https://x/api/v2/' }],
    ['a secret in a form', new URLSearchParams(secret).toString()],
    ['an assertion', assertion],
    ['an assertion and a client', { ...assertion, client_id: 'id' }],
    ['no scope at all', { ...secret, scope: ' ' }],
  ])('is given for %s, with every scope there is', async (_, body) => {
    const tenant = await startTenant()
    const answer = await tenant.token(body)
    expect(answer).toMatchObject({
      status: 200,
      body: {
        access_token: expect.any(String),
        scope: scopes.join(' '),
        expires_in: 86_400,
        token_type: 'Bearer',
      },
    })
    expect(answer.text).toMatch(
      /^\{"access_token":"[^"]+","scope":"[^"]+","expires_in":86400,"token_type":"Bearer"\}$/,
    )
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  })

  test('carries the scopes that were asked for, over a restart', async () => {
    const first = await startTenant()
    const { body } = await first.token({ ...secret, scope: 'read:mfa_policies read:prompts' })
    expect(body).toMatchObject({ scope: 'read:mfa_policies read:prompts' })
    await first.close()
    const token = bearer(Object(body).access_token)
    const second = await startTenant()
    expect((await second.call('GET', '/guardian/policies', undefined, token)).status).toBe(200)
    expect((await second.call('GET', '/guardian/factors', undefined, token)).status).toBe(403)
  })

  test('lasts for a day', async () => {
    let now = 1_800_000_000_000
    const tenant = await startTenant({ now: () => now })
    const token = bearer(Object((await tenant.token(secret)).body).access_token)
    now += 86_399_000
    expect((await tenant.call('GET', '/guardian/policies', undefined, token)).status).toBe(200)
    now += 1_000
    expect(await tenant.call('GET', '/guardian/policies', undefined, token)).toMatchObject({
      status: 401,
      body: { statusCode: 401, error: 'Unauthorized' },
    })
  })

  test.each([
    ['no client', { grant_type: 'client_credentials' }, 401, 'access_denied'],
    ['no secret', { grant_type: 'client_credentials', client_id: 'id' }, 401, 'access_denied'],
    [
      'no client with a secret',
      { grant_type: 'client_credentials', client_secret: 's' },
      401,
      'access_denied',
    ],
    ['no assertion type', { ...assertion, client_assertion_type: '' }, 401, 'access_denied'],
    ['another grant', { ...secret, grant_type: 'password' }, 403, 'unauthorized_client'],
    ['no grant', { client_id: 'id', client_secret: 's' }, 403, 'unauthorized_client'],
    ['a number for a grant', { ...secret, grant_type: 1 }, 400, 'invalid_request'],
  ])('is refused for %s', async (_, body, status, error) => {
    const tenant = await startTenant()
    expect(await tenant.token(body)).toMatchObject({
      status,
      body: { error, error_description: expect.any(String) },
    })
  })

  test('is refused in the words of Auth0 where credentials are missing', async () => {
    const tenant = await startTenant()
    const { text } = await tenant.token({ grant_type: 'client_credentials' })
    expect(text).toBe('{"error":"access_denied","error_description":"Unauthorized"}')
  })
})

describe('the Authorization header', () => {
  test.each([{}, { authorization: 'Basic aWQ6c2VjcmV0' }])(
    'without a bearer token is 401: %j',
    async headers => {
      const tenant = await startTenant()
      const answer = await tenant.call('GET', '/guardian/factors', undefined, headers)
      expect(answer.status).toBe(401)
      expect(answer.text).toBe('{"statusCode":401,"error":"Unauthorized","message":"Missing authentication"}')
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      expect(answer.headers.get('x-ratelimit-limit')).toBe('50')
      expect((await tenant.call('GET', '/no/such/path', undefined, headers)).status).toBe(401)
    },
  )

  test.each(['Bearer', 'Bearer a b'])('of another form is 400: %s', async authorization => {
    const tenant = await startTenant()
    const { status, text } = await tenant.call('GET', '/guardian/factors', undefined, { authorization })
    expect(status).toBe(400)
    expect(text).toBe(
      '{"statusCode":400,"error":"Bad Request","message":"Bad HTTP authentication header format","errorCode":"Bearer"}',
    )
  })

  test.each(['opaque', 'a.b.c', 'a.b', jwt({ sub: 'no scope' }), jwt(null), jwt({ exp: 4_000_000_000 })])(
    'with the token %s, which says no scope, grants everything',
    async token => {
      const tenant = await startTenant()
      expect((await tenant.call('GET', '/guardian/factors', undefined, bearer(token))).status).toBe(200)
      expect((await tenant.call('PUT', '/guardian/policies', [], bearer(token))).status).toBe(200)
    },
  )

  test('with a token whose scope is empty grants nothing', async () => {
    const tenant = await startTenant()
    expect(
      (await tenant.call('GET', '/guardian/factors', undefined, bearer(jwt({ scope: '' })))).status,
    ).toBe(403)
  })
})

describe('every operation needs its scope', () => {
  const operations = resources.flatMap(({ path, operations }) =>
    Object.entries(operations).map(([method, { scope }]) => ({
      method,
      path: path.replace(':name', 'otp'),
      scope,
    })),
  )

  test.each(operations)('$method $path: $scope', async ({ method, path, scope }) => {
    const tenant = await startTenant()
    const body = method === 'GET' ? undefined : {}
    const others = tokenFor(scopes.filter(other => other !== scope).join(' '))
    const { status, text } = await tenant.call(method, path, body, bearer(others))
    expect(status).toBe(403)
    expect(text).toBe(
      JSON.stringify({
        statusCode: 403,
        error: 'Forbidden',
        message: `Insufficient scope, expected any of: ${scope}`,
        errorCode: 'insufficient_scope',
      }),
    )
    const allowed = await tenant.call(method, path, body, bearer(tokenFor(scope)))
    expect([401, 403]).not.toContain(allowed.status)
  })

  test.each([
    ['/guardian/factors', 'read:guardian_factors'],
    ['/guardian/policies', 'read:mfa_policies'],
    ['/guardian/settings', 'read:tenant_settings'],
    ['/guardian/factors/webauthn-roaming/settings', 'read:guardian_factors'],
    ['/prompts/mfa-push', 'read:prompts'],
    ['/risk-assessments/settings', 'read:attack_protection'],
    ['/tenants/settings', 'read:tenant_settings'],
    ['/emails/provider', 'read:email_provider'],
    ['/custom-domains', 'read:custom_domains'],
    ['/branding/phone/providers', 'read:phone_providers'],
    ['/branding/phone/templates/:id', 'read:phone_templates'],
    ['/actions/triggers/:trigger/bindings', 'read:actions'],
  ])('%s is read with %s', (path, scope) => {
    expect(resources.find(resource => resource.path === path)?.operations.GET?.scope).toBe(scope)
  })
})
