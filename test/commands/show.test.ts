import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { startSandbox } from '../../src/sandbox/server.ts'
import { CATALOGUES } from '../../src/settings/catalogue.ts'
import type { PhoneExperience } from '../../src/settings/phone-experience.ts'
import { makeTenant } from '../support/api.ts'
import { emptyFolder, json, run } from '../support/cli.ts'
import { type Fault, startFaults } from '../support/faults.ts'
import { startTenant } from '../support/sandbox.ts'
import { anyValues, entriesOf, everyValue, KINDS, kindOf, type Values } from '../support/values.ts'

type Env = Record<string, string>

/** Shows a tenant as a file, and expects that file's plan to be empty. Gives the file. */
async function roundTrip(env: Env): Promise<string> {
  const shown = await run(['show', '--format', 'yaml'], { env })
  expect(shown).toMatchObject({ code: 0, err: '' })
  const planned = await run(['plan', '-c', '-', '--json', '--detailed-exitcode'], { env, stdin: shown.out })
  expect(json(planned)).toMatchObject({ changes: [], requests: [] })
  expect(planned.code).toBe(0)
  return shown.out
}

const SECRETS = entriesOf('legacy')
  .filter(({ field }) => field.secret)
  .map(({ path }) => path)

/** Values for all there is, with secrets that can be told from everything else. */
function everything(phone?: PhoneExperience): Values {
  const hush = SECRETS.filter(path => !path.endsWith('p12') && !path.endsWith('server_credentials'))
  return new Map([
    ...everyValue(0, phone),
    ...hush.map((path, i) => [path, `hush-${i}`] as const),
    ['factors.push-notification.apns.p12', 'aHVzaC1odXNo'],
    ['factors.push-notification.fcmv1.server_credentials', '{"private_key":"hush"}'],
  ])
}
const SECRET_TEXT = /hush|aHVzaC1odXNo|private_key/

describe('a file made of what a tenant has plans no change:', () => {
  test('of a fresh tenant', async () => {
    const file = await roundTrip((await startTenant()).env)
    expect(parse(file)).toMatchObject({ policy: 'never', factors: { otp: false, 'recovery-code': false } })
  })

  test.each(KINDS)(
    'of a %s one with every setting made, where it says them all but the secrets',
    async phone => {
      const tenant = await startTenant(kindOf(phone))
      await makeTenant(tenant.url, everything(phone), phone)
      const file = await roundTrip(tenant.env)
      const said = new Set(pathsOf(parse(file)))
      const written = CATALOGUES[phone].entries.filter(({ field }) => !field.derived && !field.secret)
      // A message that has a voice too is written in the long form.
      const places = written.map(({ path, longPath }) => (phone === 'unified' ? longPath : path))
      expect([...said].sort()).toEqual(['tenant', ...places].sort())
      expect(file).not.toMatch(SECRET_TEXT)
    },
  )

  test('of one with the unified phone experience', async () => {
    const file = await roundTrip((await startTenant({ unifiedPhone: true })).env)
    expect(parse(file).factors.phone).not.toHaveProperty('provider')
    expect(parse(file).factors.phone.templates.verification_message).toHaveProperty('voice')
  })

  test('of one on the free plan', async () => {
    const file = await roundTrip((await startTenant({ plan: 'free' })).env)
    expect(file).toMatch(/^# risk\.enabled: not readable: .*plan does not include/m)
    expect(parse(file)).not.toHaveProperty('risk')
  })

  test('of one with factors that this version does not know, which are shown', async () => {
    const extraFactors = [
      { name: 'passkey', enabled: true },
      { name: 'carrier.pigeon', enabled: false },
    ]
    const { env } = await startTenant({ extraFactors })
    const file = await roundTrip(env)
    expect(file).toMatch(/# passkey: true {2}\(not known to this version; left alone\)/)
    expect(file).toMatch(/# carrier\.pigeon: false {2}\(not known/)
    expect(Object.keys(parse(file).factors)).not.toContain('passkey')
  })

  test.each(KINDS)(
    'of any %s tenant',
    async phone => {
      await fc.assert(
        fc.asyncProperty(anyValues({ dense: true, phone }), async values => {
          const sandbox = await startSandbox(kindOf(phone))
          try {
            await makeTenant(sandbox.url, values, phone)
            await roundTrip({ AUTH0_DOMAIN: sandbox.url, AUTH0_ACCESS_TOKEN: 'test' })
          } finally {
            await sandbox.close()
          }
        }),
        { numRuns: 12 },
      )
    },
    60_000,
  )

  test.each([
    '${NOT_A_REFERENCE} of {{code}}',
    '$${twice} and ${file:push.p12} and ${',
    'two\nlines\n',
    '\n',
    '   leading and trailing   ',
    '"quoted" and \'quoted\'',
    'a # is no comment: nor is this',
    '# neither is this',
    '- no list',
    '{no: map}',
    'null',
    'true',
    '0x1F',
    '🔐 ünïcödé \u2028 \u00a0 \ufeff',
    'a\ttab, a\u0007bell, a\u001b[31mcolour',
    `long ${'word '.repeat(60)}`,
    '!tag &anchor *alias %directive @at `tick` |',
  ])('of one whose text is hard to write: %j', async text => {
    const tenant = await startTenant()
    await tenant.put('/guardian/factors/phone/templates', {
      enrollment_message: text.replaceAll('{{code}}', 'code'),
      verification_message: '',
    })
    await tenant.put('/guardian/factors/duo/settings', { host: text, ikey: text })
    await tenant.patch('/prompts/mfa-push', { app_name: text })
    await roundTrip(tenant.env)
  })
})

/** The paths that a file says, in the long form. */
function pathsOf(tree: unknown, before = ''): string[] {
  if (/^factors\.[^.]+$/.test(before) && typeof tree === 'boolean') return [`${before}.enabled`]
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return [before]
  return Object.entries(tree).flatMap(([key, value]) =>
    pathsOf(value, before === '' ? key : `${before}.${key}`),
  )
}

describe('what this version could not say in a file', () => {
  const unknown: Fault[] = [
    ['/guardian/policies', ['from-the-future']],
    ['/guardian/factors/phone/selected-provider', { provider: 'carrier-pigeon' }],
    ['/guardian/factors/push-notification/selected-provider', { provider: 'owl', since: 2031 }],
    ['/guardian/factors/phone/settings', { otp_length: 12, otp_expiration_time: 7201 }],
    ['/guardian/factors/phone/message-types', { message_types: ['sms', 'whatsapp'] }],
    [
      '/guardian/factors/webauthn-roaming/settings',
      { userVerification: 'eager', overrideRelyingParty: false },
    ],
    ['/guardian/settings', { display_remember_me_checkbox: 'sometimes', remember_me_default_value: true }],
    ['/risk-assessments/settings', {}],
    ['/prompts/mfa-push', { app_name: { en: 'Acme' } }],
  ].map(([path, answer]) => ({ method: 'GET', path: String(path), rewrite: () => answer }))

  test('is a remark in the file, whose plan is empty', async () => {
    const { env } = await startFaults(await startTenant(), unknown)
    const file = await roundTrip(env)
    expect(file).toContain('# policy: from-the-future  (not known to this version)')
    expect(file).toContain('# phone.provider: carrier-pigeon  (not known to this version)')
    expect(file).toContain('# phone.otp_length: 12  (not known to this version)')
    expect(file).toContain('# phone.message_types: sms, whatsapp  (not known to this version)')
    const { factors, session } = parse(file)
    expect(factors.phone).toBe(false)
    // An answer of another shape says nothing at all, so that nothing is taken for "not set".
    expect(session).toBeUndefined()
    expect(file).toContain(
      '# session.remember_me_default_value: not readable: The answer to GET /guardian/settings',
    )
    expect(file).toContain('# enabled: not readable: The answer to GET /risk-assessments/settings')
    expect(file).toContain('# push-notification.app.name: not readable: The answer to GET /prompts/mfa-push')
  })

  test('is shown in the table and in JSON as it came', async () => {
    const { env } = await startFaults(await startTenant(), unknown)
    const { out } = await run(['show'], { env })
    expect(out).toMatch(/^ {2}policy +from-the-future$/m)
    expect(out).toMatch(/^ {2}factors\.phone\.otp_length +12$/m)
    const shown = json(await run(['show', '--json'], { env }))
    expect(shown.config).toMatchObject({
      policy: ['from-the-future'],
      factors: { phone: { provider: 'carrier-pigeon', otp_length: 12 } },
    })
  })
})

describe('the table', () => {
  test('has the tenant on top and a line for each value, in the words of the file', async () => {
    const tenant = await startTenant({ extraFactors: [{ name: 'passkey', enabled: true }] })
    await tenant.put('/guardian/factors/otp', { enabled: true })
    await tenant.put('/guardian/policies', ['all-applications'])
    const { code, out, err } = await run(['show'], { env: tenant.env })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const [name, empty, ...lines] = out.trimEnd().split('\n')
    expect([name, empty]).toEqual([new URL(tenant.url).host, ''])
    const [settings, unknown] = lines.join('\n').split('\n\n')
    const shown = (settings ?? '').split('\n').map(line => /^ {2}(\S+)( +)(.+)$/.exec(line) ?? [])
    expect(new Set(shown.map(([, path = '', space = '']) => path.length + space.length)).size).toBe(1)
    expect(Object.fromEntries(shown.map(([, path, , value]) => [path, value]))).toMatchObject({
      'factors.otp.enabled': 'on',
      'factors.phone.enabled': 'off',
      'factors.webauthn-roaming.relying_party': 'false',
      'session.mfa_session_inactivity_timeout': '7d',
      'session.remember_me_default_value': 'off',
      'risk.new_device.remember_for': '30 days',
      policy: 'always',
    })
    expect(unknown).toMatch(/^ {2}factors\.passkey {2,}on \(not known to this version; left alone\)$/)
    expect(out).not.toContain('message_types')
  })

  test('puts together what cannot be read for one reason', async () => {
    const { env } = await startTenant({ plan: 'free' })
    const { code, out } = await run(['show'], { env })
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}not readable: risk\.enabled: GET \/risk-assessments\/settings: /m)
    expect(out.match(/not readable/g)).toHaveLength(2)
  })
})

describe('the JSON document', () => {
  test('has what the tenant has, nested as in the file, times in seconds', async () => {
    const tenant = await startTenant()
    await makeTenant(tenant.url, everything())
    const shown = json(await run(['show', '--format', 'json'], { env: tenant.env }))
    expect(shown).toMatchObject({
      format: 'mfa-config/show/1',
      tenant: new URL(tenant.url).host,
      config: {
        policy: 'always',
        session: { mfa_session_inactivity_timeout: 3600 },
        factors: { duo: { skey: '••••••' }, 'push-notification': { apns: { p12: '••••••' } } },
      },
      unreadable: [],
    })
  })

  test('lists what cannot be read with the code and the reason', async () => {
    const { env } = await startFaults(await startTenant({ plan: 'free' }), [
      {
        method: 'GET',
        path: '/guardian/factors/phone/providers/twilio',
        answer: { status: 403, body: '{"errorCode":"legacy_mfa_phone_provider_not_allowed"}' },
      },
    ])
    const { unreadable } = json(await run(['show', '--json'], { env }))
    expect(unreadable).toContainEqual({
      path: 'risk.enabled',
      code: 'not_entitled',
      message: expect.stringContaining('plan does not include'),
    })
    expect(unreadable).toContainEqual({
      path: 'factors.phone.twilio.sid',
      code: 'feature_disabled',
      message: expect.stringContaining('unified phone experience'),
    })
  })

  test('lists factors that this version does not know apart, where no file can take them for its own', async () => {
    const { env } = await startTenant({ extraFactors: [{ name: 'passkey', enabled: true }] })
    const shown = json(await run(['show', '--json'], { env }))
    expect(shown.unknown).toEqual([{ path: 'factors.passkey', enabled: true }])
    expect(shown.config).not.toHaveProperty(['factors', 'passkey'])
  })
})

test.each(KINDS.flatMap(phone => ['table', 'yaml', 'json'].map(format => [format, phone] as const)))(
  'no secret is in the output as %s of a %s tenant',
  async (format, phone) => {
    const tenant = await startTenant(kindOf(phone))
    await makeTenant(tenant.url, everything(phone), phone)
    const { out, err } = await run(['show', '--format', format, '--debug'], { env: tenant.env })
    expect(out).toContain('skey')
    expect(out + err).not.toMatch(SECRET_TEXT)
    expect(out + err).not.toContain('secret-of-the-client')
  },
)

test.each(KINDS)('each resource of a %s tenant is read once', async phone => {
  const { env } = await startTenant(kindOf(phone))
  const { requests } = await run(['show'], { env })
  const paths = new Set(
    CATALOGUES[phone].settings.flatMap(({ read }) => (read ? [`GET /api/v2${read.path}`] : [])),
  )
  expect([...requests].sort()).toEqual([...paths, 'POST /oauth/token'].sort())
})

test('what one scope does not allow to be read is listed, and the rest is shown', async () => {
  const tenant = await startTenant()
  const env = { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: await tenant.token('read:guardian_factors') }
  const { code, out } = await run(['show', '--json'], { env })
  expect(code).toBe(0)
  const { config, unreadable } = JSON.parse(out)
  expect(config.factors.otp).toEqual({ enabled: false })
  expect(config).not.toHaveProperty('policy')
  expect(unreadable).toContainEqual({
    path: 'policy',
    code: 'scope_missing',
    message: expect.stringContaining('read:mfa_policies'),
  })
})

test('the tenant in the process shows as a file that the same tenant takes', async () => {
  const cwd = emptyFolder()
  const shown = await run(['show', '--domain', 'sandbox', '--format', 'yaml'], { cwd })
  expect(parse(shown.out).tenant).toBe('sandbox')
  const planned = await run(['plan', '--domain', 'sandbox', '--detailed-exitcode'], {
    cwd,
    files: { 'mfa-config.yaml': shown.out },
  })
  expect(planned.code).toBe(0)
})
