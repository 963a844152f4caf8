import { describe, expect, test } from 'vitest'
import { json, run } from '../support/cli.ts'
import { connectTo } from './support/api.ts'
import { type Act, startServer } from './support/server.ts'

/** The body of an error as the Management API has it. */
function refusal(statusCode: number, message: string, errorCode?: string): Act {
  const names: Record<number, string> = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden' }
  return {
    status: statusCode,
    body: { statusCode, error: names[statusCode] ?? 'Error', message, ...(errorCode && { errorCode }) },
  }
}

/** The error that a request to a server that answers so ends with. */
async function errorAfter(act: Act): Promise<unknown> {
  const server = await startServer({ 'GET /guardian/policies': act })
  const { api } = await connectTo(server)
  return api.request('GET', '/guardian/policies').catch(error => error)
}

const DEPRECATED =
  'Insufficient privileges to use this deprecated feature. To handle Phone Provider/Templates refer to Tenant Phone Settings'
const UNIFIED =
  'this tenant has no such endpoint any more: with the unified phone experience, provider and templates live under Branding › Phone. They are looked for there where /tenants/settings can be read (scope read:tenant_settings) and says so.'
const UPGRADE = 'Please upgrade your subscription to enable Akamai Signals.'

describe('a refusal is told by what it means', () => {
  test.each<[string, Act, string, string]>([
    [
      'a scope',
      refusal(403, 'Insufficient scope, expected any of: read:mfa_policies', 'insufficient_scope'),
      'scope_missing',
      'the token lacks the scope read:mfa_policies. Grant it to the application for the Management API.',
    ],
    [
      'one of several scopes',
      refusal(403, 'Insufficient scope, expected any of: read:a,update:a', 'insufficient_scope'),
      'scope_missing',
      'the token lacks the scope read:a,update:a. Grant it to the application for the Management API.',
    ],
    [
      'a scope, in other words',
      refusal(403, 'You may not.', 'insufficient_scope'),
      'scope_missing',
      'the token lacks a scope ("You may not.").',
    ],
    // Recorded 47 times: the code is that of a scope, the message decides.
    [
      'an entitlement with the code of a scope',
      refusal(403, UPGRADE, 'insufficient_scope'),
      'not_entitled',
      `the tenant's plan does not include this ("${UPGRADE}").`,
    ],
    [
      'an entitlement',
      refusal(403, 'Please upgrade your subscription to use bot detection', 'insufficient_entitlement'),
      'not_entitled',
      `the tenant's plan does not include this ("Please upgrade your subscription to use bot detection").`,
    ],
    [
      'an entitlement with the code of a feature',
      refusal(403, 'Please upgrade your subscription to use mtls.', 'feature_not_enabled'),
      'not_entitled',
      `the tenant's plan does not include this ("Please upgrade your subscription to use mtls.").`,
    ],
    [
      'an entitlement, said otherwise',
      refusal(403, 'The requestor is not entitled to perform this operation.', 'not_entitled'),
      'not_entitled',
      `the tenant's plan does not include this ("The requestor is not entitled to perform this operation.").`,
    ],
    [
      'an entitlement that only the code tells',
      refusal(403, 'No.', 'insufficient_entitlement'),
      'not_entitled',
      `the tenant's plan does not include this ("No.").`,
    ],
    [
      'the unified phone experience',
      refusal(403, DEPRECATED, 'legacy_mfa_phone_provider_not_allowed'),
      'feature_disabled',
      UNIFIED,
    ],
    [
      'the unified phone experience, by its sentence',
      refusal(403, DEPRECATED, 'hooks_not_allowed'),
      'feature_disabled',
      UNIFIED,
    ],
    [
      'the unified phone experience, by its code',
      refusal(403, 'No.', 'legacy_mfa_phone_provider_not_allowed'),
      'feature_disabled',
      UNIFIED,
    ],
    [
      'a feature that is disabled',
      refusal(403, 'This endpoint is disabled for your tenant.', 'voice_mfa_not_allowed'),
      'feature_disabled',
      'this is switched off for the tenant ("This endpoint is disabled for your tenant.").',
    ],
    [
      'a feature that is not enabled',
      refusal(403, 'This feature is not enabled for this tenant.', 'feature_not_enabled'),
      'feature_disabled',
      'this is switched off for the tenant ("This feature is not enabled for this tenant.").',
    ],
    [
      'anything else that is forbidden',
      refusal(403, 'This feature requires at least one custom domain.', 'operation_not_supported'),
      'api_error',
      'the API answered 403 ("This feature requires at least one custom domain.").',
    ],
    ['nothing at all', { status: 403, body: '' }, 'api_error', 'the API answered 403.'],
    ['a web page', { status: 403, body: '<html>Forbidden</html>' }, 'api_error', 'the API answered 403.'],
    ['no object', { status: 403, body: '["Forbidden"]' }, 'api_error', 'the API answered 403.'],
    ['no text', { status: 403, body: { message: 5, errorCode: {} } }, 'api_error', 'the API answered 403.'],
    [
      'a token that is not accepted',
      refusal(401, 'Expired token received for JSON Web Token validation'),
      'credentials_rejected',
      'the tenant does not accept the access token ("Expired token received for JSON Web Token validation").',
    ],
    [
      '401 without a word',
      { status: 401, body: '' },
      'credentials_rejected',
      'the tenant does not accept the access token.',
    ],
    [
      'a request that it does not understand',
      refusal(400, "Payload validation error: 'Additional properties not allowed: x'.", 'invalid_body'),
      'api_error',
      `the API answered 400 ("Payload validation error: 'Additional properties not allowed: x'.").`,
    ],
    ['what is not there', refusal(404, 'Not Found'), 'api_error', 'the API answered 404 ("Not Found").'],
    ['a server that fails', { status: 500, body: 'oops' }, 'api_error', 'the API answered 500.'],
    ['a way elsewhere', { status: 302, headers: { location: '/' } }, 'api_error', 'the API answered 302.'],
  ])('%s', async (_, act, code, sentence) => {
    expect(await errorAfter(act)).toMatchObject({
      name: 'UserError',
      code,
      message: `GET /guardian/policies: ${sentence}`,
    })
  })

  test('on one line, and without what acts on a terminal', async () => {
    expect(await errorAfter(refusal(400, ' Two\r\nlines,\u001b[31m red\u200b\u202eever '))).toMatchObject({
      message: 'GET /guardian/policies: the API answered 400 ("Two lines, [31m red ever").',
    })
  })
})

describe('a secret that the API repeats is not repeated', () => {
  const secret = 'S3cret-of-the-Duo-account'
  const names = { secret: new Set(['skey', 'auth_token']), shown: new Set(['host', 'ikey', 'sid', 'from']) }

  const messageFor = async (said: string, body: unknown): Promise<string> => {
    const server = await startServer({ 'PUT /guardian/factors/duo/settings': refusal(400, said) })
    const { api } = await connectTo(server, {
      watch: { names },
      credentials: { kind: 'token', accessToken: 'token-of-this-run' },
    })
    const message: string = await api.request('PUT', '/guardian/factors/duo/settings', body).then(
      () => 'no error',
      (error: Error) => error.message,
    )
    return message.replace(/^PUT .* 400 \("(.*)"\)\.$/, '$1')
  }

  test.each([
    ['whole', `Invalid skey ${secret}`, 'Invalid skey ••••••'],
    ['more than once', `${secret}? ${secret}!`, '••••••? ••••••!'],
    ['its beginning', `Invalid skey ${secret.slice(0, 12)}…`, 'Invalid skey ••••••…'],
    ['its end', `Ends in ${secret.slice(-8)}.`, 'Ends in ••••••.'],
    ['in two parts', `${secret.slice(0, 10)}${secret.slice(0, 10)}`, '••••••'],
    ['the token', 'Bad token token-of-this-run', 'Bad token ••••••'],
    ['nothing of it', 'Invalid skey: too short', 'Invalid skey: too short'],
    ['what is not secret', 'Invalid ikey DI0123456789ABCDEF', 'Invalid ikey DI0123456789ABCDEF'],
  ])('%s', async (_, message, shown) => {
    expect(await messageFor(message, { ikey: 'DI0123456789ABCDEF', skey: secret })).toBe(shown)
  })

  test('however deep it was sent, and however short it is', async () => {
    const body = { list: [{ credentials: { auth_token: 'deep-and-secret' } }], skey: 'abc', ikey: 'no' }
    expect(await messageFor('abc, deep-and-secret, no', body)).toBe('••••••, ••••••, no')
  })

  test('under the name of a secret nothing is shown, whatever it is called there', async () => {
    const body = { skey: { host: 'kept-hidden' }, account: { host: 'well-known' } }
    expect(await messageFor('kept-hidden, well-known', body)).toBe('••••••, well-known')
  })

  test('an empty one hides nothing', async () => {
    expect(await messageFor('Empty skey', { skey: '' })).toBe('Empty skey')
  })
})

describe('what a command makes of it', () => {
  const forbidden = refusal(
    403,
    'Insufficient scope, expected any of: read:mfa_policies',
    'insufficient_scope',
  )
  const sentence =
    'GET /guardian/policies: the token lacks the scope read:mfa_policies. Grant it to the application for the Management API.'

  test('plan names what cannot be read, and what that needs', async () => {
    const server = await startServer({ 'GET /guardian/policies': forbidden })
    const outcome = await run(['plan', '-c', '-', '--json'], {
      env: server.env,
      stdin: 'policy: always\nfactors: { otp: true }',
    })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      format: 'mfa-config/error/1',
      error: { code: 'scope_missing', problems: [{ path: 'policy', message: sentence }] },
    })
  })

  test('show goes on without it', async () => {
    const server = await startServer({ 'GET /guardian/policies': forbidden })
    const outcome = await run(['show', '--json'], { env: server.env })
    expect(outcome.code).toBe(0)
    expect(json(outcome)).toMatchObject({
      config: { factors: { otp: { enabled: false } } },
      unreadable: expect.arrayContaining([{ path: 'policy', code: 'scope_missing', message: sentence }]),
    })
  })

  test.each(['show', 'plan -c -'])('%s ends where the token is not accepted', async command => {
    const server = await startServer({
      'GET /guardian/policies': refusal(401, 'Invalid token', 'invalid_token'),
    })
    const outcome = await run([...command.split(' '), '--json'], { env: server.env, stdin: 'policy: always' })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'credentials_rejected',
        message: 'GET /guardian/policies: the tenant does not accept the access token ("Invalid token").',
      },
    })
  })
})
