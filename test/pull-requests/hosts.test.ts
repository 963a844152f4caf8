import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { json } from '../support/cli.ts'
import { type ScriptedServer, startServer } from '../tenant/support/server.ts'
import { ENV, leaksIn, onMachine, SECRETS } from './support/planted.ts'

type Tree = Readonly<Record<string, unknown>>
interface Way {
  readonly files?: Record<string, string>
  readonly stdin?: string
  readonly flags?: readonly string[]
}

const yaml = (tree: Tree): string => JSON.stringify({ policy: 'never', ...tree }, null, 2)

/** Every place at which a pull request can write an environment. */
const WAYS: Readonly<Record<string, (environments: Tree) => Way>> = {
  'in the file': environments => ({ files: { 'mfa-config.yaml': yaml({ environments }) } }),
  'in an imported file': environments => ({
    files: { 'mfa-config.yaml': '$import: base.yaml\n', 'base.yaml': yaml({ environments }) },
  }),
  'in an imported file, laid over by none': environments => ({
    files: {
      'mfa-config.yaml': yaml({ $import: 'base.yaml', environments: { evil: {}, good: {} } }),
      'base.yaml': yaml({ environments }),
    },
  }),
  'on standard input': environments => ({ stdin: yaml({ environments }), flags: ['-c', '-'] }),
  'in package.json': environments => ({
    files: { 'package.json': JSON.stringify({ 'mfa-config': { policy: 'never', environments } }) },
  }),
}

const { AUTH0_ACCESS_TOKEN: _, ...BY_SECRET } = ENV
const { AUTH0_CLIENT_SECRET: __, ...BY_KEY } = BY_SECRET
const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()

const MACHINES = {
  'by a secret': { ...BY_SECRET, AUTH0_ACCESS_TOKEN: '' },
  'by a token': ENV,
  'by a key': { ...BY_KEY, AUTH0_CLIENT_SECRET: '', AUTH0_ACCESS_TOKEN: '' },
}

/** The tenant that the machine is for, and one that somebody else has put up. */
async function hosts() {
  const [good, evil] = [await startServer(), await startServer()]
  const environments = { good: { tenant: good.url }, evil: { tenant: evil.url } }
  return { good, evil, environments }
}

/** What a server was sent in headers and bodies. */
function sentTo({ got }: ScriptedServer): string {
  return got.map(({ headers, body }) => `${headers.authorization ?? ''}\n${body}`).join('\n')
}

const COMMANDS = ['plan', 'apply --yes', 'show', 'doctor']

describe.each(Object.entries(WAYS))('a tenant that is written %s', (_, way) => {
  test.each(Object.entries(MACHINES))('gets no credentials of the machine: %s', async (_, machine) => {
    for (const command of COMMANDS) {
      const { good, evil, environments } = await hosts()
      const { flags = [], files, stdin } = way(environments)
      const env = { ...machine, AUTH0_DOMAIN: good.url }
      const outcome = await onMachine([...command.split(' '), '--all', '--json', ...flags], {
        files: { ...files, 'keys/own.pem': KEY },
        ...(stdin !== undefined && { stdin }),
        env,
      })
      expect(evil.got).toEqual([])
      expect(good.got.length).toBeGreaterThan(0)
      expect(outcome.code).toBe(1)
      expect(outcome.out).toContain(
        `Environment evil is for ${evil.name}, but neither AUTH0_DOMAIN nor --domain names it.`,
      )
      expect(leaksIn(outcome)).toEqual([])
    }
  })

  test.each(COMMANDS)('is spoken to by no run of its own: %s', async command => {
    const { good, evil, environments } = await hosts()
    const { flags = [], ...given } = way(environments)
    const args = [...command.split(' '), '--env', 'evil', '--json', ...flags]
    const outcomes = [
      [await onMachine(args, { ...given, env: { AUTH0_DOMAIN: good.url } }), 'Nothing was sent to either.'],
      [await onMachine([...args, '--domain', good.url], given), 'Nothing was sent to either.'],
      [await onMachine(args, given), 'neither AUTH0_DOMAIN nor --domain names it'],
    ] as const
    for (const [outcome, message] of outcomes) {
      expect(outcome).toMatchObject({ code: 1, requests: [] })
      expect(outcome.out).toContain(message)
    }
    expect([...good.got, ...evil.got]).toEqual([])
  })
})

describe("credentials that refer to the tool's own", () => {
  const FORMS: Readonly<Record<string, Tree>> = {
    'a secret': { client_id: '${AUTH0_CLIENT_ID}', client_secret: '${AUTH0_CLIENT_SECRET}' },
    'a secret by another name': { client_id: '${PROD_ID}', client_secret: '${SAME_AS_OWN}' },
    'a secret among others': { client_id: '${PROD_ID}', client_secret: '${ALL_OF_OWN}' },
    'a secret in a file': { client_id: '${PROD_ID}', client_secret: '${file:copies/own.env}' },
    'the id alone': { client_id: '${AUTH0_CLIENT_ID}', client_secret: '${PROD_SECRET}' },
    'a token': { access_token: '${AUTH0_ACCESS_TOKEN}' },
    'a token made of two': { access_token: '${PROD_TOKEN}${AUTH0_ACCESS_TOKEN}' },
    'the secret as a token': { access_token: '${AUTH0_CLIENT_SECRET}' },
    'the key': { client_id: '${PROD_ID}', signing_key: '${file:keys/own.pem}' },
    'a copy of the key': { client_id: '${PROD_ID}', signing_key: '${file:copies/own.pem}' },
  }

  test.each(Object.entries(FORMS))('go to no host but the one that was named: %s', async (_, credentials) => {
    for (const [name, way] of Object.entries(WAYS)) {
      const { good, evil } = await hosts()
      const { flags = [], ...given } = way({ good: {}, evil: { tenant: evil.url, credentials } })
      const runs = [
        onMachine(['plan', '--env', 'evil', '--json', ...flags], given),
        onMachine(['plan', '--all', '--json', ...flags], { ...given, env: { AUTH0_DOMAIN: good.url } }),
      ]
      for (const outcome of await Promise.all(runs)) {
        expect(outcome.code, name).toBe(1)
        expect(outcome.out).toContain('its credentials are those of AUTH0_… variables')
        expect(leaksIn(outcome)).toEqual([])
      }
      expect(evil.got).toEqual([])
    }
  })

  test.each([
    { client_id: '${PROD_ID}', client_secret: '${OWN_KEY}' },
    { client_id: '${OWN_KEY}', client_secret: '${PROD_SECRET}' },
    { access_token: '${file:keys/own.pem}' },
  ])('are no private key anywhere but under signing_key: %j', async credentials => {
    for (const [name, way] of Object.entries(WAYS)) {
      const { evil } = await hosts()
      const { flags = [], ...given } = way({ good: {}, evil: { tenant: evil.url, credentials } })
      const outcome = await onMachine(['plan', '--env', 'evil', '--json', ...flags], given)
      expect(outcome.code, name).toBe(1)
      expect(outcome.out).toContain('holds a private key, which is not sent anywhere')
      expect(leaksIn(outcome)).toEqual([])
      expect(evil.got).toEqual([])
    }
  })

  test.each([
    ['AUTH0_DOMAIN', ['--env', 'own'], (url: string) => ({ AUTH0_DOMAIN: url })],
    ['AUTH0_DOMAIN, one of many', ['--all'], (url: string) => ({ AUTH0_DOMAIN: url })],
    ['--domain', ['--env', 'own', '--domain', 'URL'], () => ({})],
  ])('do go to the host that %s names', async (_, flags, env) => {
    const { good } = await hosts()
    const credentials = FORMS['a token']
    const files = { 'mfa-config.yaml': yaml({ environments: { own: { tenant: good.url, credentials } } }) }
    const args = ['plan', ...flags.map(flag => flag.replace('URL', good.url))]
    expect(await onMachine(args, { files, env: env(good.url) })).toMatchObject({ code: 0 })
    expect(sentTo(good)).toBe(`Bearer ${SECRETS.ownToken}\n`)
  })
})

describe('each environment with credentials of its own', () => {
  test('gets these, and none of another or of the machine', async () => {
    const [one, two, own] = [await startServer(), await startServer(), await startServer()]
    const environments = {
      one: { tenant: one.url, credentials: { client_id: '${PROD_ID}', client_secret: '${PROD_SECRET}' } },
      two: { tenant: two.url, credentials: { access_token: '${PROD_TOKEN}' } },
      own: { tenant: own.url },
    }
    const outcome = await onMachine(['plan', '--all', '--json'], {
      files: { 'mfa-config.yaml': yaml({ environments }) },
      env: { AUTH0_DOMAIN: own.url },
    })
    expect(outcome.code).toBe(0)
    const seen = [one, two, own].map(sentTo)
    const holds = (text: string, names: readonly (keyof typeof SECRETS)[]): void => {
      for (const [name, secret] of Object.entries(SECRETS))
        expect(text.includes(secret), name).toBe(names.some(known => known === name))
    }
    holds(seen[0] ?? '', ['prodSecret'])
    holds(seen[1] ?? '', ['prodToken'])
    holds(seen[2] ?? '', ['ownToken'])
    expect(leaksIn(outcome)).toEqual([])
  })

  test('diff --live asks each tenant with its own', async () => {
    const [one, evil] = [await startServer(), await startServer()]
    const environments = {
      one: { tenant: one.url, credentials: { access_token: '${PROD_TOKEN}' } },
      evil: { tenant: evil.url },
    }
    const files = { 'mfa-config.yaml': yaml({ environments }) }
    const args = ['diff', '--live', '--env', 'one', '--env', 'evil', '--json']
    const outcome = await onMachine(args, { files })
    expect(json(outcome)).toMatchObject({ error: { code: 'credentials_missing' } })
    expect(evil.got).toEqual([])
    expect(leaksIn(outcome)).toEqual([])
  })
})

test('a file of variables does not move a run to another host', async () => {
  const { good, evil } = await hosts()
  const outcome = await onMachine(['plan', '--env-file', '.env', '--json'], {
    files: { 'mfa-config.yaml': 'policy: never', '.env': `AUTH0_DOMAIN=${evil.url}\n` },
    env: { AUTH0_DOMAIN: good.url },
  })
  expect(outcome.code).toBe(0)
  expect(evil.got).toEqual([])
})

test('init --from-tenant goes where a file says as little as any command does', async () => {
  const { evil, environments } = await hosts()
  const files = { 'given.yaml': yaml({ environments }) }
  const outcome = await onMachine(['init', '--from-tenant', '-c', 'given.yaml', '--env', 'evil', '--json'], {
    files,
  })
  expect(json(outcome)).toMatchObject({ error: { code: 'credentials_missing' } })
  expect(evil.got).toEqual([])
})

describe('a snapshot is a file as any other', () => {
  test('its tenant gets no credentials of the machine', async () => {
    const { evil } = await hosts()
    const files = { 'old.yaml': yaml({ tenant: evil.url }) }
    const outcome = await onMachine(['restore', 'old.yaml', '--yes', '--json'], { files })
    expect(json(outcome)).toMatchObject({ error: { code: 'credentials_missing' } })
    expect(evil.got).toEqual([])
  })

  test('nor those of an environment that it is not of', async () => {
    const { good, evil } = await hosts()
    const environments = {
      good: { tenant: good.url, credentials: { access_token: '${PROD_TOKEN}' } },
      bare: {},
    }
    const files = { 'old.yaml': yaml({ tenant: evil.url }), 'mfa-config.yaml': yaml({ environments }) }
    for (const environment of ['good', 'bare']) {
      const args = ['restore', 'old.yaml', '--yes', '--json', '--env', environment]
      const outcome = await onMachine(args, { files, env: { AUTH0_DOMAIN: good.url } })
      expect(json(outcome)).toMatchObject({ error: { code: 'tenant_mismatch' } })
      expect(outcome.requests).toEqual([])
    }
  })

  test.each(['${AUTH0_CLIENT_SECRET}', '${PROD_SECRET}', '${SAME_AS_PROD}', '${file:keys/prod.pem}'])(
    'and refers to no credentials: %s',
    async text => {
      const { good } = await hosts()
      const environments = {
        good: { tenant: good.url, credentials: { access_token: '${PROD_TOKEN}' } },
        prod: { credentials: { client_id: '${PROD_ID}', client_secret: '${PROD_SECRET}' } },
        test: { credentials: { client_id: '${PROD_ID}', signing_key: '${file:keys/prod.pem}' } },
      }
      const files = {
        'old.yaml': yaml({ factors: { duo: { host: text } } }),
        'mfa-config.yaml': yaml({ environments }),
      }
      const outcome = await onMachine(['restore', 'old.yaml', '--yes', '--json', '--env', 'good'], { files })
      expect(outcome).toMatchObject({ code: 1, requests: [] })
      expect(outcome.out).toContain("holds this tool's own credentials")
      expect(leaksIn(outcome)).toEqual([])
    },
  )
})
