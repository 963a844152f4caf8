import { describe, expect, test } from 'vitest'
import { CATALOGUES } from '../../src/settings/catalogue.ts'
import { ALLOW_ALL } from '../support/allow.ts'
import { type Circumstances, emptyFolder, json, type Outcome, run } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant } from '../support/sandbox.ts'
import { everyValue, fileOf, KINDS, kindOf } from '../support/values.ts'

const FILE = 'policy: always\nfactors: { otp: true, recovery-code: true }'
const APPLIED = [
  { path: 'factors.otp.enabled', before: false, after: true },
  { path: 'factors.recovery-code.enabled', before: false, after: true },
  { path: 'policy', before: 'never', after: 'always' },
]

/** What a run wrote, as `PUT /guardian/factors/otp`. */
function writesOf({ requests }: Outcome): string[] {
  return requests
    .filter(request => !request.startsWith('GET ') && request !== 'POST /oauth/token')
    .map(request => request.replace('/api/v2', ''))
}

function apply(args: readonly string[], circumstances: Circumstances): Promise<Outcome> {
  return run(['apply', '-c', '-', '--snapshot', 'none', ...args], circumstances)
}

describe('apply', () => {
  test('makes the tenant what the file says, reads it back, and tells', async () => {
    const tenant = await startTenant()
    const done = await apply(['--yes', '--json'], { env: tenant.env, stdin: FILE })
    expect(done).toMatchObject({ code: 0, err: '' })
    expect(json(done)).toStrictEqual({
      format: 'mfa-config/apply/1',
      tenant: new URL(tenant.url).host,
      environment: null,
      applied: APPLIED,
      failed: [],
      notAttempted: [],
      verified: true,
      snapshot: null,
    })
    expect(writesOf(done)).toEqual([
      'PUT /guardian/factors/otp',
      'PUT /guardian/factors/recovery-code',
      'PUT /guardian/policies',
    ])
    expect(done.requests.slice(-2).sort()).toEqual([
      'GET /api/v2/guardian/factors',
      'GET /api/v2/guardian/policies',
    ])
    expect(await tenant.get('/guardian/policies')).toEqual(['all-applications'])
  })

  test('tells people the plan, then what was done', async () => {
    const tenant = await startTenant()
    const { out, err, code } = await apply(['--yes'], { env: tenant.env, stdin: FILE })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(`${new URL(tenant.url).host}

  ~ factors.otp.enabled            off → on
  ~ factors.recovery-code.enabled  off → on
  ~ policy                         never → always

3 changes in 3 requests.

  ✓ factors.otp.enabled            off → on
  ✓ factors.recovery-code.enabled  off → on
  ✓ policy                         never → always

3 changes applied, read back and as it should be.
`)
  })

  test('that finds nothing to do writes nothing, asks nothing, and says so in the same document', async () => {
    const { env } = await startTenant()
    const nothing = await apply(['--json'], { env, stdin: 'policy: never', answers: [] })
    expect(nothing).toMatchObject({ code: 0, questions: [] })
    expect(writesOf(nothing)).toEqual([])
    expect(json(nothing)).toMatchObject({
      format: 'mfa-config/apply/1',
      applied: [],
      failed: [],
      notAttempted: [],
      verified: true,
      snapshot: null,
    })
    expect(json(nothing)).not.toHaveProperty('error')
    const { out } = await apply(['--yes'], { env, stdin: 'policy: never' })
    expect(out).toMatch(/\n\nNo changes: the tenant is as the file has it\.\n$/)
  })

  test('reads again only what it wrote, and the switch that this depends on', async () => {
    const { env } = await startTenant()
    const file =
      'enrollment: { show_factor_list: true }\nfactors: { phone: { enabled: true, message_types: [sms] }, otp: false }'
    const { code, requests } = await apply(['--yes'], { env, stdin: file })
    expect(code).toBe(0)
    const last = requests.findLastIndex(request => !request.startsWith('GET '))
    expect(requests.slice(last + 1).sort()).toEqual([
      'GET /api/v2/guardian/factors',
      'GET /api/v2/guardian/factors/phone/message-types',
      'GET /api/v2/tenants/settings',
    ])
  })

  test.each(KINDS)('of every setting of a %s tenant sends one write for each resource', async phone => {
    const tenant = await startTenant(kindOf(phone))
    const { text, env } = fileOf(everyValue(0, phone))
    const done = await apply(['--yes', '--json', ...ALLOW_ALL], {
      env: { ...env, ...tenant.env },
      stdin: text,
    })
    expect(done.code).toBe(0)
    expect(json(done)).toMatchObject({ verified: true, failed: [] })
    const writes = writesOf(done).map(request => request.split(' ')[1])
    expect([...writes].sort()).toEqual(CATALOGUES[phone].settings.map(({ write }) => write.path).sort())
  })

  test.each(KINDS)('sends secrets that cannot be compared again with --write-secrets: %s', async phone => {
    const tenant = await startTenant(kindOf(phone))
    const { text, env } = fileOf(everyValue(0, phone))
    const circumstances = { env: { ...env, ...tenant.env }, stdin: text }
    await apply(['--yes', ...ALLOW_ALL], circumstances)
    const again = await apply(['--yes', '--json', '--write-secrets', ...ALLOW_ALL], circumstances)
    expect(writesOf(again).map(request => request.replace(/pro_.*/, 'ID'))).toEqual([
      ...(phone === 'unified' ? ['PATCH /branding/phone/providers/ID'] : []),
      'PUT /guardian/factors/push-notification/providers/sns',
      'PUT /guardian/factors/push-notification/providers/apns',
      'PUT /guardian/factors/push-notification/providers/fcm',
      'PUT /guardian/factors/push-notification/providers/fcmv1',
    ])
    expect(json(again)).toMatchObject({ verified: true })
    expect(again.code).toBe(0)
  })

  test('takes secrets from the environment and shows them nowhere', async () => {
    const tenant = await startTenant()
    const file = 'factors: { duo: { enabled: true, host: a.example, ikey: "${IKEY}", skey: "${SKEY}" } }'
    const env = { ...tenant.env, IKEY: 'open', SKEY: 'hush' }
    for (const args of [
      ['--yes', '--debug'],
      ['--yes', '--json', '--debug'],
    ]) {
      const { out, err } = await apply(args, { env, stdin: file })
      expect(out + err).not.toMatch(/hush|secret-of-the-client/)
      await tenant.put('/guardian/factors/duo/settings', {})
    }
    await apply(['--yes'], { env, stdin: file })
    expect(await tenant.get('/guardian/factors/duo/settings')).toMatchObject({ skey: 'hush', ikey: 'open' })
  })

  test('never touches a factor that this version does not know', async () => {
    const tenant = await startTenant({ extraFactors: [{ name: 'passkey', enabled: true }] })
    const done = await apply(['--yes'], { env: tenant.env, stdin: FILE })
    expect(done.code).toBe(0)
    expect(writesOf(done).filter(write => write.includes('passkey'))).toEqual([])
    expect(await tenant.get('/guardian/factors')).toContainEqual(
      expect.objectContaining({ name: 'passkey', enabled: true }),
    )
  })

  test('of the tenant in the process is kept for the next run in the same folder', async () => {
    const cwd = emptyFolder()
    const args = ['-c', '-', '--domain', 'sandbox']
    const planned = await run(['plan', ...args, '--detailed-exitcode'], { cwd, stdin: FILE })
    const done = await run(['apply', ...args, '--yes'], { cwd, stdin: FILE })
    const again = await run(['plan', ...args, '--detailed-exitcode'], { cwd, stdin: FILE })
    expect([planned.code, done.code, again.code]).toEqual([2, 0, 0])
    expect(again.out).toMatch(/^sandbox\n\nNo changes/)
  })
})

describe('before the first write', () => {
  test('a person is asked once', async () => {
    const tenant = await startTenant()
    const done = await apply([], { env: tenant.env, stdin: FILE, answers: [true] })
    expect(done.questions).toEqual([`Make 3 changes to ${new URL(tenant.url).host}?`])
    expect(done.code).toBe(0)
    expect(writesOf(done)).toHaveLength(3)
  })

  test('a person who says no stops it', async () => {
    const { env } = await startTenant()
    const stopped = await apply([], { env, stdin: FILE, answers: [false] })
    expect(stopped.code).not.toBe(0)
    expect(writesOf(stopped)).toEqual([])
    expect(stopped.err).toContain('Nothing was written')
  })

  test('nobody is asked with --yes', async () => {
    const { env } = await startTenant()
    const done = await apply(['--yes'], { env, stdin: FILE, answers: [] })
    expect(done).toMatchObject({ code: 0, questions: [] })
  })

  test('without a terminal and without --yes there is nobody to ask: no request is sent at all', async () => {
    const { env } = await startTenant()
    const stopped = await apply(['--json'], { env, stdin: FILE })
    expect(stopped).toMatchObject({ code: 1, requests: [] })
    expect(json(stopped)).toMatchObject({
      error: { code: 'usage', message: expect.stringContaining('--yes') },
    })
  })
})

describe('a check', () => {
  test.each([
    ['JSON', ['--json']],
    ['JSON by its other name', ['--format', 'json']],
  ])('that finds an error stops it with 3, nothing written: %s', async (_, args) => {
    const { env } = await startTenant()
    const stopped = await apply(['--yes', ...args], { env, stdin: 'policy: always' })
    expect(stopped.code).toBe(3)
    expect(writesOf(stopped)).toEqual([])
    expect(json(stopped)).toStrictEqual({
      format: 'mfa-config/error/1',
      error: { code: 'check_failed', message: expect.stringContaining('--allow F01'), problems: [] },
      findings: [
        expect.objectContaining({ check: 'F01', severity: 'error', path: 'policy', allowed: false }),
        expect.objectContaining({ check: 'F06', severity: 'warning' }),
      ],
    })
  })

  test('shows people the plan all the same', async () => {
    const { env } = await startTenant()
    const { code, out, err } = await apply(['--yes'], { env, stdin: 'policy: always' })
    expect(code).toBe(3)
    expect(out).toContain('✗ F01  MFA is required')
    expect(err).toContain('F01 stands in the way, and nothing was written.')
  })

  test('stops it even where nothing would be written', async () => {
    const tenant = await startTenant()
    await tenant.put('/guardian/policies', ['all-applications'])
    const stopped = await apply(['--yes'], { env: tenant.env, stdin: 'policy: always' })
    expect(stopped.code).toBe(3)
  })

  test('is not answered by a person where it finds an error', async () => {
    const { env } = await startTenant()
    const stopped = await apply([], { env, stdin: 'policy: always', answers: [true, true] })
    expect(stopped).toMatchObject({ code: 3, questions: [] })
  })

  test('that is accepted on the command line does not stop it; in the file an error cannot be', async () => {
    const { env } = await startTenant()
    const inFile = await apply(['--yes'], { env, stdin: 'policy: always\nallow: [F01]' })
    expect(inFile.code).toBe(3)
    const onLine = await apply(['--yes', '--allow', 'F01'], { env, stdin: 'policy: always' })
    expect(onLine.code).toBe(0)
    expect(onLine.out).toContain('(accepted)')
  })

  test('that warns does not stop it', async () => {
    const { env } = await startTenant()
    const done = await apply(['--yes'], { env, stdin: 'policy: always\nfactors: { otp: true }' })
    expect(done.out).toContain('! F06')
    expect(done.code).toBe(0)
  })
})

describe('a finding that needs a person', () => {
  const strict = 'strict: true\nenrollment: { show_factor_list: true }'
  async function tenantWithTwoFactors() {
    const tenant = await startTenant()
    await tenant.put('/guardian/factors/otp', { enabled: true })
    await tenant.put('/guardian/factors/email', { enabled: true })
    return tenant
  }

  test('is asked about by itself, one by one, before the final question', async () => {
    const { env } = await tenantWithTwoFactors()
    const done = await apply([], { env, stdin: strict, answers: [true, true, true] })
    expect(done.code).toBe(0)
    expect(done.questions).toEqual([
      expect.stringMatching(/^F12 {2}otp is on, .* Go on\?$/),
      expect.stringMatching(/^F12 {2}email is on, .* Go on\?$/),
      expect.stringMatching(/^Make 1 change to /),
    ])
  })

  test('is asked about with --yes too, which answers the final question alone', async () => {
    const { env } = await tenantWithTwoFactors()
    const done = await apply(['--yes'], { env, stdin: strict, answers: [true, true] })
    expect(done.questions).toHaveLength(2)
    expect(done.code).toBe(0)
    expect(writesOf(done)).toHaveLength(1)
  })

  test('that is answered with no stops it with 3, and the rest is not asked', async () => {
    const { env } = await tenantWithTwoFactors()
    const stopped = await apply([], { env, stdin: strict, answers: [true, false, true] })
    expect(stopped.code).toBe(3)
    expect(stopped.questions).toHaveLength(2)
    expect(writesOf(stopped)).toEqual([])
  })

  test('stops it with 3 where there is no terminal, whatever --yes says', async () => {
    const { env } = await tenantWithTwoFactors()
    const stopped = await apply(['--yes', '--json'], { env, stdin: strict })
    expect(stopped).toMatchObject({ code: 3, questions: [] })
    expect(writesOf(stopped)).toEqual([])
    expect(json(stopped)).toMatchObject({
      error: { code: 'check_failed' },
      findings: [{ check: 'F12' }, { check: 'F12' }],
    })
  })

  test.each([
    ['on the command line', ['--allow', 'F12'], ''],
    ['in the file', [], 'allow: [F12]'],
  ])('that is accepted %s does not', async (_, args, line) => {
    const { env } = await tenantWithTwoFactors()
    const done = await apply(['--yes', ...args], { env, stdin: `${strict}\n${line}` })
    expect(done.code).toBe(0)
  })
})

describe('what the token may not do', () => {
  const file = 'factors: { otp: true }\nsession: { remember_me_default_value: true }\npolicy: never'
  const read = ['read:guardian_factors', 'read:tenant_settings', 'read:mfa_policies']

  test('is found before the first write where its scopes are known', async () => {
    const tenant = await startTenant()
    const env = {
      AUTH0_DOMAIN: tenant.url,
      AUTH0_ACCESS_TOKEN: await tenant.token(...read, 'update:guardian_factors'),
    }
    const stopped = await apply(['--yes', '--json'], { env, stdin: file })
    expect(stopped.code).toBe(1)
    expect(writesOf(stopped)).toEqual([])
    expect(json(stopped)).toMatchObject({
      error: {
        code: 'scope_missing',
        problems: [
          {
            path: 'session.remember_me_default_value',
            message: expect.stringContaining('update:tenant_settings'),
          },
        ],
      },
    })
  })

  test('is no matter where nothing needs it', async () => {
    const tenant = await startTenant()
    const env = {
      AUTH0_DOMAIN: tenant.url,
      AUTH0_ACCESS_TOKEN: await tenant.token(...read, 'update:guardian_factors'),
    }
    const done = await apply(['--yes'], { env, stdin: 'factors: { otp: true }\npolicy: never' })
    expect(done.code).toBe(0)
  })

  test('is left to the API where its scopes are not known', async () => {
    const tenant = await startTenant()
    const faults = await startFaults(tenant, [
      {
        method: 'PUT',
        path: '/guardian/settings',
        answer: {
          status: 403,
          body: '{"statusCode":403,"message":"Insufficient scope, expected any of: update:tenant_settings","errorCode":"insufficient_scope"}',
        },
      },
    ])
    const env = { AUTH0_DOMAIN: faults.url, AUTH0_ACCESS_TOKEN: 'opaque' }
    const failed = await apply(['--yes', '--json'], { env, stdin: file })
    expect(failed.code).toBe(4)
    expect(json(failed)).toMatchObject({
      applied: [{ path: 'factors.otp.enabled' }],
      failed: [
        {
          path: 'session.remember_me_default_value',
          error: expect.stringContaining('update:tenant_settings'),
        },
      ],
    })
  })
})

describe('what the tenant does not let be read', () => {
  const file = `
factors:
  otp: true
  phone: { provider: twilio, twilio: { sid: a } }
risk: { enabled: true }
policy: always
`

  test('stops it before any write, with everything that the file names and cannot have', async () => {
    const tenant = await startTenant({ plan: 'free', unifiedPhone: true })
    const env = {
      AUTH0_DOMAIN: tenant.url,
      AUTH0_ACCESS_TOKEN: await tenant.token('read:guardian_factors', 'read:attack_protection'),
    }
    const stopped = await apply(['--yes', '--json'], { env, stdin: file })
    expect(stopped.code).toBe(1)
    expect(writesOf(stopped)).toEqual([])
    const { error, format } = json(stopped) as {
      error: { code: string; problems: unknown[] }
      format: string
    }
    expect(format).toBe('mfa-config/error/1')
    expect(error.problems).toHaveLength(4)
    expect(error.problems).toEqual(
      expect.arrayContaining([
        { path: 'policy', message: expect.stringContaining('read:mfa_policies') },
        { path: 'risk.enabled', message: expect.stringContaining('plan does not include') },
        { path: 'factors.phone.provider', message: expect.stringContaining('read:tenant_settings') },
        { path: 'factors.phone.twilio.sid', message: expect.stringContaining('read:tenant_settings') },
      ]),
    )
  })

  test.each([
    ['scope_missing', {}, ['read:guardian_factors'], 'policy: never'],
    ['not_entitled', { plan: 'free' as const }, ['read:attack_protection'], 'risk: { enabled: true }'],
    [
      'feature_disabled',
      {},
      ['read:guardian_factors', 'read:tenant_settings'],
      'factors: { phone: { templates: { enrollment_message: { voice: "{{code}}" } } } }',
    ],
  ])('has its own code: %s', async (code, options, scopes, stdin) => {
    const tenant = await startTenant(options)
    const env = { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: await tenant.token(...scopes) }
    for (const command of ['plan', 'apply']) {
      const stopped = await run([command, '-c', '-', '--json', ...(command === 'apply' ? ['--yes'] : [])], {
        env,
        stdin,
      })
      expect(json(stopped)).toMatchObject({ error: { code, problems: [{ path: expect.any(String) }] } })
      expect(stopped.code).toBe(1)
    }
  })

  test('stops it also where it is the switch without which what the file names means nothing', async () => {
    const faults = await startFaults(await startTenant(), [
      { method: 'GET', path: '/guardian/factors', answer: { status: 404, body: '{"message":"Not Found"}' } },
    ])
    const stdin = 'factors: { phone: { message_types: [sms] } }'
    const planned = await run(['plan', '-c', '-', '--json'], { env: faults.env, stdin })
    expect(planned.code).toBe(1)
    expect(json(planned)).toMatchObject({
      error: { code: 'api_error', problems: [{ path: 'factors.phone.enabled' }] },
    })
  })

  test('and only a check would have needed does not stop a plan: it is noted', async () => {
    const tenant = await startTenant()
    const env = { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: await tenant.token('read:tenant_settings') }
    const stdin = 'strict: true\nenrollment: { show_factor_list: true }'
    const planned = await run(['plan', '-c', '-', '--json'], { env, stdin })
    expect(planned.code).toBe(0)
    expect(json(planned)).toMatchObject({
      changes: [{ path: 'enrollment.show_factor_list' }],
      findings: [
        { check: 'F12', severity: 'note', message: expect.stringContaining('read:guardian_factors') },
      ],
    })
  })
})

describe('a confirmation that took long', () => {
  const slowly = (): (() => number) => {
    let time = Date.now()
    return () => (time += 40_000)
  }

  test('makes the tenant be read again, and the plan be made if it is still the same', async () => {
    const tenant = await startTenant()
    const done = await apply(['--json'], { env: tenant.env, stdin: FILE, answers: [true], now: slowly() })
    expect(done.code).toBe(0)
    expect(done.questions).toHaveLength(1)
    const reads = done.requests.filter(request => request === 'GET /api/v2/guardian/factors')
    // For two plans, before the policy is written, and to read it back.
    expect(reads.length).toBe(4)
  })

  test('shows and asks anew where the tenant has changed meanwhile, and writes on what it has now', async () => {
    const tenant = await startTenant()
    let asked = 0
    const done = await apply([], {
      env: tenant.env,
      stdin: FILE,
      answers: [true, true],
      now: slowly(),
      whileAsked: async () => {
        if (++asked === 1) await tenant.put('/guardian/factors/otp', { enabled: true })
      },
    })
    expect(done.code).toBe(0)
    expect(done.questions.map(question => question.match(/\d+ changes/)?.[0])).toEqual([
      '3 changes',
      '2 changes',
    ])
    expect(done.err).toContain('The tenant has changed since it was read.')
    expect(writesOf(done)).toEqual(['PUT /guardian/factors/recovery-code', 'PUT /guardian/policies'])
  })

  test('is not waited for with --yes', async () => {
    const tenant = await startTenant()
    const done = await apply(['--yes', '--json'], { env: tenant.env, stdin: FILE })
    expect(done.requests.filter(request => request === 'GET /api/v2/guardian/factors')).toHaveLength(3)
  })
})

test('whoever agrees to a run whose result is JSON has seen its plan', async () => {
  const tenant = await startTenant()
  const env = { ...tenant.env, NO_COLOR: '1' }
  const done = await apply(['--json'], { env, stdin: FILE, answers: [true] })
  expect(done.err).toContain('~ policy                         never → always')
  expect(json(done)).toMatchObject({ applied: APPLIED })
  const unasked = await apply(['--json', '--yes'], { env: tenant.env, stdin: FILE, answers: [] })
  expect(unasked.err).toBe('')
})

test('what cannot be read back is not said to be as it should be', async () => {
  const tenant = await startTenant()
  const stdin = `factors: { push-notification: { fcm: { server_key: "\${KEY}" } } }`
  const env = { ...tenant.env, KEY: 'key-of-firebase' }
  const done = await apply(['--yes', '--write-secrets', '--allow', 'U02', '--allow', 'X03'], { env, stdin })
  expect(done.out).toContain('•••••• → •••••• (sent; what is there cannot be compared)')
  expect(done.out).toContain('1 change applied, 1 of which cannot be read back.')
})
