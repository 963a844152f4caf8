import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ALLOW_ALL } from '../support/allow.ts'
import { emptyFolder, json, run, writeFiles } from '../support/cli.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'
import { startServer } from '../tenant/support/server.ts'

const FILE = `policy: always
factors: { otp: true, recovery-code: true, email: { enabled: true, otp_length: 8 } }
session: { mfa_session_overall_timeout: 20d }`

/** A tenant that `apply` has changed, and the folder with the snapshot of what it was. */
async function applied() {
  const tenant = await startTenant()
  await tenant.put('/guardian/factors/webauthn-roaming', { enabled: true })
  const before = await stateOf(tenant)
  const cwd = emptyFolder()
  const args = ['apply', '-c', '-', '--yes', '--json', ...ALLOW_ALL]
  const done = await run(args, { env: tenant.env, cwd, stdin: FILE })
  expect(done.code).toBe(0)
  const file = String(json(done).snapshot)
  return { tenant, before, cwd, file, name: basename(file, '.yaml') }
}

async function stateOf(tenant: TestTenant): Promise<unknown> {
  const paths = [
    '/guardian/factors',
    '/guardian/policies',
    '/guardian/settings',
    '/guardian/factors/email/settings',
  ]
  return Promise.all(paths.map(path => tenant.get(path)))
}

test('a snapshot says at its top how to go back to it', async () => {
  const { file } = await applied()
  expect(readFileSync(file, 'utf8')).toMatch(/^# To go back: mfa-config restore THIS_FILE$/m)
  const cwd = emptyFolder()
  const files = { 'mfa-config.yaml': 'environments: { dev: { factors: { otp: true } } }' }
  const { code, err } = await run(['apply', '--env', 'dev', '--yes', '--domain', 'sandbox'], { cwd, files })
  expect(code, err).toBe(0)
  const [name = ''] = readdirSync(join(cwd, '.mfa-config/snapshots'))
  const saved = readFileSync(join(cwd, '.mfa-config/snapshots', name), 'utf8')
  expect(saved).toMatch(/^# To go back: mfa-config restore THIS_FILE --env dev$/m)
})

describe('restore makes a tenant what it was', () => {
  test.each<[what: string, named: (given: { file: string; name: string; cwd: string }) => string]>([
    ['the path of a snapshot', ({ file }) => file],
    ['its path from here', ({ name }) => `.mfa-config/snapshots/${name}.yaml`],
    ['its name', ({ name }) => `${name}.yaml`],
    ['its name without the ending', ({ name }) => name],
  ])('by %s', async (_, named) => {
    const { tenant, before, ...given } = await applied()
    expect(await stateOf(tenant)).not.toEqual(before)
    const args = ['restore', named(given), '--yes', ...ALLOW_ALL]
    const { code, out, err } = await run(args, { env: tenant.env, cwd: given.cwd })
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringContaining('is saved in .mfa-config/snapshots/'),
    })
    expect(out).toMatch(/^ {2}~ policy +always → never$/m)
    expect(await stateOf(tenant)).toEqual(before)
    // And what it was before that was saved, too.
    expect(readdirSync(join(given.cwd, '.mfa-config/snapshots'))).toHaveLength(2)
  })

  test('after a question, which is about what it shows', async () => {
    const { tenant, cwd, name, before } = await applied()
    const after = await stateOf(tenant)
    const no = await run(['restore', name, ...ALLOW_ALL], { env: tenant.env, cwd, answers: [false] })
    expect(no.code).toBe(130)
    expect(no.questions).toEqual([`Make 6 changes to ${new URL(tenant.url).host}?`])
    expect(no.out).toContain('policy')
    expect(await stateOf(tenant)).toEqual(after)
    const yes = await run(['restore', name, ...ALLOW_ALL], { env: tenant.env, cwd, answers: [true] })
    expect(yes.code).toBe(0)
    expect(await stateOf(tenant)).toEqual(before)
  })

  test('past the same checks as any file', async () => {
    const { tenant, cwd, name } = await applied()
    const outcome = await run(['restore', name, '--yes', '--json'], { env: tenant.env, cwd })
    expect(outcome.code).toBe(3)
    expect(json(outcome)).toMatchObject({ error: { code: 'check_failed' }, findings: expect.any(Array) })
    const asked = await run(['restore', name, '--yes'], { env: tenant.env, cwd, answers: [false] })
    expect(asked.code).toBe(3)
    expect(asked.questions).toEqual([expect.stringMatching(/^P06 .* Go on\?$/)])
  })

  test('and nothing where it is that already', async () => {
    const { tenant, cwd, name } = await applied()
    await run(['restore', name, '--yes', ...ALLOW_ALL], { env: tenant.env, cwd })
    const again = await run(['restore', name, '--yes', '--json', ...ALLOW_ALL], { env: tenant.env, cwd })
    expect(json(again)).toMatchObject({ applied: [], verified: true, snapshot: null })
  })

  test('on the sandbox', async () => {
    const cwd = emptyFolder()
    const sandbox = ['--domain', 'sandbox', '--yes', '--json']
    const done = await run(['apply', '-c', '-', ...sandbox], { cwd, stdin: 'factors: { otp: true }' })
    const back = await run(['restore', basename(String(json(done).snapshot)), ...sandbox], { cwd })
    expect(json(back)).toMatchObject({
      tenant: 'sandbox',
      applied: [{ path: 'factors.otp.enabled', after: false }],
    })
  })
})

describe('which snapshot', () => {
  const SNAPSHOTS = [
    'acme_1-2026-01-02T030405.000Z',
    'zeta-2025-12-31T235959.000Z',
    'acme_1-2026-02-01T000000.000Z',
  ]

  async function withSnapshots(names: readonly string[]) {
    const cwd = emptyFolder()
    const files = names.map(name => [`.mfa-config/snapshots/${name}.yaml`, 'policy: never'])
    await writeFiles(cwd, Object.fromEntries(files))
    return cwd
  }

  test('is asked where none is named, and the latest are told', async () => {
    const outcome = await run(['restore', '--yes'], { cwd: await withSnapshots(SNAPSHOTS) })
    expect(outcome).toMatchObject({ code: 1, out: '', requests: [] })
    expect(outcome.err).toBe(`Error: Which snapshot? The latest are:
  ${SNAPSHOTS[2]}.yaml
  ${SNAPSHOTS[0]}.yaml
  ${SNAPSHOTS[1]}.yaml
`)
  })

  test('ten of them at most', async () => {
    const many = Array.from({ length: 14 }, (_, i) => `acme-2026-01-${10 + i}T000000.000Z`)
    const outcome = await run(['restore', '--yes', '--json'], { cwd: await withSnapshots(many) })
    const { problems } = JSON.parse(outcome.out).error
    expect(problems.map(({ message }: { message: string }) => message)).toEqual(
      many
        .toReversed()
        .slice(0, 10)
        .map(name => `${name}.yaml`),
    )
  })

  test('is none where apply has saved none', async () => {
    expect((await run(['restore', '--yes'])).err).toBe(
      'Error: Which snapshot? There is none here: apply saves one before its first write.\n',
    )
  })

  test('of another name is a usage error, with the closest', async () => {
    const cwd = await withSnapshots(SNAPSHOTS)
    const close = await run(['restore', 'acme_1-2026-01-02T030405.00Z', '--yes'], { cwd })
    expect(close.err).toBe(
      `Error: There is no snapshot acme_1-2026-01-02T030405.00Z. Did you mean ${SNAPSHOTS[0]}.yaml?\n`,
    )
    const far = await run(['restore', 'x', '--yes', '--json'], { cwd })
    expect(json(far)).toMatchObject({
      error: { code: 'usage', message: 'There is no snapshot x. The latest are:', problems: [{}, {}, {}] },
    })
  })

  test('is a file here before it is the name of one that was saved', async () => {
    const cwd = await withSnapshots(['same'])
    await writeFiles(cwd, { same: 'policy: sometimes' })
    const outcome = await run(['restore', 'same', '--yes', '--domain', 'sandbox'], { cwd })
    expect(outcome.err).toContain('same:1:1')
  })

  test('needs somebody to ask, or --yes', async () => {
    const outcome = await run(['restore', 'acme_1-2026-01-02T030405.000Z'], {
      cwd: await withSnapshots(SNAPSHOTS),
    })
    expect(outcome).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no terminal to ask on.'),
    })
  })
})

describe('restore --env', () => {
  const TOKEN = 'token-of-prod'

  /** A snapshot of `prod`, in a folder whose file has it and another environment. */
  async function withEnvironments() {
    const [prod, other] = [await startServer(), await startServer()]
    const credentials = { access_token: '${PROD_TOKEN}' }
    const environments = {
      prod: { tenant: prod.url, credentials, policy: 'always', factors: { duo: { skey: '${NOT_SET}' } } },
      other: { tenant: other.url, credentials },
      homeless: { credentials },
    }
    const cwd = emptyFolder()
    await writeFiles(cwd, {
      'mfa-config.yaml': JSON.stringify({ environments }),
      'old.yaml': `tenant: ${prod.name}\npolicy: never\n`,
      'bare.yaml': 'policy: never\n',
    })
    return { prod, other, cwd, env: { PROD_TOKEN: TOKEN } }
  }

  test('speaks to that tenant with its credentials, of a file of which nothing else counts', async () => {
    const { prod, cwd, env } = await withEnvironments()
    const outcome = await run(['restore', 'old.yaml', '--env', 'prod', '--yes', '--json'], { cwd, env })
    expect(json(outcome)).toMatchObject({
      environment: 'prod',
      tenant: prod.name,
      applied: [],
      verified: true,
    })
    expect(prod.lines()).toContain('GET /guardian/policies')
    for (const { headers } of prod.got) expect(headers.authorization).toBe(`Bearer ${TOKEN}`)
  })

  test('refuses a snapshot of another tenant, whatever names that', async () => {
    const { prod, other, cwd, env } = await withEnvironments()
    const variable = { ...env, AUTH0_DOMAIN: other.url }
    const outcomes = [
      [await run(['restore', 'old.yaml', '--env', 'other', '--yes', '--json'], { cwd, env }), 'other'],
      [
        await run(['restore', 'old.yaml', '--env', 'homeless', '--yes', '--json'], { cwd, env: variable }),
        'homeless',
      ],
      [
        await run(['restore', 'old.yaml', '--env', 'homeless', '--yes', '--json', '--domain', other.url], {
          cwd,
          env,
        }),
        'homeless',
      ],
    ] as const
    for (const [outcome, environment] of outcomes) {
      expect(outcome).toMatchObject({ code: 1, requests: [] })
      expect(json(outcome)).toMatchObject({
        error: {
          code: 'tenant_mismatch',
          message: `The snapshot is of ${prod.name}, and environment ${environment} is ${other.name}. Nothing was sent to either.`,
        },
      })
    }
  })

  test('takes one that names no tenant, and any on the sandbox', async () => {
    const { cwd, env } = await withEnvironments()
    expect((await run(['restore', 'bare.yaml', '--env', 'other', '--yes'], { cwd, env })).code).toBe(0)
    for (const environment of ['other', 'prod', 'homeless']) {
      const args = ['restore', 'old.yaml', '--env', environment, '--yes', '--domain', 'sandbox']
      expect(await run(args, { cwd, env })).toMatchObject({
        code: 0,
        out: expect.stringContaining('sandbox'),
      })
    }
  })

  test('names one environment, which there is', async () => {
    const { cwd, env } = await withEnvironments()
    const two = await run(['restore', 'old.yaml', '--env', 'prod', '--env', 'other', '--yes'], { cwd, env })
    expect(two).toMatchObject({ code: 1, requests: [] })
    const none = await run(['restore', 'old.yaml', '--env', 'prd', '--yes'], { cwd, env })
    expect(none.err).toContain('Did you mean prod?')
  })
})

test('without --env a snapshot is a file as any other: its tenant is its pin', async () => {
  const [named, other] = [await startServer(), await startServer()]
  const files = { 'old.yaml': `tenant: ${named.name}\npolicy: never` }
  const outcome = await run(['restore', 'old.yaml', '--yes', '--json'], { files, env: other.env })
  expect(json(outcome)).toMatchObject({ error: { code: 'tenant_mismatch' } })
  expect([...named.got, ...other.got]).toEqual([])
  expect((await run(['restore', 'old.yaml', '--yes'], { files, env: named.env })).code).toBe(0)
})

test('a snapshot has no secret in it, and restoring leaves them as they are', async () => {
  const tenant = await startTenant()
  await tenant.put('/guardian/factors/phone/providers/twilio', {
    sid: 'AC1',
    from: '+1555',
    auth_token: 'old-Hush-83hFz',
  })
  const cwd = emptyFolder()
  const stdin = 'factors: { phone: { twilio: { sid: AC2, auth_token: "${T}" } } }'
  const env = { ...tenant.env, T: 'new-Hush-Kq29x' }
  const done = await run(['apply', '-c', '-', '--yes', '--json'], { env, cwd, stdin })
  const file = String(json(done).snapshot)
  expect(readFileSync(file, 'utf8')).not.toMatch(/Hush/)
  const back = await run(['restore', file, '--yes', '--json'], { env: tenant.env, cwd })
  expect(back.code).toBe(0)
  expect(await tenant.get('/guardian/factors/phone/providers/twilio')).toMatchObject({
    sid: 'AC1',
    auth_token: 'new-Hush-Kq29x',
  })
})
