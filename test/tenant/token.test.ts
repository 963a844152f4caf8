import { constants, generateKeyPairSync, type KeyObject, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { json, run } from '../support/cli.ts'
import { connectTo } from './support/api.ts'
import { type Act, drop, type Got, type Script, startServer } from './support/server.ts'

const POLICY = 'policy: never'
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const PKCS8 = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const PKCS1 = rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()

/** The fields of a JSON body. */
function fields({ body }: Pick<Got, 'body'>): Record<string, unknown> {
  return JSON.parse(body)
}

/** The first request of a plan, and how the plan went. */
async function tokenRequest(env: Record<string, string>, files: Record<string, string> = {}) {
  const server = await startServer()
  const { AUTH0_CLIENT_SECRET: _, ...client } = server.env
  const outcome = await run(['plan', '-c', '-', '--json'], {
    env: { ...client, ...env },
    stdin: POLICY,
    files,
  })
  return { server, outcome, request: server.got[0] }
}

describe('a client secret', () => {
  test('is exchanged for a token with one request, which says just what it must', async () => {
    const { server, outcome, request } = await tokenRequest({ AUTH0_CLIENT_SECRET: 'secret' })
    expect(outcome.code).toBe(0)
    expect(server.lines()).toEqual(['POST /oauth/token', 'GET /guardian/policies'])
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' })
    expect(request?.headers.authorization).toBeUndefined()
    expect(fields(request ?? { body: '' })).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 'secret',
      audience: `${server.url}/api/v2/`,
    })
  })

  test('the token that came is what the API is asked with', async () => {
    const { server } = await tokenRequest({ AUTH0_CLIENT_SECRET: 'secret' })
    expect(server.got[1]?.headers.authorization).toBe('Bearer token-of-the-server')
  })

  test('goes for another audience where AUTH0_AUDIENCE names one', async () => {
    const { request } = await tokenRequest({
      AUTH0_CLIENT_SECRET: 'secret',
      AUTH0_AUDIENCE: 'https://acme.eu.auth0.com/api/v2/',
    })
    expect(fields(request ?? { body: '' }).audience).toBe('https://acme.eu.auth0.com/api/v2/')
  })

  test('goes before a signing key', async () => {
    const { request } = await tokenRequest({
      AUTH0_CLIENT_SECRET: 'secret',
      AUTH0_CLIENT_SIGNING_KEY_PATH: 'no-such-file.pem',
    })
    expect(fields(request ?? { body: '' }).client_secret).toBe('secret')
  })
})

/** By `node:crypto`, so that the library that signs does not judge itself. */
function isSigned(assertion: string, algorithm: string, key: KeyObject): boolean {
  const [head = '', claims = '', signature = ''] = assertion.split('.')
  const padding =
    algorithm === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { padding: constants.RSA_PKCS1_PADDING }
  const hash = algorithm === 'RS384' ? 'sha384' : 'sha256'
  const data = Buffer.from(`${head}.${claims}`)
  return verify(hash, data, { key, ...padding }, Buffer.from(signature, 'base64url'))
}

function partOf(assertion: string, part: 0 | 1): Record<string, unknown> {
  return JSON.parse(Buffer.from(assertion.split('.')[part] ?? '', 'base64url').toString('utf8'))
}

describe('a private key', () => {
  test.each([
    ['PKCS #8', PKCS8, undefined, 'RS256'],
    ['PKCS #1', PKCS1, undefined, 'RS256'],
    ['PKCS #8', PKCS8, 'RS256', 'RS256'],
    ['PKCS #8', PKCS8, 'RS384', 'RS384'],
    ['PKCS #1', PKCS1, 'PS256', 'PS256'],
  ])('in a %s file signs an assertion (%#)', async (_, key, algorithm, used) => {
    const before = Math.floor(Date.now() / 1000)
    const { server, outcome, request } = await tokenRequest(
      {
        AUTH0_CLIENT_SIGNING_KEY_PATH: 'keys/mine.pem',
        ...(algorithm && { AUTH0_CLIENT_SIGNING_ALGORITHM: algorithm }),
      },
      { 'keys/mine.pem': key },
    )
    expect(outcome.code).toBe(0)
    const { client_assertion, ...rest } = fields(request ?? { body: '' })
    expect(rest).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      audience: `${server.url}/api/v2/`,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    })
    const assertion = String(client_assertion)
    expect(partOf(assertion, 0)).toEqual({ alg: used })
    expect(isSigned(assertion, used, rsa.publicKey)).toBe(true)

    const { iat, exp, jti, ...claims } = partOf(assertion, 1)
    expect(claims).toEqual({ iss: 'client', sub: 'client', aud: `${server.url}/` })
    expect(jti).toMatch(/^[0-9a-f-]{36}$/)
    expect(Number(iat)).toBeGreaterThanOrEqual(before)
    expect(Number(iat)).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000))
    expect(Number(exp) - Number(iat)).toBe(60)
  })

  test('each assertion is for one use', async () => {
    const env = { AUTH0_CLIENT_SIGNING_KEY_PATH: 'key.pem' }
    const ids = [await tokenRequest(env, { 'key.pem': PKCS8 }), await tokenRequest(env, { 'key.pem': PKCS8 })]
      .map(({ request }) => String(fields(request ?? { body: '' }).client_assertion))
      .map(assertion => partOf(assertion, 1).jti)
    expect(new Set(ids).size).toBe(2)
  })

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const encrypted = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'word' } as const
  test.each([
    ['nothing', ''],
    ['no key', 'not a key at all\n'],
    ['half a key', PKCS8.slice(0, 400)],
    ['a public key', rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['a key of another kind', ec.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['a key behind a password', rsa.privateKey.export(encrypted).toString()],
  ])('of which the file holds %s is refused, and no request is sent', async (_, content) => {
    const { server, outcome } = await tokenRequest(
      { AUTH0_CLIENT_SIGNING_KEY_PATH: 'key.pem' },
      { 'key.pem': content },
    )
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'credentials_rejected',
        message:
          'The file that AUTH0_CLIENT_SIGNING_KEY_PATH names holds no RSA private key that can be used.',
      },
    })
    expect(server.got).toEqual([])
  })

  test.each(['no-such-file.pem', '.'])('in %s cannot be read', async path => {
    const { server, outcome } = await tokenRequest({ AUTH0_CLIENT_SIGNING_KEY_PATH: path })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'credentials_missing',
        message: expect.stringMatching(/^AUTH0_CLIENT_SIGNING_KEY_PATH names \/.*, which cannot be read\.$/),
      },
    })
    expect(server.got).toEqual([])
  })

  test.each(['HS256', 'none', 'rs256', 'ES256', 'RS512'])('signs by no %s', async algorithm => {
    const { server, outcome } = await tokenRequest(
      { AUTH0_CLIENT_SIGNING_KEY_PATH: 'key.pem', AUTH0_CLIENT_SIGNING_ALGORITHM: algorithm },
      { 'key.pem': PKCS8 },
    )
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'credentials_missing',
        message: `AUTH0_CLIENT_SIGNING_ALGORITHM is "${algorithm}"; Auth0 takes RS256, RS384, PS256.`,
      },
    })
    expect(server.got).toEqual([])
  })
})

describe('an access token', () => {
  test('is used as it is, without a token request', async () => {
    const { server, outcome } = await tokenRequest({
      AUTH0_ACCESS_TOKEN: 'given',
      AUTH0_CLIENT_SECRET: 'secret',
    })
    expect(outcome.code).toBe(0)
    expect(server.lines()).toEqual(['GET /guardian/policies'])
    expect(server.got[0]?.headers.authorization).toBe('Bearer given')
  })

  test('may come with the line end of a file', async () => {
    const { server } = await tokenRequest({ AUTH0_ACCESS_TOKEN: ' given\r\n' })
    expect(server.got[0]?.headers.authorization).toBe('Bearer given')
  })

  test.each(['Bearer given', 'two\nlines', 'tök€n'])('%j is none', async token => {
    const { server, outcome } = await tokenRequest({ AUTH0_ACCESS_TOKEN: token })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'credentials_missing',
        message: 'AUTH0_ACCESS_TOKEN is no token: there are spaces, line ends or unusual characters in it.',
      },
    })
    expect(server.got).toEqual([])
  })
})

describe('what is missing is named', () => {
  test.each([
    [{}, 'AUTH0_CLIENT_ID is not set'],
    [{ AUTH0_CLIENT_SECRET: 's' }, 'AUTH0_CLIENT_ID is not set'],
    [{ AUTH0_CLIENT_ID: '', AUTH0_CLIENT_SECRET: 's' }, 'AUTH0_CLIENT_ID is not set'],
    [{ AUTH0_CLIENT_ID: 'c' }, 'AUTH0_CLIENT_SECRET or AUTH0_CLIENT_SIGNING_KEY_PATH is not set'],
    [
      { AUTH0_CLIENT_ID: 'c', AUTH0_CLIENT_SECRET: '', AUTH0_ACCESS_TOKEN: ' ' },
      'AUTH0_CLIENT_SECRET or AUTH0_CLIENT_SIGNING_KEY_PATH is not set',
    ],
  ])('%j', async (env, missing) => {
    const server = await startServer()
    const outcome = await run(['plan', '-c', '-'], {
      env: { ...env, AUTH0_DOMAIN: server.url },
      stdin: POLICY,
    })
    expect(outcome.code).toBe(1)
    expect(outcome.err).toBe(
      `Error: No credentials: ${missing}. Set AUTH0_CLIENT_ID with AUTH0_CLIENT_SECRET or AUTH0_CLIENT_SIGNING_KEY_PATH, or AUTH0_ACCESS_TOKEN.\n`,
    )
    expect(server.got).toEqual([])
  })
})

/** An access token that is shaped as a JWT. */
function jwt(claims: unknown): string {
  const [head, body] = ['{}', JSON.stringify(claims)].map(part => Buffer.from(part).toString('base64url'))
  return `${head}.${body}.x`
}

describe('the scopes that are granted', () => {
  const client = { kind: 'secret', clientId: 'client', clientSecret: 'secret' } as const
  const grantedBy = async (body: object) => {
    const server = await startServer({ 'POST /oauth/token': { body } })
    return (await connectTo(server, { credentials: client })).granted
  }

  test.each<[string, object, string[] | undefined]>([
    ['are those of the answer', { access_token: 'opaque', scope: 'read:a b:c' }, ['read:a', 'b:c']],
    [
      'are those of the answer before those of the token',
      { access_token: jwt({ scope: 'read:x' }), scope: 'read:a' },
      ['read:a'],
    ],
    [
      'are those that the token claims where the answer says none',
      { access_token: jwt({ scope: 'read:a read:b' }) },
      ['read:a', 'read:b'],
    ],
    [
      'are those that the token claims where the answer says nothing of use',
      { access_token: jwt({ scope: 'read:a read:b' }), scope: ' ' },
      ['read:a', 'read:b'],
    ],
    ['are without what is none', { access_token: 'opaque', scope: 'openid a:B S3cret:x read:a' }, ['read:a']],
    ['are none where none of them is one', { access_token: 'opaque', scope: 'openid' }, []],
    ['are unknown where both are silent', { access_token: 'opaque' }, undefined],
    ['are unknown where both are empty', { access_token: jwt({ scope: '' }), scope: '' }, undefined],
    ['are unknown where they are no text', { access_token: jwt({ scope: ['a'] }), scope: 5 }, undefined],
    ['are unknown where the token claims nothing', { access_token: jwt(null) }, undefined],
    ['are unknown where the token is half a JWT', { access_token: 'a.%%%.c' }, undefined],
  ])('%s', async (_, body, scopes) => {
    expect(await grantedBy(body)).toEqual(scopes && new Set(scopes))
  })

  test('are those that a given access token claims', async () => {
    const server = await startServer()
    const token = (accessToken: string) =>
      connectTo(server, { credentials: { kind: 'token', accessToken } }).then(({ granted }) => granted)
    expect(await token(jwt({ scope: 'read:mfa_policies' }))).toEqual(new Set(['read:mfa_policies']))
    expect(await token('opaque')).toBeUndefined()
    expect(server.got).toEqual([])
  })

  const writing = (body: object): Script => ({ 'POST /oauth/token': { body } })
  const apply = ['apply', '--yes', '-c', '-', '--json', '--snapshot', 'none', '--allow', 'F01']

  test('stop an apply before its first write where one is lacking', async () => {
    const server = await startServer(
      writing({ access_token: 'opaque', scope: 'read:mfa_policies read:guardian_factors' }),
    )
    const outcome = await run(apply, { env: server.env, stdin: 'factors: { otp: true }' })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'scope_missing',
        problems: [
          {
            path: 'factors.otp.enabled',
            message: 'Writing it needs the scope update:guardian_factors, which the token lacks.',
          },
        ],
      },
    })
    expect(server.lines()).toEqual(['POST /oauth/token', 'GET /guardian/factors'])
  })

  test('do not stop it where they are unknown: the API decides', async () => {
    const server = await startServer(writing({ access_token: 'opaque', scope: '' }))
    await run(apply, { env: server.env, stdin: 'factors: { otp: true }' })
    expect(server.lines()).toContain('PUT /guardian/factors/otp')
  })
})

describe('a token request that fails', () => {
  const client = { AUTH0_CLIENT_SECRET: 'secret' }
  const planAgainst = async (...acts: Act[]) => {
    const server = await startServer({ 'POST /oauth/token': acts })
    const outcome = await run(['plan', '-c', '-', '--json'], {
      env: { ...server.env, ...client },
      stdin: POLICY,
    })
    return { server, outcome }
  }

  test.each([
    [401, { error: 'access_denied', error_description: 'Unauthorized' }],
    [403, { error: 'access_denied', error_description: 'Service not enabled within domain' }],
    [401, 'Unauthorized'],
  ])('with %i: the credentials are rejected (%j)', async (status, body) => {
    const { server, outcome } = await planAgainst({ status, body })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'credentials_rejected',
        message: expect.stringMatching(
          `^${server.name} rejected the credentials \\(${status}\\)\\. ${status === 401 ? 'Check AUTH0_CLIENT_ID' : 'Authorise the application'}`,
        ),
      },
    })
    expect(server.lines()).toEqual(['POST /oauth/token'])
  })

  test.each([
    { error: 'unauthorized_client', error_description: "Grant type 'client_credentials' not allowed." },
    {
      error: 'access_denied',
      error_description: "Grant type 'client_credentials' not allowed for the client.",
    },
  ])('because the grant is not allowed: %j', async body => {
    const { outcome } = await planAgainst({ status: 403, body })
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'credentials_rejected',
        message: expect.stringContaining('Authorise the application for the Management API'),
      },
    })
  })

  test.each<[string, Act, string]>([
    ['a web page', { body: '<!doctype html><p>Hi' }, 'the server answered 200 with a web page'],
    ['an empty body', { body: '' }, 'the server answered 200 with an empty body'],
    [
      'half an answer',
      { body: '{"access_token":"abc' },
      'the server answered 200 with something that is no JSON',
    ],
  ])('with %s', async (_, act, sentence) => {
    const { server, outcome } = await planAgainst(act)
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'api_error',
        message: `POST /oauth/token: ${sentence}. Is the domain that of an Auth0 tenant?`,
      },
    })
    expect(server.lines()).toEqual(['POST /oauth/token'])
  })

  test.each([{}, { access_token: '' }, { access_token: 5 }, [], null, 'token'].map(body => [body]))(
    'with %j, in which there is no token',
    async body => {
      const { server, outcome } = await planAgainst({ body: JSON.stringify(body) })
      expect(outcome.code).toBe(1)
      expect(json(outcome)).toMatchObject({
        error: {
          code: 'api_error',
          message: `${server.name} answered the token request with something that is no token.`,
        },
      })
      expect(server.lines()).toEqual(['POST /oauth/token'])
    },
  )

  test.each([400, 404, 302])('with %i', async status => {
    const { server, outcome } = await planAgainst({ status, body: '', headers: { location: '/elsewhere' } })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: { code: 'api_error', message: `POST /oauth/token: the API answered ${status}.` },
    })
    expect(server.lines()).toEqual(['POST /oauth/token'])
  })

  const token: Act = { body: { access_token: 'token-of-the-server' } }
  test.each<[string, Act[], number[]]>([
    ['500', [{ status: 500 }, token], [500]],
    ['503 twice', [{ status: 503 }, { status: 503 }, token], [500, 1000]],
    ['a closed connection', [drop, token], [500]],
    ['429', [{ status: 429, headers: { 'retry-after': '3' } }, token], [3000]],
  ])('with %s is made again', async (_, acts, waits) => {
    const { server, outcome } = await planAgainst(...acts)
    expect(outcome.code).toBe(0)
    expect(outcome.waits).toEqual(waits)
    expect(server.lines()).toEqual([...acts.map(() => 'POST /oauth/token'), 'GET /guardian/policies'])
  })

  test.each<[Act, number, string]>([
    [{ status: 500 }, 3, 'api_error'],
    [drop, 3, 'unreachable'],
    [{ status: 429 }, 7, 'rate_limited'],
  ])('again and again is given up (%#)', async (act, times, code) => {
    const { server, outcome } = await planAgainst(act)
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({ error: { code } })
    expect(server.lines()).toEqual(Array(times).fill('POST /oauth/token'))
  })
})

test('an assertion is signed anew each time that it is sent, for it is good for once', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const server = await startServer({ 'POST /oauth/token': [{ status: 503 }, {}] })
  const outcome = await run(['plan', '-c', '-', '--json'], {
    env: { AUTH0_DOMAIN: server.url, AUTH0_CLIENT_ID: 'client', AUTH0_CLIENT_SIGNING_KEY_PATH: 'key.pem' },
    files: { 'key.pem': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
    stdin: POLICY,
  })
  expect(server.lines().filter(line => line === 'POST /oauth/token')).toHaveLength(2)
  const assertions = server.got.slice(0, 2).map(request => fields(request).client_assertion)
  expect(new Set(assertions).size).toBe(2)
  expect(outcome.waits).toEqual([500])
})
