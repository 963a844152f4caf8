import { describe, expect, test } from 'vitest'
import { CATALOGUES, OF_ONE_KIND } from '../../src/settings/catalogue.ts'
import { makeTenant } from '../support/api.ts'
import { json, type Outcome, run } from '../support/cli.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'
import { entriesOf, everyValue, fileOf, KINDS, kindOf, samplesOf } from '../support/values.ts'

const TOKEN = 'POST /oauth/token'
const FACTORS = 'GET /api/v2/guardian/factors'
const POLICIES = 'GET /api/v2/guardian/policies'

const EMAIL_PROVIDER = 'GET /api/v2/emails/provider'
const DOMAINS = 'GET /api/v2/custom-domains'
const PROMPTS = 'GET /api/v2/prompts'
/** Says which kind of phone the tenant has. */
const TENANT_SETTINGS = 'GET /api/v2/tenants/settings'

/** What a file that says one thing gives checks a reason to read, beyond that thing. */
const FOR_CHECKS: Readonly<Record<string, readonly string[]>> = {
  policy: [FACTORS],
  'factors.email.enabled': [EMAIL_PROVIDER, PROMPTS, TENANT_SETTINGS],
  'factors.duo.enabled': ['GET /api/v2/guardian/factors/duo/settings', PROMPTS],
  'factors.phone.enabled': [
    ...['message-types', 'selected-provider', 'providers/twilio'].map(
      path => `GET /api/v2/guardian/factors/phone/${path}`,
    ),
    TENANT_SETTINGS,
  ],
  'factors.phone.message_types': [TENANT_SETTINGS],
  'factors.phone.provider': ['/phone/message-types', '/phone/providers/twilio', ''].map(
    path => `GET /api/v2/guardian/factors${path}`,
  ),
  'factors.push-notification.enabled': ['selected-provider', 'providers/sns', 'providers/apns'].map(
    path => `GET /api/v2/guardian/factors/push-notification/${path}`,
  ),
  'factors.push-notification.provider': [
    FACTORS,
    'GET /api/v2/guardian/factors/push-notification/providers/sns',
  ],
  'factors.webauthn-roaming.relying_party': [DOMAINS],
  'factors.webauthn-platform.relying_party': [DOMAINS],
}

const MESSAGE_TYPES = 'GET /api/v2/guardian/factors/phone/message-types'
const PROVIDERS = 'GET /api/v2/branding/phone/providers'
/** What the unified phone's provider delivers by follows from whether the phone is on, and from its message types. */
const FOR_PROVIDER = [FACTORS, MESSAGE_TYPES]

/** The same where it is another thing with the unified phone experience. */
const FOR_UNIFIED: Readonly<Record<string, readonly string[]>> = {
  ...FOR_CHECKS,
  'factors.phone.enabled': [MESSAGE_TYPES, PROVIDERS, TENANT_SETTINGS],
  'factors.phone.message_types': [PROVIDERS, TENANT_SETTINGS],
  'factors.phone.provider': FOR_PROVIDER,
  'factors.phone.twilio.sid': FOR_PROVIDER,
  'factors.phone.twilio.auth_token': FOR_PROVIDER,
  'factors.phone.twilio.from': FOR_PROVIDER,
  'factors.phone.twilio.messaging_service_sid': FOR_PROVIDER,
}

function plan(tenant: TestTenant, file: string, ...args: string[]): Promise<Outcome> {
  return run(['plan', '-c', '-', ...args], { env: tenant.env, stdin: file })
}

/** The tenant and the file of the contract's example. */
async function example(): Promise<{ tenant: TestTenant; env: Record<string, string>; file: string }> {
  const tenant = await startTenant()
  await tenant.put('/guardian/factors/sms', { enabled: true })
  await tenant.put('/guardian/factors/phone/message-types', { message_types: ['sms'] })
  await tenant.put('/guardian/factors/phone/providers/twilio', {
    sid: 'AC1',
    auth_token: 'old-hush',
    from: '+1555',
  })
  await tenant.put('/guardian/factors/phone/selected-provider', { provider: 'twilio' })
  const file = `
policy: always
factors:
  otp: true
  phone:
    message_types: [voice, sms]
    twilio: { auth_token: "\${TWILIO}", sid: AC1 }
`
  return { tenant, file, env: { ...tenant.env, TWILIO: 'new-hush' } }
}

describe('for people', () => {
  test('a plan is a line for each change, aligned, then what checks say, then a count', async () => {
    const { tenant, file, env } = await example()
    const { code, out, err } = await run(['plan', '-c', '-'], { env, stdin: file })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(`${new URL(tenant.url).host}

  ~ factors.otp.enabled              off → on
  ~ factors.phone.twilio.auth_token  •••••• → •••••• (changed)
  ~ factors.phone.message_types      sms → sms, voice
  ~ policy                           never → always

  ! F06  Recovery codes are off: a user who loses their device needs an admin.

4 changes in 4 requests, 1 warning.
`)
  })

  test('a plan that finds nothing says so', async () => {
    const tenant = await startTenant()
    const { out } = await plan(tenant, 'policy: never')
    expect(out).toBe(`${new URL(tenant.url).host}\n\nNo changes: the tenant is as the file has it.\n`)
  })

  test.each(KINDS)('a secret that cannot be compared is listed as unverified: %s', async phone => {
    const tenant = await startTenant(kindOf(phone))
    await makeTenant(tenant.url, everyValue(0, phone), phone)
    const { text, env } = fileOf(everyValue(0, phone))
    const { out } = await run(['plan', '-c', '-'], { env: { ...env, ...tenant.env }, stdin: text })
    expect(
      out.match(/^ {2}= \S+ {2}cannot be read back: unverified, sent with --write-secrets$/gm),
    ).toHaveLength(entriesOf(phone).filter(({ field }) => field.writeOnly).length)
    expect(out).toContain('No changes')
  })

  test('what is not set, none, empty or hard to see is told apart', async () => {
    const tenant = await startTenant()
    await tenant.put('/guardian/factors/sms', { enabled: true })
    await tenant.put('/guardian/factors/phone/providers/twilio', { from: '+1555' })
    const file = {
      factors: {
        phone: {
          message_types: ['sms'],
          twilio: { from: null, sid: ' AC1 ' },
          templates: { enrollment_message: '', verification_message: 'two\nlines' },
        },
      },
    }
    const { out } = await plan(tenant, JSON.stringify(file))
    expect(out).toMatch(/twilio\.from +\+1555 → not set$/m)
    expect(out).toMatch(/twilio\.sid +not set → " AC1 "$/m)
    expect(out).toMatch(/message_types +none → sms$/m)
    expect(out).toMatch(/enrollment_message +not set → ""$/m)
    expect(out).toMatch(/verification_message +not set → "two\\nlines"$/m)
  })
})

describe('the JSON document', () => {
  test('is as the contract has it: values normalised, secrets masked, what is not set null', async () => {
    const { tenant, file, env } = await example()
    const planned = await run(['plan', '-c', '-', '--json'], { env, stdin: file })
    expect(planned.code).toBe(0)
    expect(json(planned)).toStrictEqual({
      format: 'mfa-config/plan/1',
      tenant: new URL(tenant.url).host,
      environment: null,
      changes: [
        { path: 'factors.otp.enabled', before: false, after: true },
        { path: 'factors.phone.twilio.auth_token', before: '••••••', after: '••••••', secret: true },
        { path: 'factors.phone.message_types', before: ['sms'], after: ['sms', 'voice'] },
        { path: 'policy', before: 'never', after: 'always' },
      ],
      requests: [
        { method: 'PUT', path: '/guardian/factors/phone/providers/twilio' },
        { method: 'PUT', path: '/guardian/factors/otp' },
        { method: 'PUT', path: '/guardian/factors/phone/message-types' },
        { method: 'PUT', path: '/guardian/policies' },
      ],
      findings: [
        {
          check: 'F06',
          severity: 'warning',
          path: 'factors.recovery-code.enabled',
          message: 'Recovery codes are off: a user who loses their device needs an admin.',
          allowed: false,
        },
      ],
      unverified: [],
      summary: { changes: 4, requests: 4, errors: 0, confirms: 0, warnings: 1 },
    })
  })

  test('says durations in seconds, the policy in the words of the file, and null for what is not set', async () => {
    const tenant = await startTenant()
    const file = `
policy: all-applications
session: { mfa_session_inactivity_timeout: 1d }
factors: { otp: true, email: { otp_expiration_time: 2m }, duo: { skey: "\${S}", host: a.example } }
`
    const env = { ...tenant.env, S: 'hush' }
    const { changes } = json(await run(['plan', '-c', '-', '--format', 'json'], { env, stdin: file }))
    expect(changes).toEqual([
      { path: 'factors.otp.enabled', before: false, after: true },
      { path: 'factors.duo.host', before: null, after: 'a.example' },
      { path: 'factors.duo.skey', before: null, after: '••••••', secret: true },
      { path: 'factors.email.otp_expiration_time', before: 300, after: 120 },
      { path: 'session.mfa_session_inactivity_timeout', before: 604_800, after: 86_400 },
      { path: 'policy', before: 'never', after: 'always' },
    ])
  })

  test('counts what is accepted too, and says that it is', async () => {
    const tenant = await startTenant()
    const planned = await plan(tenant, 'policy: always', '--json', '--allow', 'F01', '--allow', 'f06')
    expect(json(planned)).toMatchObject({
      findings: [
        { check: 'F01', severity: 'error', allowed: true },
        { check: 'F06', severity: 'warning', allowed: true },
      ],
      summary: { errors: 1, confirms: 0, warnings: 1 },
    })
    expect(planned.err).toBe('')
  })

  test.each(KINDS)(
    'lists what is unverified, and with --write-secrets lists it as changes: %s',
    async phone => {
      const tenant = await startTenant(kindOf(phone))
      await makeTenant(tenant.url, everyValue(0, phone), phone)
      const { text, env } = fileOf(everyValue(0, phone))
      const circumstances = { env: { ...env, ...tenant.env }, stdin: text }
      const secrets = entriesOf(phone)
        .filter(({ field }) => field.writeOnly)
        .map(({ path }) => path)
      const compared = json(await run(['plan', '-c', '-', '--json'], circumstances))
      expect(compared).toMatchObject({ changes: [], requests: [] })
      expect([...(compared.unverified as string[])].sort()).toEqual([...secrets].sort())
      const unsent = (compared.findings as { check: string; path: string }[]).filter(
        ({ check }) => check === 'X03',
      )
      expect(unsent.map(({ path }) => path).sort()).toEqual([...secrets].sort())

      const sent = json(await run(['plan', '-c', '-', '--json', '--write-secrets'], circumstances))
      expect(sent.unverified).toEqual([])
      expect(JSON.stringify(sent.findings)).not.toContain('X03')
      const shown = { before: '••••••', after: '••••••', secret: true }
      expect(sent.changes).toEqual(secrets.map(path => ({ path, ...shown })))
    },
  )
})

test.each([
  ['human', [], 0],
  ['human', ['--detailed-exitcode'], 2],
  ['json', ['--json', '--detailed-exitcode'], 2],
])('the exit code of a %s plan with changes and %j is %i', async (_, args, expected) => {
  const { code } = await plan(await startTenant(), 'factors: { otp: true }', ...args)
  expect(code).toBe(expected)
})

test('without changes it is 0, and findings do not make it another', async () => {
  const tenant = await startTenant()
  await tenant.put('/guardian/policies', ['all-applications'])
  const { code, out } = await plan(tenant, 'policy: always', '--detailed-exitcode')
  expect(out).toContain('✗ F01')
  expect(code).toBe(0)
})

describe('what is read', () => {
  test.each<[string, string, string[]]>([
    [
      'otp, recovery codes and the policy',
      'policy: always\nfactors: { otp: true, recovery-code: true }',
      [FACTORS, POLICIES],
    ],
    ['a factor switched on', 'factors: { otp: true }', [FACTORS]],
    ['a factor that depends on others, switched off', 'factors: { email: false }', [FACTORS]],
    ['a factor that stands alone, switched off', 'factors: { duo: false }', [FACTORS, POLICIES]],
    ['the phone switched off', 'factors: { phone: false }', [FACTORS, POLICIES]],
    ['a policy that requires MFA', 'policy: adaptive', [FACTORS, POLICIES]],
    ['the policy never', 'policy: never', [POLICIES]],
    ['the session', 'session: { remember_me_default_value: true }', ['GET /api/v2/guardian/settings']],
    [
      'two fields of one resource',
      'session: { remember_me_default_value: true, display_remember_me_checkbox: true }',
      ['GET /api/v2/guardian/settings'],
    ],
    [
      'message types, which mean something only while the phone is on',
      'factors: { phone: { message_types: [sms] } }',
      [FACTORS, 'GET /api/v2/guardian/factors/phone/message-types', TENANT_SETTINGS],
    ],
    [
      'an object without the switch',
      'factors: { email: { otp_length: 6 } }',
      ['GET /api/v2/guardian/factors/email/settings'],
    ],
    ['the risk assessment', 'risk: { enabled: true }', ['GET /api/v2/risk-assessments/settings']],
    ['the enrolment page', 'enrollment: { show_factor_list: true }', ['GET /api/v2/tenants/settings']],
    [
      'a strict file, which asks for factors it does not mention',
      'strict: true\nenrollment: { show_factor_list: true }',
      [FACTORS, 'GET /api/v2/tenants/settings'],
    ],
    [
      'a secret that cannot be read',
      'factors: { push-notification: { fcm: { server_key: "${AUTH0_DOMAIN}" } } }',
      [],
    ],
    ['nothing but the tenant', 'strict: false', []],
  ])('for %s', async (_, file, expected) => {
    const { code, requests } = await plan(await startTenant(), file)
    expect(code).toBe(0)
    expect([...requests].sort()).toEqual([...expected, TOKEN].sort())
    expect(requests[0]).toBe(TOKEN)
  })

  test.each(KINDS)(
    'for each field alone of a %s tenant is its resource, and what a check or its switch needs',
    async phone => {
      const tenant = await startTenant(kindOf(phone))
      const forChecks = phone === 'unified' ? FOR_UNIFIED : FOR_CHECKS
      for (const entry of entriesOf(phone)) {
        const { text, env } = fileOf(new Map([[entry.path, samplesOf(entry, phone)[0]]]))
        const { requests } = await run(['plan', '-c', '-'], { env: { ...env, ...tenant.env }, stdin: text })
        const { read, onlyWhile } = entry.setting
        const isOfOneKind = OF_ONE_KIND.has(entry.setting)
        const needed = [
          ...(onlyWhile ? [FACTORS] : []),
          ...(forChecks[entry.path] ?? []),
          ...(isOfOneKind ? [TENANT_SETTINGS] : []),
        ]
        expect([...requests].sort()).toEqual(
          [...new Set([TOKEN, ...needed, ...(read ? [`GET /api/v2${read.path}`] : [])])].sort(),
        )
      }
    },
  )

  test.each(KINDS)('for a file with every setting of a %s tenant is each resource once', async phone => {
    const { text, env } = fileOf(everyValue(0, phone))
    const tenant = await startTenant(kindOf(phone))
    const { requests } = await run(['plan', '-c', '-'], { env: { ...env, ...tenant.env }, stdin: text })
    const paths = new Set(
      CATALOGUES[phone].settings.flatMap(({ read }) => (read ? [`GET /api/v2${read.path}`] : [])),
    )
    expect([...requests].sort()).toEqual([...paths, EMAIL_PROVIDER, DOMAINS, PROMPTS, TOKEN].sort())
  })

  test('needs no token request where a token is given', async () => {
    const { url } = await startTenant()
    const env = { AUTH0_DOMAIN: url, AUTH0_ACCESS_TOKEN: 'test' }
    const { requests } = await run(['plan', '-c', '-'], { env, stdin: 'policy: never' })
    expect(requests).toEqual([POLICIES])
  })
})

describe('what was accepted for nothing is noted on standard error:', () => {
  test.each([
    [
      'a check that does not fire',
      ['F01'],
      '',
      '--allow F01: it does not fire, so there is nothing to accept.\n',
    ],
    [
      'a check that this version does not make',
      ['A02'],
      '',
      '--allow A02: this version does not make that check.\n',
    ],
    [
      'both',
      ['F02', 'A01'],
      '',
      '--allow F02: it does not fire, so there is nothing to accept.\n--allow A01: this version does not make that check.\n',
    ],
    [
      'one in the file',
      [],
      'allow: [F06]',
      'allow: F06 in the file: it does not fire, so there is nothing to accept.\n',
    ],
  ])('%s', async (_, ids, file, note) => {
    const args = ids.flatMap(id => ['--allow', id])
    const { code, err, out } = await plan(
      await startTenant(),
      `factors: { otp: true }\n${file}`,
      '--json',
      ...args,
    )
    expect(err).toBe(note)
    expect(code).toBe(0)
    expect(JSON.parse(out).findings).toEqual([])
  })

  test('an error that the file accepts, which a file cannot do', async () => {
    const { err, out } = await plan(await startTenant(), 'policy: always\nallow: [F01, F06]', '--json')
    expect(err).toBe(
      'allow: F01 in the file: it is an error, which only --allow on the command line accepts.\n',
    )
    expect(JSON.parse(out).findings).toMatchObject([
      { check: 'F01', allowed: false },
      { check: 'F06', allowed: true },
    ])
  })

  test('an id that no version has is a usage error with the closest one', async () => {
    const { code, err } = await plan(await startTenant(), 'policy: never', '--allow', 'F011')
    expect(code).toBe(1)
    expect(err).toContain('Did you mean F01?')
  })
})

describe('a plan changes nothing', () => {
  test.each(KINDS)('and sends no write to a %s tenant', async phone => {
    const tenant = await startTenant(kindOf(phone))
    const { text, env } = fileOf(everyValue(0, phone))
    const { requests } = await run(['plan', '-c', '-', '--write-secrets'], {
      env: { ...env, ...tenant.env },
      stdin: text,
    })
    expect(requests.filter(request => !request.startsWith('GET ') && request !== TOKEN)).toEqual([])
    expect(await tenant.get('/guardian/policies')).toEqual([])
  })
})
