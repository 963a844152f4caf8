import { generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { json, run } from '../support/cli.ts'
import { startServer } from '../tenant/support/server.ts'
import { type Given, problemsIn, read, refusal } from './support/read.ts'

const ENV = { ID: 'client-of-prod', SECRET: 'secret-of-prod-123', TOKEN: 'token-of-prod-123' }

/** A file whose environment `prod` has these credentials, as YAML. */
function withCredentials(text: string, rest: Given = {}): Given {
  const file = `policy: never\nenvironments:\n  dev: {}\n  prod:\n    credentials: ${text}\n`
  return { env: ENV, environment: 'prod', ...rest, files: { ...rest.files, 'mfa-config.yaml': file } }
}

describe('credentials are one of the forms', () => {
  it.each([
    ['{ access_token: "${TOKEN}" }', { access_token: ENV.TOKEN }],
    ['{ client_id: "${ID}", client_secret: "${SECRET}" }', { client_id: ENV.ID, client_secret: ENV.SECRET }],
    ['{ client_id: "${ID}", signing_key: "${file:key.pem}" }', { client_id: ENV.ID, signing_key: 'a key' }],
    [
      '{ client_id: "${file:id.txt}", signing_key: "${SECRET}" }',
      { client_id: 'id', signing_key: ENV.SECRET },
    ],
    ['{ access_token: "${ID}${SECRET}" }', { access_token: `${ENV.ID}${ENV.SECRET}` }],
  ])('%s', async (text, given) => {
    const config = await read(withCredentials(text, { files: { 'key.pem': 'a key\n', 'id.txt': 'id' } }))
    expect(config.credentials).toEqual({ given, areOwn: false })
    expect(Object.fromEntries(config.values)).toEqual({ policy: 'never' })
  })

  it('and another environment has none of them', async () => {
    const given = withCredentials('{ access_token: "${TOKEN}" }', { environment: 'dev' })
    expect((await read(given)).credentials).toBeUndefined()
  })

  it('laid over those of an imported file by key, each beside its own file', async () => {
    const files = {
      'shared/base.yaml':
        'environments: { prod: { credentials: { client_id: "${ID}", signing_key: "${file:key.pem}" } } }',
      'shared/key.pem': 'the shared key',
      'mfa-config.yaml':
        '$import: shared/base.yaml\nenvironments: { prod: { credentials: { client_id: "${OTHER}" } } }',
    }
    const config = await read({ files, env: { ...ENV, OTHER: 'another-client' }, environment: 'prod' })
    expect(config.credentials?.given).toEqual({
      client_id: 'another-client',
      signing_key: 'the shared key',
    })
  })

  it.each([
    ['{ client_id: "${AUTH0_CLIENT_ID}", client_secret: "${SECRET}" }'],
    ['{ client_id: "${ID}", client_secret: "${AUTH0_CLIENT_SECRET}" }'],
    ['{ client_id: "${ID}", client_secret: "${SAME}" }'],
    ['{ access_token: "${AUTH0_ACCESS_TOKEN}" }'],
    ['{ client_id: "${ID}", signing_key: "${file:own.pem}" }'],
    ['{ client_id: "${ID}", signing_key: "${file:copy.pem}" }'],
  ])("are known for this tool's own: %s", async text => {
    const env = {
      ...ENV,
      AUTH0_CLIENT_ID: 'own-client',
      AUTH0_CLIENT_SECRET: 'own-secret-123',
      AUTH0_ACCESS_TOKEN: 'own-token-123',
      AUTH0_CLIENT_SIGNING_KEY_PATH: 'own.pem',
      SAME: 'own-secret-123',
    }
    const key = '-----BEGIN PRIVATE KEY-----\nabcdefghijkl\n-----END PRIVATE KEY-----\n'
    const files = { 'own.pem': key, 'copy.pem': key.replaceAll('\n', '\r\n') }
    expect((await read(withCredentials(text, { env, files }))).credentials).toMatchObject({ areOwn: true })
  })
})

describe('credentials that are none are refused', () => {
  const FORMS =
    /^Credentials are client_id with client_secret or with signing_key, or access_token alone: each a/
  const LITERAL = 'expected a reference alone, such as ${PROD_'

  it.each<[text: string, place: string, message: string | RegExp]>([
    ['token', '5:5  credentials', 'credentials: expected an object; credentials are client_id with'],
    ['"${TOKEN}"', '5:5  credentials', 'credentials: expected an object'],
    ['["${TOKEN}"]', '5:5  credentials', 'credentials: expected an object'],
    ['null', '5:5  credentials', 'credentials: expected an object'],
    ['{}', '5:5  credentials', /; this is nothing\.$/],
    ['{ client_id: "${ID}" }', '5:5  credentials', /; this is client_id\.$/],
    ['{ client_secret: "${SECRET}" }', '5:5  credentials', /; this is client_secret\.$/],
    ['{ client_id: "${ID}", access_token: "${TOKEN}" }', '5:5  credentials', FORMS],
    [
      '{ client_id: "${ID}", client_secret: "${SECRET}", signing_key: "${SECRET}" }',
      '5:5  credentials',
      FORMS,
    ],
    [
      '{ client_id: "${ID}", client_secrt: "${SECRET}" }',
      '5:40  credentials.client_secrt',
      'Did you mean client_secret?',
    ],
    [
      '{ audience: "${ID}" }',
      '5:20  credentials.audience',
      'Known here: client_id, client_secret, signing_key',
    ],
    ['{ access_token: plain }', '5:20  credentials.access_token', `${LITERAL}ACCESS_TOKEN}`],
    ['{ access_token: "x${TOKEN}" }', '5:20  credentials.access_token', LITERAL],
    ['{ access_token: "$${TOKEN}" }', '5:20  credentials.access_token', LITERAL],
    ['{ access_token: 12345678 }', '5:20  credentials.access_token', LITERAL],
    ['{ access_token: ["${TOKEN}"] }', '5:20  credentials.access_token', LITERAL],
    [
      '{ client_id: plain, client_secret: "${SECRET}" }',
      '5:20  credentials.client_id',
      `${LITERAL}CLIENT_ID}`,
    ],
  ])('%s', async (text, place, message) => {
    const given = withCredentials(text)
    expect((await refusal(given)).code).toBe('config_invalid')
    const [problem = '', ...others] = await problemsIn(given)
    expect(problem.startsWith(`mfa-config.yaml:${place}  `)).toBe(true)
    const told = problem.slice(`mfa-config.yaml:${place}  `.length)
    if (typeof message === 'string') expect(told).toContain(message)
    else expect(told).toMatch(message)
    expect(others).toEqual([])
    for (const shown of ['plain', '12345678']) expect(told).not.toContain(shown)
  })

  it('each with its place, and what has no value besides', async () => {
    const given = withCredentials(
      '\n      client_id: mine\n      client_secret: hush\n      access_token: "${GONE}"',
    )
    const error = await refusal(given)
    expect(error.code).toBe('config_invalid')
    expect(error.message).toBe('mfa-config.yaml has credentials that cannot be used.')
    expect(await problemsIn(given)).toEqual([
      expect.stringMatching(/^mfa-config\.yaml:6:7 {2}credentials\.client_id {2}/),
      expect.stringMatching(/^mfa-config\.yaml:7:7 {2}credentials\.client_secret {2}/),
      'mfa-config.yaml:8:7  credentials.access_token  The environment variable GONE is not set.',
    ])
    expect(JSON.stringify(error.problems)).not.toMatch(/mine|hush/)
  })

  it('in the imported file that has them', async () => {
    const files = {
      'base.yaml': 'environments:\n  prod:\n    credentials:\n      access_token: literal-token\n',
      'mfa-config.yaml': '$import: base.yaml\n',
    }
    expect(await problemsIn({ files, environment: 'prod' })).toEqual([
      expect.stringMatching(/^base\.yaml:4:7 {2}credentials\.access_token {2}/),
    ])
  })
})

describe('a variable that is not set', () => {
  const text = '{ client_id: "${ID}", client_secret: "${GONE}" }'

  it('is an error of its environment, with its place', async () => {
    expect(await refusal(withCredentials(text))).toMatchObject({ code: 'reference_unset' })
    expect(await problemsIn(withCredentials(text))).toEqual([
      'mfa-config.yaml:5:40  credentials.client_secret  The environment variable GONE is not set.',
    ])
    const missing = withCredentials('{ client_id: "${ID}", signing_key: "${file:gone.pem}" }')
    expect((await refusal(missing)).code).toBe('reference_missing')
  })

  it('and of no other', async () => {
    expect((await read(withCredentials(text, { environment: 'dev' }))).environment).toBe('dev')
    const { files = {} } = withCredentials(text)
    const outcome = await run(['validate', '--all', '--json'], { files, env: ENV })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      results: [
        { environment: 'dev', validate: { format: 'mfa-config/validate/1' } },
        { environment: 'prod', error: { code: 'reference_unset' } },
      ],
    })
  })

  it('does not matter with --unset-ok; what is wrong with their form does', async () => {
    expect((await read(withCredentials(text, { unsetOk: true }))).credentials).toBeUndefined()
    expect((await refusal(withCredentials('{ client_id: "${GONE}" }', { unsetOk: true }))).code).toBe(
      'config_invalid',
    )
    const { files = {} } = withCredentials(text)
    expect(await run(['validate', '--all', '--unset-ok'], { files, env: ENV })).toMatchObject({ code: 0 })
  })

  const SETTINGS = `environments:
  dev: { tenant: "URL", factors: { duo: { skey: "\${GONE}" } }, credentials: { access_token: "\${TOKEN}" } }
  prod: { tenant: "URL", factors: { duo: { host: "\${GONE}" } }, credentials: { access_token: "\${TOKEN}" } }
`

  it.each([
    ['show --env dev', 0],
    ['diff --env dev --env prod', 0],
    ['diff --env dev --env prod --live', 0],
    ['show --all', 0],
    ['plan --env dev', 1],
    ['plan --all', 1],
  ])('keeps no tenant from being looked at, where it is that of a setting: %s', async (command, code) => {
    const server = await startServer()
    const files = { 'mfa-config.yaml': SETTINGS.replaceAll('URL', server.url) }
    const outcome = await run(command.split(' '), { files, env: { TOKEN: ENV.TOKEN } })
    expect(outcome.code).toBe(code)
    const isAsked = code === 0 && command !== 'diff --env dev --env prod'
    expect(server.got.length > 0).toBe(isAsked)
    for (const { headers } of server.got) expect(headers.authorization).toBe(`Bearer ${ENV.TOKEN}`)
  })

  it('keeps a tenant from being shown, where it is that of credentials', async () => {
    const { files = {} } = withCredentials('{ access_token: "${GONE}" }')
    const outcome = await run(['show', '--env', 'prod', '--json'], { files, env: {} })
    expect(json(outcome)).toMatchObject({ error: { code: 'reference_unset' } })
  })
})

describe('each tenant of a fleet gets the credentials of its environment', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const KEY = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

  /** Three tenants: one by a secret, one by a key, and one by the variables of the environment. */
  async function fleet(env: Record<string, string> = {}) {
    const [dev, prod, own] = [await startServer(), await startServer(), await startServer()]
    const file = `policy: never
environments:
  dev: { tenant: "${dev.url}", credentials: { client_id: "\${DEV_ID}", client_secret: "\${DEV_SECRET}" } }
  prod: { tenant: "${prod.url}", credentials: { client_id: "\${PROD_ID}", signing_key: "\${file:keys/prod.pem}" } }
  own: { tenant: "${own.url}" }
`
    const outcome = await run(['plan', '--all'], {
      files: { 'mfa-config.yaml': file, 'keys/prod.pem': KEY },
      env: {
        ...own.env,
        DEV_ID: 'client-of-dev',
        DEV_SECRET: 'secret-of-dev',
        PROD_ID: 'client-of-prod',
        ...env,
      },
    })
    const body = ({ got }: typeof dev): Record<string, unknown> => JSON.parse(got[0]?.body ?? '{}')
    return { outcome, dev, prod, own, body }
  }

  it('a secret, an assertion for that tenant, or those of the variables', async () => {
    const { outcome, dev, prod, own, body } = await fleet()
    expect(outcome.code).toBe(0)
    expect(body(dev)).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client-of-dev',
      client_secret: 'secret-of-dev',
      audience: `${dev.url}/api/v2/`,
    })
    expect(body(own)).toMatchObject({ client_id: 'client', client_secret: 'secret-of-the-client' })

    const { client_assertion, ...rest } = body(prod)
    expect(rest).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client-of-prod',
      audience: `${prod.url}/api/v2/`,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    })
    const [head = '', claims = '', signature = ''] = String(client_assertion).split('.')
    const data = Buffer.from(`${head}.${claims}`)
    expect(verify('sha256', data, rsa.publicKey, Buffer.from(signature, 'base64url'))).toBe(true)
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: 'client-of-prod',
      sub: 'client-of-prod',
      aud: `${prod.url}/`,
    })
  })

  it('AUTH0_AUDIENCE is that of the tenant that AUTH0_DOMAIN names, and of no other', async () => {
    const { dev, prod, own, body } = await fleet({ AUTH0_AUDIENCE: 'https://own.test/api/v2/' })
    expect(body(own).audience).toBe('https://own.test/api/v2/')
    expect(body(dev).audience).toBe(`${dev.url}/api/v2/`)
    expect(body(prod).audience).toBe(`${prod.url}/api/v2/`)
  })

  it('a key that is none is that environment’s error, which names it', async () => {
    const server = await startServer()
    const file = `policy: never
environments:
  prod: { tenant: "${server.url}", credentials: { client_id: "\${ID}", signing_key: "\${SECRET}" } }
  token: { tenant: "${server.url}", credentials: { access_token: "\${SPACED}" } }
`
    const env = { ...ENV, SPACED: 'no token at all' }
    const outcome = await run(['plan', '--all', '--json'], { files: { 'mfa-config.yaml': file }, env })
    expect(json(outcome)).toMatchObject({
      results: [
        {
          error: {
            code: 'credentials_rejected',
            message: 'signing_key of environment prod holds no RSA private key that can be used.',
          },
        },
        {
          error: {
            code: 'credentials_missing',
            message: expect.stringMatching(/^access_token of environment token is no token: /),
          },
        },
      ],
    })
    expect(server.got).toEqual([])
    expect(outcome.out + outcome.err).not.toMatch(/secret-of-prod|no token at all/)
  })
})
