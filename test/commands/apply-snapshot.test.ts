import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ALLOW_ALL } from '../support/allow.ts'
import { makeTenant } from '../support/api.ts'
import { emptyFolder, json, run } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant } from '../support/sandbox.ts'
import { everyValue, fileOf, KINDS, kindOf } from '../support/values.ts'

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5)
const FILE = 'policy: always\nfactors: { otp: true, recovery-code: true }'

describe('before its first write, apply saves what it read of the tenant', () => {
  test('in the private folder, for this user alone, named after the tenant and the time', async () => {
    const { env, url } = await startTenant()
    const cwd = emptyFolder()
    const done = await run(['apply', '-c', '-', '--yes', '--json'], { env, cwd, stdin: FILE, now: () => NOW })
    const host = new URL(url).host
    const file = join(
      cwd,
      '.mfa-config',
      'snapshots',
      `${host.replace(':', '_')}-2026-01-02T030405.000Z.yaml`,
    )
    expect(json(done)).toMatchObject({ snapshot: file })
    expect(done.err).toContain(relative(cwd, file))
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    for (const folder of ['.mfa-config', '.mfa-config/snapshots'])
      expect((await stat(join(cwd, folder))).mode & 0o777).toBe(0o700)
    expect(await readFile(join(cwd, '.mfa-config', '.gitignore'), 'utf8')).toBe('*\n')
    expect(await readdir(join(cwd, '.mfa-config', 'snapshots'))).toHaveLength(1)
  })

  test('with no request of its own, and nothing of what it did not read', async () => {
    const tenant = await startTenant()
    const cwd = emptyFolder()
    const saving = await run(['apply', '-c', '-', '--yes', '--json'], { env: tenant.env, cwd, stdin: FILE })
    const text = await readFile(String(json(saving).snapshot), 'utf8')
    expect(parse(text)).toEqual({
      tenant: new URL(tenant.url).host,
      policy: 'never',
      factors: {
        otp: false,
        phone: false,
        'push-notification': false,
        'webauthn-roaming': false,
        duo: false,
        email: false,
        'webauthn-platform': false,
        'recovery-code': false,
      },
    })
    const other = await startTenant()
    const notSaving = await run(['apply', '-c', '-', '--yes', '--snapshot', 'none'], {
      env: other.env,
      stdin: FILE,
    })
    expect(saving.requests).toEqual(notSaving.requests)
  })

  test('before, not after: a first write that fails leaves it there', async () => {
    const faults = await startFaults(await startTenant(), [
      { method: 'PUT', path: '/guardian/factors/otp', answer: { status: 500, body: '{}' } },
    ])
    const failed = await run(['apply', '-c', '-', '--yes', '--json'], { env: faults.env, stdin: FILE })
    expect(failed.code).toBe(4)
    expect(parse(await readFile(String(json(failed).snapshot), 'utf8'))).toMatchObject({ policy: 'never' })
  })

  test('and none where it stops before that', async () => {
    const { env } = await startTenant()
    const cwd = emptyFolder()
    await run(['apply', '-c', '-', '--yes'], { env, cwd, stdin: 'policy: always' })
    await run(['apply', '-c', '-', '--yes'], { env, cwd, stdin: 'policy: never' })
    await run(['apply', '-c', '-'], { env, cwd, stdin: FILE, answers: [false] })
    expect(await readdir(cwd)).toEqual([])
  })
})

test.each(KINDS)(
  'a snapshot of a %s tenant has no secret, and its head names those that it cannot restore',
  async phone => {
    const tenant = await startTenant(kindOf(phone))
    const before = new Map([
      ...everyValue(0, phone),
      ['factors.duo.skey', 'old-hush'] as const,
      ['factors.phone.twilio.auth_token', 'older-hush'] as const,
    ])
    await makeTenant(tenant.url, before, phone)
    const after = new Map([
      ...everyValue(1, phone),
      ['factors.phone.enabled', true] as const,
      ['factors.duo.skey', 'new-hush'] as const,
    ])
    const { text, env } = fileOf(after)
    const done = await run(['apply', '-c', '-', '--yes', '--json', ...ALLOW_ALL], {
      env: { ...env, ...tenant.env },
      stdin: text,
    })
    expect(done.code).toBe(0)
    const snapshot = await readFile(String(json(done).snapshot), 'utf8')
    expect(snapshot).not.toMatch(/hush|second|Zmlyc3Q=|c2Vjb25k/)
    const cannot = /^# It cannot restore secrets: (.*)\.$/m.exec(snapshot)?.[1]?.split(', ').sort()
    expect(cannot).toEqual([
      'factors.duo.skey',
      'factors.phone.twilio.auth_token',
      'factors.push-notification.apns.p12',
      'factors.push-notification.fcm.server_key',
      'factors.push-notification.fcmv1.server_credentials',
      'factors.push-notification.sns.aws_secret_access_key',
    ])
  },
)

test('a snapshot of a provider that becomes another names the token that it may lose, and takes it', async () => {
  const tenant = await startTenant({
    unifiedPhone: true,
    actions: [{ trigger: 'custom-phone-provider', name: 'Send' }],
  })
  await tenant.post('/branding/phone/providers', {
    name: 'twilio',
    configuration: { sid: 'AC1', default_from: '+1555', delivery_methods: ['text'] },
    credentials: { auth_token: 'hush' },
  })
  const cwd = emptyFolder()
  const command = (stdin: string, ...more: string[]) =>
    run(['apply', '--yes', '--json', '-c', '-', ...more], { env: { ...tenant.env, T: 'hush' }, cwd, stdin })
  const done = await command('factors: { phone: { provider: custom } }')
  expect(done.code).toBe(0)
  const snapshot = await readFile(String(json(done).snapshot), 'utf8')
  expect(snapshot).toContain('# It cannot restore secrets: factors.phone.twilio.auth_token.\n')
  expect(snapshot).toContain('# Where a check misses one of them, add it.\n')

  const back = await command(snapshot)
  expect(back.code).toBe(3)
  expect(json(back).findings).toContainEqual(
    expect.objectContaining({ check: 'H07', severity: 'confirm', path: 'factors.phone.twilio.auth_token' }),
  )
  const added = snapshot.replace(/# (auth_token: )\S+/, '$1${T}')
  expect((await command(added)).code).toBe(0)
  expect(await tenant.get('/branding/phone/providers')).toMatchObject({
    providers: [{ name: 'twilio', configuration: { sid: 'AC1', default_from: '+1555' } }],
  })
})

describe('applying a snapshot', () => {
  test('brings back what the tenant had', async () => {
    const tenant = await startTenant()
    await tenant.put('/guardian/factors/sms', { enabled: true })
    await tenant.put('/guardian/factors/phone/message-types', { message_types: ['voice'] })
    await tenant.put('/guardian/policies', ['confidence-score'])
    await tenant.put('/guardian/factors/webauthn-roaming/settings', {
      userVerification: 'required',
      overrideRelyingParty: true,
      relyingPartyIdentifier: 'auth.acme.com',
    })
    const paths = [
      '/guardian/factors',
      '/guardian/policies',
      '/guardian/factors/phone/message-types',
      '/guardian/factors/webauthn-roaming/settings',
      '/guardian/settings',
    ]
    const before = await Promise.all(paths.map(path => tenant.get(path)))
    const file = `
policy: always
factors:
  otp: true
  phone: { enabled: false, message_types: [sms] }
  webauthn-roaming: { enabled: true, user_verification: preferred, relying_party: false }
session: { mfa_session_inactivity_timeout: 1h }
`
    const done = await run(['apply', '-c', '-', '--yes', '--json', '--allow', 'W03'], {
      env: tenant.env,
      stdin: file,
    })
    expect(done.code).toBe(0)
    expect(await tenant.get('/guardian/factors/phone/message-types')).toEqual({ message_types: [] })

    const back = await run(['apply', '-c', String(json(done).snapshot), '--yes', '--json', ...ALLOW_ALL], {
      env: tenant.env,
    })
    expect(back.code).toBe(0)
    expect(json(back)).toMatchObject({ verified: true })
    expect(await Promise.all(paths.map(path => tenant.get(path)))).toEqual(before)
  })

  test('to another tenant is refused before any request', async () => {
    const tenant = await startTenant()
    const done = await run(['apply', '-c', '-', '--yes', '--json'], { env: tenant.env, stdin: FILE })
    const other = await startTenant()
    const refused = await run(['apply', '-c', String(json(done).snapshot), '--yes', '--json'], {
      env: other.env,
    })
    expect(refused.requests).toEqual([])
    expect(json(refused)).toMatchObject({ error: { code: 'tenant_mismatch' } })
  })

  test('says what it cannot take away, since it was not set', async () => {
    const tenant = await startTenant()
    const stdin = 'factors: { duo: { host: a.example } }'
    const done = await run(['apply', '-c', '-', '--yes', '--json'], { env: tenant.env, stdin })
    const snapshot = await readFile(String(json(done).snapshot), 'utf8')
    expect(snapshot).toContain('# It cannot take away what was not set before: factors.duo.host.')
  })
})

describe('--snapshot', () => {
  test('none saves nothing, and says so in the document', async () => {
    const { env } = await startTenant()
    const cwd = emptyFolder()
    const done = await run(['apply', '-c', '-', '--yes', '--json', '--snapshot', 'none'], {
      env,
      cwd,
      stdin: FILE,
    })
    expect(json(done)).toMatchObject({ snapshot: null })
    expect(done.err).toBe('')
    expect(await readdir(cwd)).toEqual([])
  })

  test('with a folder saves there, making it for this user alone', async () => {
    const { env } = await startTenant()
    const cwd = emptyFolder()
    const args = ['apply', '-c', '-', '--yes', '--json', '--snapshot', 'kept/here']
    const done = await run(args, { env, cwd, stdin: FILE })
    const [file = ''] = await readdir(join(cwd, 'kept', 'here'))
    expect(json(done)).toMatchObject({ snapshot: join(cwd, 'kept', 'here', file) })
    expect((await stat(join(cwd, 'kept', 'here'))).mode & 0o777).toBe(0o700)
    expect((await stat(join(cwd, 'kept', 'here', file))).mode & 0o777).toBe(0o600)
    expect(await readdir(cwd)).toEqual(['kept'])
  })

  test('where nothing can be saved stops apply, nothing written', async () => {
    const faults = await startFaults(await startTenant())
    const args = ['apply', '-c', '-', '--yes', '--json', '--snapshot', 'taken/here']
    const stopped = await run(args, { env: faults.env, stdin: FILE, files: { taken: 'a file' } })
    expect(stopped.code).toBe(1)
    expect(json(stopped)).toMatchObject({
      error: { code: 'usage', message: expect.stringContaining('nothing was changed') },
    })
    expect(faults.writes()).toEqual([])
  })
})
