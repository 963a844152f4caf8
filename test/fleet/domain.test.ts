import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chooseDomain, type Named } from '../../src/tenant/domain.ts'
import { emptyFolder, json, run } from '../support/cli.ts'
import { startServer } from '../tenant/support/server.ts'
import { ENV, fleetFile } from './support/fleet.ts'

const at = (name: string, environmentCredentials: boolean) => ({
  domain: { name, origin: `https://${name}` },
  environmentCredentials,
})

/** What is decided, or the code and the sentence of why nothing is. */
function decided(named: Named): unknown {
  try {
    return chooseDomain(named)
  } catch (error) {
    return error
  }
}

describe('the tenant of one environment', () => {
  const one = { environment: 'prod' }

  test.each<[Omit<Named, 'environment'>, unknown]>([
    [{ pin: 'a.test' }, at('a.test', false)],
    [{ pin: 'https://A.test/' }, at('a.test', false)],
    [{ pin: 'a.test', env: 'a.test' }, at('a.test', true)],
    [{ pin: 'a.test', flag: 'a.test' }, at('a.test', true)],
    [{ env: 'a.test' }, at('a.test', true)],
    [{ pin: 'a.test', flag: 'sandbox' }, 'sandbox'],
    [{ pin: 'a.test', env: 'sandbox' }, 'sandbox'],
    [{ pin: 'a.test', flag: 'a.test', env: 'sandbox' }, at('a.test', true)],
  ])('%j', (named, target) => {
    expect(decided({ ...one, ...named })).toEqual(target)
  })

  test.each<[Omit<Named, 'environment'>, string]>([
    [
      { pin: 'a.test', env: 'b.test' },
      'AUTH0_DOMAIN is b.test, but the tenant of environment prod is a.test.',
    ],
    [{ pin: 'a.test', flag: 'b.test' }, '--domain is b.test, but the tenant of environment prod is a.test.'],
    [
      { pin: 'sandbox', flag: 'b.test' },
      '--domain is b.test, but the tenant of environment prod is sandbox.',
    ],
    // No file sends a run there that is meant for a tenant.
    [
      { pin: 'sandbox', env: 'b.test' },
      'AUTH0_DOMAIN is b.test, but the tenant of environment prod is sandbox.',
    ],
  ])('%j differ', (named, message) => {
    expect(decided({ ...one, ...named })).toMatchObject({
      code: 'tenant_mismatch',
      message: `${message} Nothing was sent to either.`,
    })
  })

  test.each([{ ...one }, { ...one, isOneOfMany: true }, { ...one, isOneOfMany: true, env: 'a.test' }])(
    'is not the sandbox because the file says so: %j',
    named => {
      expect(decided({ ...named, pin: ' sandbox ' })).toMatchObject({
        code: 'tenant_mismatch',
        message: expect.stringContaining('--domain sandbox or AUTH0_DOMAIN=sandbox alone'),
      })
    },
  )

  test.each<Omit<Named, 'environment'>>([{ pin: 'x/y' }, { pin: 'x/y', env: 'a.test' }])(
    '%j is named where it is no domain',
    named => {
      expect(decided({ ...one, ...named })).toMatchObject({
        code: 'usage',
        message: 'The tenant of environment prod is "x/y", which is no domain. It is like acme.eu.auth0.com.',
      })
    },
  )
})

describe('the tenants of a fleet', () => {
  const many = { environment: 'prod', isOneOfMany: true }

  test.each<[Omit<Named, 'environment'>, unknown]>([
    // AUTH0_DOMAIN says only where the credentials of variables may go.
    [{ pin: 'a.test' }, at('a.test', false)],
    [{ pin: 'a.test', env: 'b.test' }, at('a.test', false)],
    [{ pin: 'a.test', env: 'https://a.test/' }, at('a.test', true)],
    [{ pin: 'a.test', env: 'a.test:8443' }, at('a.test', false)],
    [{ pin: 'a.test', env: 'sandbox' }, 'sandbox'],
    [{ pin: 'a.test', flag: 'sandbox' }, 'sandbox'],
    [{ flag: 'sandbox' }, 'sandbox'],
  ])('%j', (named, target) => {
    expect(decided({ ...many, ...named })).toEqual(target)
  })

  test.each<[Omit<Named, 'environment'>, string, string]>([
    [{ env: 'a.test' }, 'credentials_missing', 'Environment prod has no tenant.'],
    [{}, 'credentials_missing', 'Environment prod has no tenant.'],
    [
      { pin: 'a.test', flag: 'a.test' },
      'usage',
      '--domain names one tenant, and these are several environments.',
    ],
    [{ pin: 'a.test', flag: ' ' }, 'usage', '--domain is empty.'],
    [{ pin: 'a.test', env: 'x/y' }, 'usage', 'AUTH0_DOMAIN is "x/y"'],
  ])('%j is refused', (named, code, message) => {
    expect(decided({ ...many, ...named })).toMatchObject({ code, message: expect.stringContaining(message) })
  })
})

describe('--domain with --all', () => {
  test.each(['plan', 'show', 'apply --yes', 'doctor'])('%s speaks to nobody', async command => {
    const server = await startServer()
    const files = fleetFile({ policy: 'never' }, { one: { url: server.url }, two: {} })
    const args = [...command.split(' '), '--all', '--domain', server.url]
    const outcome = await run(args, { files, env: { ...ENV, ...server.env } })
    expect(outcome).toMatchObject({ code: 1, requests: [] })
    expect(outcome.out + outcome.err).toContain('Only --domain sandbox takes all.')
  })

  test('diff --live neither', async () => {
    const server = await startServer()
    const files = fleetFile({}, { one: { url: server.url }, two: { url: server.url } })
    const args = ['diff', '--env', 'one', '--env', 'two', '--live', '--domain', server.url]
    expect(await run(args, { files, env: ENV })).toMatchObject({ code: 1, requests: [] })
  })
})

describe('the sandbox', () => {
  const FILE = {
    'mfa-config.yaml': `factors: { otp: true }
environments:
  dev: { tenant: acme-dev.eu.auth0.com }
  "prod/eu": { tenant: acme.eu.auth0.com, factors: { email: true } }
`,
  }
  const SANDBOX = ['--domain', 'sandbox']

  test('is another tenant for each environment, and for a file without any', async () => {
    const cwd = emptyFolder()
    expect(await run(['apply', '--all', '--yes', ...SANDBOX], { cwd, files: FILE })).toMatchObject({
      code: 0,
    })
    const shown = async (...flags: string[]): Promise<unknown> =>
      json(await run(['show', '--json', ...SANDBOX, ...flags], { cwd })).config
    expect(await shown('--env', 'dev')).toMatchObject({
      factors: { otp: { enabled: true }, email: { enabled: false } },
    })
    expect(await shown('--env', 'prod/eu')).toMatchObject({
      factors: { otp: { enabled: true }, email: { enabled: true } },
    })
    expect(await shown()).toMatchObject({ factors: { otp: { enabled: false }, email: { enabled: false } } })
  })

  test('needs no credentials, and none of an environment go there', async () => {
    const files = {
      'mfa-config.yaml': `policy: never
environments: { prod: { tenant: acme.eu.auth0.com, credentials: { access_token: "\${TOKEN}" } } }`,
    }
    const outcome = await run(['plan', '--all', ...SANDBOX], { files, env: { TOKEN: 'spaces are no token' } })
    expect(outcome).toMatchObject({ code: 0, err: '' })
    expect(outcome.out).toMatch(/^sandbox \(prod\)\n/)
  })

  test('sandbox --reset empties that of every environment', async () => {
    const cwd = emptyFolder()
    await run(['apply', '--all', '--yes', ...SANDBOX], { cwd, files: FILE })
    await run(['apply', '-c', '-', '--yes', ...SANDBOX], {
      cwd,
      stdin: 'factors: { duo: { skey: "${S}", ikey: DIXX, host: api-1.duosecurity.com } }',
      env: { S: 'secret-of-duo-0123456789' },
    })
    const folder = join(cwd, '.mfa-config')
    const kept = (): string[] => readdirSync(folder).filter(name => name.startsWith('sandbox'))
    expect(kept()).toEqual(
      expect.arrayContaining([
        'sandbox.dev.json',
        expect.stringMatching(/^sandbox\.~[\da-f]{32}\.json$/),
        'sandbox.json',
        'sandbox.json.key',
      ]),
    )
    const outcome = await run(['sandbox', '--reset'], { cwd })
    expect(outcome).toMatchObject({ code: 0, err: expect.stringMatching(/empty/) })
    expect(kept()).toEqual([])
    expect(existsSync(join(folder, 'snapshots'))).toBe(true)
    expect((await run(['plan', '--all', '--detailed-exitcode', ...SANDBOX], { cwd })).code).toBe(2)
  })

  test('sandbox --reset where nothing is kept is no error', async () => {
    expect(await run(['sandbox', '--reset'])).toMatchObject({ code: 0 })
  })
})
