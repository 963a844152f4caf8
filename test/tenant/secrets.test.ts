import { createHash, generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ALLOW_ALL } from '../support/allow.ts'
import { emptyFolder, type Outcome, run } from '../support/cli.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'
import { FULL_FILE } from './support/full-file.ts'
import { textOf } from './support/text-of.ts'

/** A value that looks like nothing else, always the same for the same name. */
function planted(name: string): string {
  return createHash('sha256').update(name).digest('base64url')
}

const P12 = Buffer.concat([Buffer.of(0x30, 0x82, 0xff, 0), Buffer.from(planted('p12'))])
const FIREBASE = `{ "private_key": "${planted('fire')}\\n${planted('base')}", "id": "${planted('id')}" }`
const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()

const CREDENTIALS = {
  secret: { AUTH0_CLIENT_ID: 'client', AUTH0_CLIENT_SECRET: planted('client secret') },
  key: { AUTH0_CLIENT_ID: 'client', AUTH0_CLIENT_SIGNING_KEY_PATH: 'key.pem' },
  token: { AUTH0_ACCESS_TOKEN: planted('access token') },
}
const ISSUED = planted('issued token')
const ENV = {
  TWILIO_AUTH_TOKEN: planted('twilio'),
  AWS_SECRET: planted('aws'),
  FCM_SERVER_KEY: planted('fcm'),
  DUO_SKEY: planted('duo'),
  NOBODY_ASKS_FOR_THIS: planted('another'),
}
/** What the tenant has from before, and gives back when it is read. */
const TENANT = { auth_token: planted("the tenant's twilio"), skey: planted("the tenant's duo") }
const FILES = { 'mfa-config.yaml': FULL_FILE, 'push.p12': P12, 'firebase.json': FIREBASE, 'key.pem': KEY }

const SECRETS: Record<string, string> = {
  ...CREDENTIALS.token,
  AUTH0_CLIENT_SECRET: CREDENTIALS.secret.AUTH0_CLIENT_SECRET,
  ...ENV,
  'push.p12': P12.toString('base64'),
  'firebase.json': FIREBASE,
  'key.pem': KEY.replace(/-----.*-----/g, ''),
  "the tenant's auth_token": TENANT.auth_token,
  "the tenant's skey": TENANT.skey,
}

/** The names of the secrets of which a text has any eight characters in a row. */
function foundIn(text: string, secrets: Record<string, string>): string[] {
  const pieces = new Set(Array.from(text, (_, at) => text.slice(at, at + 8)))
  return Object.entries(secrets)
    .filter(([, secret]) =>
      Array.from(secret, (_, at) => secret.slice(at, at + 8)).some(
        piece => piece.length === 8 && pieces.has(piece),
      ),
    )
    .map(([name]) => name)
}

/** Every file below a folder that was not put there by the test, as text. */
function filesWritten(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    name => !(name in FILES) && name !== '.env' && statSync(join(folder, name)).isFile(),
  )
  return Object.fromEntries(names.map(name => [name, readFileSync(join(folder, name), 'latin1')]))
}

function expectNoSecret(outcome: Outcome, cwd: string, more: Record<string, string> = {}): void {
  const secrets = { ...SECRETS, ...more }
  const texts = { 'standard output': outcome.out, 'standard error': outcome.err, ...filesWritten(cwd) }
  for (const [where, text] of Object.entries(texts)) {
    expect({ where, found: foundIn(text, secrets), text }).toEqual({ where, found: [], text })
  }
}

/**
 * What stands in the way of an answer: nothing, an answer of its own, all that was sent in a page or as text, or a closed
 * connection.
 */
type Spoil = (request: IncomingMessage, body: string) => undefined | 'closed' | 'page' | 'text' | Spoilt
type Spoilt = { readonly status: number; readonly body: string }

/** A server in front of a tenant that can repeat what it was sent; it tells what it saw of credentials. */
async function startInFrontOf(tenant: TestTenant, spoil: Spoil) {
  const seen: Record<string, string> = { token: ISSUED }
  const server = createServer((request, response) => {
    answer(request, response).catch(error => response.destroy(error))
  })
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request)
    const { method = '', url = '', headers } = request
    if (url === '/oauth/token') seen.assertion = JSON.parse(body).client_assertion ?? ''
    const spoiled = spoil(request, body)
    if (spoiled === 'closed') return void request.socket.destroy()
    if (spoiled === 'page' || spoiled === 'text')
      return void response.end(`${spoiled === 'page' ? '<p>' : ''}${headers.authorization} ${body}`)
    if (spoiled) return void response.writeHead(spoiled.status).end(spoiled.body)
    if (url === '/oauth/token') return void response.end(JSON.stringify({ access_token: ISSUED }))
    const own = await fetch(`${tenant.url}${url}`, {
      method,
      headers: { authorization: headers.authorization ?? '', 'content-type': 'application/json' },
      ...(body !== '' && { body }),
    })
    response.writeHead(own.status).end(await own.text())
  }
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

const isWrite = ({ method }: IncomingMessage): boolean => method === 'PUT' || method === 'PATCH'
const isRead = ({ method }: IncomingMessage): boolean => method === 'GET'
const isToken = ({ url }: IncomingMessage): boolean => url === '/oauth/token'

/** An error of the API whose message has all that was sent. */
function repeating(status: number): (request: IncomingMessage, body: string) => Spoilt {
  return ({ headers }, body) => {
    const message = `Not with ${headers.authorization} and ${body}. No, ${Object.values(fieldsOf(body)).join(', ')}!`
    return {
      status,
      body: JSON.stringify({ statusCode: status, error: 'Error', message, error_description: message }),
    }
  }
}

function fieldsOf(body: string): Record<string, unknown> {
  return body === '' ? {} : JSON.parse(body)
}

function when(which: (request: IncomingMessage) => boolean, spoil: Spoil): Spoil {
  return (request, body) => (which(request) ? spoil(request, body) : undefined)
}

const SHOWS = ['show', 'show --format yaml', 'show --json']
const PLANS = ['plan', 'plan --json --write-secrets']
const APPLIES = ['apply --yes --write-secrets', 'apply --yes --json']
const COMMANDS = [...SHOWS, ...PLANS, ...APPLIES]

/** Checks are not to keep `apply` from sending what is planted. */
function withAllowances(command: string): string[] {
  return [...command.split(' '), ...(command.startsWith('apply') ? ALLOW_ALL : [])]
}

type Kind = keyof typeof CREDENTIALS

/** Servers, with the credentials and the commands that they are tried with. */
const SERVERS: [name: string, Spoil, Kind[], string[]][] = [
  ['does all it is asked for', () => undefined, ['secret', 'key', 'token'], COMMANDS],
  ['repeats what it does not write: 400', when(isWrite, repeating(400)), ['secret'], APPLIES],
  ['repeats what it does not write: 403', when(isWrite, repeating(403)), ['key'], APPLIES],
  ['repeats what it does not write: 500', when(isWrite, repeating(500)), ['token'], APPLIES],
  ['repeats what it does not read: 401', when(isRead, repeating(401)), ['secret', 'token'], COMMANDS],
  ['repeats what it does not read: 403', when(isRead, repeating(403)), ['key'], COMMANDS],
  ['repeats credentials: 400', when(isToken, repeating(400)), ['secret', 'key'], PLANS],
  ['repeats credentials: 401', when(isToken, repeating(401)), ['secret', 'key'], PLANS],
  ['repeats credentials: 500', when(isToken, repeating(500)), ['secret', 'key'], PLANS],
  ['repeats what it was sent in a page', () => 'page', ['secret', 'token'], COMMANDS],
  ['repeats what it was sent in something else', when(isWrite, () => 'text'), ['key'], APPLIES],
  ['closes every connection', () => 'closed', ['secret'], COMMANDS],
  ['closes the connection of writes', when(isWrite, () => 'closed'), ['key'], APPLIES],
  [
    'says that it writes and does not',
    when(isWrite, () => ({ status: 200, body: '{}' })),
    ['token'],
    APPLIES,
  ],
]

/** A tenant with secrets of its own. */
async function tenantWithSecrets(): Promise<TestTenant> {
  const tenant = await startTenant()
  await tenant.put('/guardian/factors/phone/providers/twilio', {
    sid: 'AC-of-the-tenant',
    auth_token: TENANT.auth_token,
    from: '+15550000000',
  })
  await tenant.put('/guardian/factors/duo/settings', {
    host: 'api.duo.test',
    ikey: 'DI-of-the-tenant',
    skey: TENANT.skey,
  })
  return tenant
}

describe.each(SERVERS)(
  'no output and no file has anything secret where a server %s',
  (_, spoil, kinds, commands) => {
    test.each(kinds)('with a %s', async kind => {
      for (const command of commands) {
        const { url, seen } = await startInFrontOf(await tenantWithSecrets(), spoil)
        const cwd = emptyFolder()
        const outcome = await run([...withAllowances(command), '--debug'], {
          cwd,
          env: { ...ENV, ...CREDENTIALS[kind], AUTH0_DOMAIN: url },
          files: FILES,
        })
        expect(outcome.out + outcome.err).not.toBe('')
        expectNoSecret(outcome, cwd, seen)
      }
    })
  },
)

/** A file that leaves a secret of the tenant alone sends it back all the same: the API replaces the whole. */
test('nor is there a secret that the tenant has and the file does not', async () => {
  const { url } = await startInFrontOf(await tenantWithSecrets(), when(isWrite, repeating(400)))
  for (const file of [
    'factors: { duo: { host: other.test } }',
    'factors: { phone: { twilio: { from: "+1555" } } }',
  ]) {
    const cwd = emptyFolder()
    const outcome = await run(['apply', '--yes', '--json', '-c', '-', '--debug'], {
      cwd,
      env: { ...CREDENTIALS.token, AUTH0_DOMAIN: url },
      stdin: file,
    })
    expect(outcome.code).toBe(4)
    // The rest of what the server said is there, and helps.
    expect(outcome.out).toMatch(/the API answered 400 \(\\"Not with ••••••|Not with Bearer ••••••/)
    expect(outcome.out).toMatch(/other\.test|\+1555/)
    expectNoSecret(outcome, cwd)
  }
})

test('nor in what the sandbox of a folder keeps', async () => {
  const cwd = emptyFolder()
  for (const command of ['apply --yes --write-secrets', 'plan', 'show --format yaml', 'plan --json']) {
    const outcome = await run([...withAllowances(command), '--domain', 'sandbox', '--debug'], {
      cwd,
      env: ENV,
      files: FILES,
    })
    expect(outcome.code).toBe(0)
    expectNoSecret(outcome, cwd)
  }
  expect(Object.keys(filesWritten(cwd)).sort()).toEqual([
    '.mfa-config/.gitignore',
    '.mfa-config/sandbox.json',
    '.mfa-config/sandbox.json.key',
    expect.stringMatching(/^\.mfa-config\/snapshots\/sandbox-.*\.yaml$/),
  ])
})

describe('nor where the file alone is looked at', () => {
  test.each(['validate', 'validate --json', 'validate --unset-ok --json', 'plan --domain no/domain --json'])(
    '%s',
    async command => {
      const cwd = emptyFolder()
      const env = { ...ENV, ...CREDENTIALS.secret }
      expectNoSecret(await run([...command.split(' '), '--debug'], { cwd, env, files: FILES }), cwd)
    },
  )

  const long = planted('a').repeat(300)
  test.each<[string, string, Record<string, string>]>([
    ['a secret that is too long', 'factors: { duo: { skey: "${LONG}" } }', { LONG: long }],
    [
      'a key that is too long',
      'factors: { push-notification: { fcm: { server_key: "${LONG}" } } }',
      { LONG: long },
    ],
    ['a secret where a number belongs', 'factors: { email: { otp_length: "${LONG}" } }', { LONG: long }],
    ['a secret where a word belongs', 'policy: "${LONG}"', { LONG: long }],
    ['a secret in place of an object', 'factors: { duo: "${LONG}" }', { LONG: long }],
    ['a literal secret', `factors: { duo: { skey: "${long}" } }`, {}],
    ['a literal secret beside a reference', `factors: { duo: { skey: "${long}\${LONG}" } }`, { LONG: long }],
    ['a literal secret in a line that does not parse', `factors: { duo: { skey: "${long}`, {}],
    ['a literal secret under an unknown key', `factors: { duo: { secretkey: "${long}" } }`, {}],
    ['a literal secret with an open reference', `factors: { duo: { skey: "\${${long}" } }`, {}],
  ])('that has %s', async (_, file, env) => {
    for (const format of ['--json', '--debug']) {
      const cwd = emptyFolder()
      const outcome = await run(['validate', '-c', '-', format], { cwd, env, stdin: file })
      expect(outcome.code).toBe(1)
      expectNoSecret(outcome, cwd, { long })
    }
  })
})

test('credentials from a file of variables are as secret', async () => {
  const { url, seen } = await startInFrontOf(await tenantWithSecrets(), repeating(400))
  const lines = Object.entries({ ...ENV, ...CREDENTIALS.secret, AUTH0_DOMAIN: url })
  const cwd = emptyFolder()
  const outcome = await run(['plan', '--debug', '--env-file', '.env'], {
    cwd,
    files: { ...FILES, '.env': lines.map(([name, value]) => `${name}=${value}`).join('\n') },
  })
  expect(outcome.err).toMatch(/POST \/oauth\/token: the API answered 400/)
  expectNoSecret(outcome, cwd, seen)
})
