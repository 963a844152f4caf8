import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { chooseDomain, type Named, parseDomain } from '../../src/tenant/domain.ts'
import { json, run } from '../support/cli.ts'
import { startServer } from './support/server.ts'

/** The error that something throws; a `UserError`, or the test fails. */
function errorOf(action: () => unknown): UserError {
  try {
    action()
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}

describe('a domain is understood as it is pasted', () => {
  test.each([
    ['acme.eu.auth0.com', 'acme.eu.auth0.com', 'https://acme.eu.auth0.com'],
    ['https://acme.eu.auth0.com/', 'acme.eu.auth0.com', 'https://acme.eu.auth0.com'],
    ['https://acme.eu.auth0.com', 'acme.eu.auth0.com', 'https://acme.eu.auth0.com'],
    ['  acme.eu.auth0.com/ \n', 'acme.eu.auth0.com', 'https://acme.eu.auth0.com'],
    ['HTTPS://ACME.eu.Auth0.com', 'acme.eu.auth0.com', 'https://acme.eu.auth0.com'],
    ['acme.eu.auth0.com:443', 'acme.eu.auth0.com', 'https://acme.eu.auth0.com'],
    ['acme.eu.auth0.com:8443', 'acme.eu.auth0.com:8443', 'https://acme.eu.auth0.com:8443'],
    ['localhost:8443', 'localhost:8443', 'https://localhost:8443'],
    ['http://localhost:8787', 'localhost:8787', 'http://localhost:8787'],
    ['http://127.0.0.1:8787/', '127.0.0.1:8787', 'http://127.0.0.1:8787'],
    ['http://127.1.2.3', '127.1.2.3', 'http://127.1.2.3'],
    ['http://[::1]:8787', '[::1]:8787', 'http://[::1]:8787'],
    ['[::1]:8787', '[::1]:8787', 'https://[::1]:8787'],
  ])('%j', (given, name, origin) => {
    expect(parseDomain(given, 'AUTH0_DOMAIN')).toEqual({ name, origin })
  })

  test.each([
    '',
    'acme eu auth0 com',
    'https://acme.eu.auth0.com/api/v2/',
    'acme.eu.auth0.com/api',
    'acme.eu.auth0.com?x=1',
    'acme.eu.auth0.com#x',
    'user@acme.eu.auth0.com',
    'https://user:word@acme.eu.auth0.com',
    'https://:word@acme.eu.auth0.com',
    'http://127.0.0.1@acme.eu.auth0.com',
    'ftp://acme.eu.auth0.com',
    'file:///etc/passwd',
    'acme.eu.auth0.com:99999',
    'https://',
  ])('%j is none', given => {
    const error = errorOf(() => parseDomain(given, 'AUTH0_DOMAIN'))
    expect(error.code).toBe('usage')
    expect(error.message).toMatch(/^AUTH0_DOMAIN is (".*", which is )?no domain\. It is like acme/)
    expect(error.message).not.toContain('word')
  })

  test.each([
    'http://acme.eu.auth0.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'http://[::2]',
    'HTTP://acme.eu.auth0.com',
  ])('%j is refused: without TLS only this machine is spoken to', given => {
    const error = errorOf(() => parseDomain(given, '--domain'))
    expect(error.code).toBe('usage')
    expect(error.message).toBe(
      `--domain is "${given}": without TLS only this machine is spoken to. Use https.`,
    )
  })
})

describe('the tenant is the one that the flag, the environment and the file agree on', () => {
  const at = (name: string, environmentCredentials: boolean, scheme = 'https') => ({
    domain: { name, origin: `${scheme}://${name}` },
    environmentCredentials,
  })

  test.each<[Named, ReturnType<typeof chooseDomain>]>([
    [{ flag: 'a.test' }, at('a.test', true)],
    [{ env: 'a.test' }, at('a.test', true)],
    // A file alone never gets credentials from the environment.
    [{ pin: 'a.test' }, at('a.test', false)],
    [{ flag: 'a.test', env: 'https://a.test/', pin: 'A.TEST:443' }, at('a.test', true)],
    [{ env: 'a.test', pin: 'a.test' }, at('a.test', true)],
    [{ flag: 'a.test', pin: 'a.test' }, at('a.test', true)],
    [{ env: '', pin: 'a.test' }, at('a.test', false)],
    // The flag's way of reaching it goes first.
    [{ flag: 'http://localhost:1', env: 'localhost:1' }, at('localhost:1', true, 'http')],
    [{ env: 'http://localhost:1', pin: 'localhost:1' }, at('localhost:1', true, 'http')],
    // The sandbox takes any file, and the flag goes before the variable.
    [{ flag: 'sandbox' }, 'sandbox'],
    [{ env: 'sandbox' }, 'sandbox'],
    [{ env: ' sandbox\n' }, 'sandbox'],
    [{ pin: 'sandbox' }, 'sandbox'],
    [{ env: '', pin: 'sandbox' }, 'sandbox'],
    [{ flag: 'sandbox', env: 'a.test', pin: 'b.test' }, 'sandbox'],
    [{ env: 'sandbox', pin: 'b.test' }, 'sandbox'],
    [{ flag: 'a.test', env: 'sandbox' }, at('a.test', true)],
    [{ flag: 'a.test', env: 'sandbox', pin: 'a.test' }, at('a.test', true)],
  ])('%j', (named, target) => {
    expect(chooseDomain(named)).toEqual(target)
  })

  test.each<[Named, string, string]>([
    [{ flag: 'a.test', env: 'b.test' }, '--domain is a.test', 'AUTH0_DOMAIN is b.test'],
    [{ flag: 'a.test', pin: 'b.test' }, '--domain is a.test', "the file's tenant is b.test"],
    [{ env: 'a.test', pin: 'b.test' }, 'AUTH0_DOMAIN is a.test', "the file's tenant is b.test"],
    [{ flag: 'a.test', env: 'a.test', pin: 'b.test' }, '--domain is a.test', "the file's tenant is b.test"],
    [{ flag: 'a.test', env: 'b.test', pin: 'a.test' }, '--domain is a.test', 'AUTH0_DOMAIN is b.test'],
    [{ env: 'a.test', pin: 'a.test:8443' }, 'AUTH0_DOMAIN is a.test', "the file's tenant is a.test:8443"],
    // A file for the sandbox is not for a real tenant.
    [{ env: 'a.test', pin: 'sandbox' }, 'AUTH0_DOMAIN is a.test', "the file's tenant is sandbox"],
  ])('%j differ', (named, first, other) => {
    const error = errorOf(() => chooseDomain(named))
    expect(error.code).toBe('tenant_mismatch')
    expect(error.message).toBe(`${first}, but ${other}. Nothing was sent to either.`)
  })

  test('none at all is said, with the way out', () => {
    const error = errorOf(() => chooseDomain({}))
    expect(error.code).toBe('credentials_missing')
    expect(error.message).toBe('Which tenant? Set AUTH0_DOMAIN, or try --domain sandbox.')
  })

  test('an empty --domain is no way to say "another one"', () => {
    expect(errorOf(() => chooseDomain({ flag: ' ', env: 'a.test' }))).toMatchObject({
      code: 'usage',
      message: '--domain is empty. It is like acme.eu.auth0.com.',
    })
  })

  test.each<[Named, string]>([
    [{ flag: 'x/y', env: 'a.test' }, '--domain'],
    [{ flag: 'a.test', env: 'x/y' }, 'AUTH0_DOMAIN'],
    [{ env: 'a.test', pin: 'x/y' }, "The file's tenant"],
  ])('%j: each place is checked, and named', (named, what) => {
    expect(errorOf(() => chooseDomain(named))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining(`${what} is "x/y"`),
    })
  })
})

describe('where they do not agree, no request is sent', () => {
  const file = 'policy: always\ntenant: acme.eu.auth0.com\n'

  test.each(['plan', 'show', 'apply --yes'])('%s', async command => {
    const server = await startServer()
    const outcome = await run([...command.split(' '), '-c', '-', '--json'], { env: server.env, stdin: file })
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'tenant_mismatch',
        message: `AUTH0_DOMAIN is ${server.name}, but the file's tenant is acme.eu.auth0.com. Nothing was sent to either.`,
      },
    })
    expect(outcome).toMatchObject({ code: 1, requests: [] })
    expect(server.got).toEqual([])
  })

  test('a flag that differs from the variable', async () => {
    const [one, other] = [await startServer(), await startServer()]
    const outcome = await run(['plan', '-c', '-', '--domain', one.url], {
      env: other.env,
      stdin: 'policy: always',
    })
    expect(outcome.err).toBe(
      `Error: --domain is ${one.name}, but AUTH0_DOMAIN is ${other.name}. Nothing was sent to either.\n`,
    )
    expect([...one.got, ...other.got]).toEqual([])
  })
})

test('a file alone sends credentials of the environment nowhere', async () => {
  const server = await startServer()
  const { AUTH0_DOMAIN, ...credentials } = server.env
  const outcome = await run(['plan', '-c', '-', '--json'], {
    env: { ...credentials, AUTH0_ACCESS_TOKEN: 'token' },
    stdin: `policy: always\ntenant: ${AUTH0_DOMAIN}`,
  })
  expect(outcome.code).toBe(1)
  expect(json(outcome)).toMatchObject({
    error: {
      code: 'credentials_missing',
      message: expect.stringContaining(
        `The file is for ${server.name}, but neither AUTH0_DOMAIN nor --domain names it.`,
      ),
    },
  })
  expect(server.got).toEqual([])
})

test.each([
  ['--domain', (url: string) => ({ flags: ['--domain', url], env: {} })],
  ['AUTH0_DOMAIN', (url: string) => ({ flags: [], env: { AUTH0_DOMAIN: url } })],
  ['both, and the file', (url: string) => ({ flags: ['--domain', `${url}/`], env: { AUTH0_DOMAIN: url } })],
])('the tenant that %s names is spoken to', async (_, named) => {
  const server = await startServer()
  const { flags, env } = named(server.url)
  const outcome = await run(['plan', '-c', '-', ...flags], {
    env: { ...env, AUTH0_ACCESS_TOKEN: 'token' },
    stdin: `policy: never\ntenant: ${server.name}`,
  })
  expect(outcome.out).toMatch(new RegExp(`^${server.name}\n`))
  expect(server.lines()).toEqual(['GET /guardian/policies'])
})

test('the sandbox takes a file for any tenant, and sends no credentials there', async () => {
  const server = await startServer()
  const outcome = await run(['plan', '-c', '-', '--domain', 'sandbox'], {
    env: server.env,
    stdin: 'factors: { otp: true }\ntenant: acme.eu.auth0.com',
  })
  expect(outcome.code).toBe(0)
  expect(outcome.out).toMatch(/^sandbox\n/)
  expect(outcome.requests).toEqual(['GET /api/v2/guardian/factors'])
  expect(server.got).toEqual([])
})
