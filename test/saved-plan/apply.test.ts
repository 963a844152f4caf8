import { describe, expect, test } from 'vitest'
import about from '../../package.json' with { type: 'json' }
import { emptyFolder, json } from '../support/cli.ts'
import type { TestTenant } from '../support/sandbox.ts'
import { deskOf, FILE, PLAN, parseSaved, startDesk, writesOf } from './support/desk.ts'

const PUSH = 'factors: { push-notification: { fcm: { server_key: "${KEY}" } } }\npolicy: never'

/** The environment variables of somebody whose token has just these scopes. */
async function tokenOf(tenant: TestTenant, ...scopes: string[]): Promise<Record<string, string>> {
  return { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: await tenant.token(...scopes) }
}

describe('plan --out', () => {
  test('prints the plan as without it, saves it, and says on standard error how to apply it', async () => {
    const { desk } = await startDesk()
    const printed = await desk.run(['plan', '-c', '-', '--json'], { stdin: FILE })
    const saving = await desk.plan(FILE, '--json')
    expect(saving).toMatchObject({
      code: 0,
      out: printed.out,
      err: 'The plan is saved in plan.json. To make it so: mfa-config apply plan.json\n',
      requests: printed.requests,
    })
    const { document, only } = parseSaved(await desk.saved())
    expect(document).toMatchObject({ format: 'mfa-config/saved-plan/1', version: about.version })
    expect(only.plan).toEqual(json(printed))
    expect(only.options).toEqual({ writeSecrets: false, allow: [] })
    expect(writesOf(saving)).toEqual([])
  })

  test('exits with 2 where there are changes and --detailed-exitcode is given, and saves all the same', async () => {
    const { desk } = await startDesk()
    expect((await desk.plan(FILE, '--detailed-exitcode')).code).toBe(2)
    expect((await desk.apply(FILE)).code).toBe(0)
  })
})

describe('apply of a saved plan', () => {
  test('does what the plan says, reads it back, and tells', async () => {
    const { tenant, desk } = await startDesk()
    await desk.plan(FILE)
    const { only } = parseSaved(await desk.saved())
    const { changes, requests } = only.plan as {
      changes: unknown
      requests: { method: string; path: string }[]
    }
    const done = await desk.apply(FILE, '--json')
    expect(done).toMatchObject({ code: 0, err: '', questions: [] })
    expect(json(done)).toStrictEqual({
      format: 'mfa-config/apply/1',
      tenant: new URL(tenant.url).host,
      environment: null,
      applied: changes,
      failed: [],
      notAttempted: [],
      verified: true,
      snapshot: null,
    })
    expect(writesOf(done)).toEqual(requests.map(({ method, path }) => `${method} ${path}`))
    expect(await tenant.get('/guardian/policies')).toEqual(['all-applications'])
  })

  test('tells people the same as apply of the file does', async () => {
    const [one, other] = [await startDesk(), await startDesk()]
    await one.desk.plan(FILE)
    const saved = await one.desk.apply(FILE)
    const direct = await other.desk.run(['apply', '-c', '-', '--yes', '--snapshot', 'none'], { stdin: FILE })
    const [name, otherName] = [one, other].map(({ tenant }) => new URL(tenant.url).host)
    expect(saved.out).toBe(direct.out.replaceAll(otherName ?? '', name ?? ''))
    expect([...saved.requests].sort()).toEqual([...direct.requests].sort())
  })

  test('cannot be done twice: by then the tenant is another', async () => {
    const { desk } = await startDesk()
    await desk.plan(FILE)
    expect((await desk.apply(FILE)).code).toBe(0)
    const again = await desk.apply(FILE, '--json')
    expect(again.code).toBe(5)
    expect(writesOf(again)).toEqual([])
    expect(json(again)).toMatchObject({ format: 'mfa-config/error/1', error: { code: 'plan_stale' } })
    expect(again.out).toContain('was never when the plan was made, and is always now.')
  })

  test('of nothing to do writes nothing, as often as it is asked for', async () => {
    const { desk } = await startDesk()
    await desk.plan('policy: never')
    for (let times = 0; times < 2; times++) {
      const done = await desk.apply('policy: never', '--json')
      expect(done.code).toBe(0)
      expect(writesOf(done)).toEqual([])
      expect(json(done)).toMatchObject({ applied: [], verified: true, snapshot: null })
    }
  })

  test('saves a snapshot as any other apply does', async () => {
    const { desk } = await startDesk()
    await desk.plan(FILE)
    const done = await desk.run(['apply', PLAN, '-c', '-', '--yes', '--json'], { stdin: FILE })
    expect(json(done)).toMatchObject({ snapshot: expect.stringContaining('.mfa-config') })
  })

  test('fits a file that says the same in another way', async () => {
    const { desk } = await startDesk()
    await desk.plan(
      'policy: always\nfactors: { otp: true, phone: { enabled: true, message_types: [voice, sms] } }\nallow: [F06, F08]',
      '--allow',
      'H03',
    )
    const done = await desk.apply(`
allow: [F08, F06]  # the same ones
factors:
  phone: { message_types: [sms, voice, sms], enabled: true }
  otp: { enabled: true }
policy: all-applications
`)
    expect(done.code, done.err).toBe(0)
  })

  test('is not disturbed by what no part of the plan has to do with', async () => {
    const { tenant, desk } = await startDesk()
    await desk.plan(FILE)
    await tenant.patch('/tenants/settings', { flags: { mfa_show_factor_list_on_enrollment: true } })
    await tenant.put('/guardian/factors/phone/templates', {
      enrollment_message: 'a',
      verification_message: 'b',
    })
    expect((await desk.apply(FILE)).code).toBe(0)
  })

  test('that another version has made notes this, and applies what is the same plan', async () => {
    const { desk } = await startDesk()
    await desk.plan(FILE)
    const older = (await desk.saved()).replace(`"version": "${about.version}"`, '"version": "0.0.1"')
    const done = await desk.run(['apply', PLAN, '-c', '-', '--yes', '--snapshot', 'none'], {
      stdin: FILE,
      files: { [PLAN]: older },
    })
    expect(done.code).toBe(0)
    expect(done.err).toBe(`${PLAN} was made by mfa-config 0.0.1; this is ${about.version}.\n`)
  })

  test('takes the file by whatever path it is named', async () => {
    const { desk, tenant } = await startDesk()
    await desk.plan(FILE)
    const there = { stdin: FILE, cwd: emptyFolder(), env: tenant.env }
    const done = await desk.run(
      ['apply', `${desk.cwd}/${PLAN}`, '-c', '-', '--yes', '--snapshot', 'none'],
      there,
    )
    expect(done.code).toBe(0)
  })
})

describe('flags of plan are those of apply:', () => {
  test('--write-secrets', async () => {
    const { tenant } = await startDesk()
    const desk = deskOf({ ...tenant.env, KEY: 'hush-hush' })
    await desk.plan(PUSH, '--write-secrets')
    for (const flags of [[], ['--write-secrets']]) {
      const done = await desk.apply(PUSH, '--json', ...flags)
      expect(done.code).toBe(0)
      expect(writesOf(done)).toEqual(['PUT /guardian/factors/push-notification/providers/fcm'])
    }
  })

  test('--write-secrets with apply alone is a usage error, before any request', async () => {
    const { tenant } = await startDesk()
    const desk = deskOf({ ...tenant.env, KEY: 'hush-hush' })
    await desk.plan(PUSH)
    const refused = await desk.apply(PUSH, '--write-secrets')
    expect(refused).toMatchObject({ code: 1, requests: [] })
    expect(refused.err).toContain('The plan was made without --write-secrets.')
  })

  test('--allow', async () => {
    const { desk } = await startDesk()
    await desk.plan('policy: always', '--allow', 'F01')
    expect((await desk.apply('policy: always')).code).toBe(0)
  })

  test('--allow with apply is added to them', async () => {
    const { desk } = await startDesk()
    await desk.plan('policy: always')
    expect(await desk.apply('policy: always')).toMatchObject({ code: 3, out: expect.stringContaining('F01') })
    const done = await desk.apply('policy: always', '--allow', 'F01')
    expect(done.code).toBe(0)
    expect(writesOf(done)).toEqual(['PUT /guardian/policies'])
  })

  test('what is to be confirmed needs --allow, in one of the two', async () => {
    const { tenant, desk } = await startDesk()
    await tenant.put('/guardian/policies', ['all-applications'])
    await desk.plan('policy: never')
    const refused = await desk.apply('policy: never', '--json')
    expect(refused.code).toBe(3)
    expect(json(refused)).toMatchObject({ error: { code: 'check_failed' }, findings: [{ check: 'P06' }] })
    expect(writesOf(refused)).toEqual([])
    await desk.plan('policy: never', '--allow', 'P06')
    expect((await desk.apply('policy: never')).code).toBe(0)
  })
})

describe('without --yes', () => {
  const asking = ['apply', PLAN, '-c', '-', '--snapshot', 'none']

  test('and without a terminal it is a usage error, before any request', async () => {
    const { desk } = await startDesk()
    await desk.plan(FILE)
    expect(await desk.run(asking, { stdin: FILE })).toMatchObject({ code: 1, requests: [] })
  })

  test('a terminal is shown the plan and asked', async () => {
    const { tenant, desk } = await startDesk()
    await desk.plan(FILE)
    const done = await desk.run(asking, { stdin: FILE, answers: [true] })
    expect(done.code).toBe(0)
    expect(done.out).toMatch(/policy +never → always/)
    expect(done.questions).toEqual([`Make 3 changes to ${new URL(tenant.url).host}?`])
    expect(writesOf(done)).toHaveLength(3)
  })

  test('no is an answer', async () => {
    const { desk } = await startDesk()
    await desk.plan(FILE)
    const declined = await desk.run(asking, { stdin: FILE, answers: [false] })
    expect(declined.code).toBe(130)
    expect(writesOf(declined)).toEqual([])
    expect((await desk.apply(FILE)).code).toBe(0)
  })

  test('nothing is shown and nothing asked of a plan that no longer fits', async () => {
    const { tenant, desk } = await startDesk()
    await desk.plan(FILE)
    await tenant.put('/guardian/factors/otp', { enabled: true })
    const refused = await desk.run(asking, { stdin: FILE, answers: [true] })
    expect(refused).toMatchObject({ code: 5, out: '', questions: [] })
    expect(writesOf(refused)).toEqual([])
  })

  test('what changes while a long time is taken for the answer is found before the first write', async () => {
    const { tenant, desk } = await startDesk()
    await desk.plan(FILE)
    let now = 0
    const refused = await desk.run(asking, {
      stdin: FILE,
      answers: [true, true],
      now: () => now,
      whileAsked: async () => {
        now += 60_000
        await tenant.put('/guardian/factors/otp', { enabled: true })
      },
    })
    expect(refused.code).toBe(5)
    expect(refused.questions).toHaveLength(1)
    expect(writesOf(refused)).toEqual([])
  })
})

describe('a plan of one client is applied by another:', () => {
  const READ = ['read:guardian_factors', 'read:mfa_policies']
  const WRITE = ['update:guardian_factors', 'update:mfa_policies']

  test('one that may only read plans, one that may write applies', async () => {
    const { tenant, desk } = await startDesk()
    const reader = desk.with(await tokenOf(tenant, ...READ))
    expect((await reader.plan(FILE)).code).toBe(0)
    const refused = await reader.apply(FILE, '--json')
    expect(refused.code).toBe(1)
    expect(json(refused)).toMatchObject({ error: { code: 'scope_missing' } })
    expect(writesOf(refused)).toEqual([])
    const writer = desk.with(await tokenOf(tenant, ...READ, ...WRITE))
    const done = await writer.apply(FILE)
    expect(done.code, done.err).toBe(0)
    expect(writesOf(done)).toHaveLength(3)
  })

  const EMAIL = 'factors: { otp: true, email: true }'
  const OTHER = 'factors: { otp: false }'
  const ENOUGH = ['read:guardian_factors', 'update:guardian_factors']
  /** Files that give a check a reason to look at something that the file does not name. */
  const UNSEEN: readonly [what: string, file: string, scopes: readonly string[]][] = [
    ['who sends the e-mails', EMAIL, ['read:email_provider', 'read:prompts', 'read:tenant_settings']],
    ['the policy', OTHER, ['read:mfa_policies']],
  ]

  /** With a factor on that stays on, so that nobody is locked out. */
  async function startWithKeys() {
    const { tenant, desk } = await startDesk()
    await tenant.put('/guardian/factors/webauthn-roaming', { enabled: true })
    await tenant.put('/guardian/factors/otp', { enabled: true })
    return { tenant, desk }
  }

  test.each(UNSEEN)('one that cannot see %s plans, one that can applies', async (_, file, scopes) => {
    const { tenant, desk } = await startWithKeys()
    expect((await desk.with(await tokenOf(tenant, ...ENOUGH)).plan(file)).code).toBe(0)
    const done = await desk.with(await tokenOf(tenant, ...ENOUGH, ...scopes)).apply(file)
    expect(done.code, done.err).toBe(0)
    expect(writesOf(done)).not.toEqual([])
  })

  test.each(UNSEEN)('one that can see %s plans, one that cannot applies', async (_, file, scopes) => {
    const { tenant, desk } = await startWithKeys()
    expect((await desk.with(await tokenOf(tenant, ...ENOUGH, ...scopes)).plan(file)).code).toBe(0)
    const done = await desk.with(await tokenOf(tenant, ...ENOUGH)).apply(file)
    expect(done.code, done.err).toBe(0)
    expect(writesOf(done)).not.toEqual([])
  })

  test('what both can see is compared, although the file does not name it', async () => {
    const { tenant, desk } = await startWithKeys()
    await desk.plan(OTHER)
    await tenant.put('/guardian/policies', ['all-applications'])
    const refused = await desk.apply(OTHER)
    expect(refused.code).toBe(5)
    expect(refused.err).toContain(
      '\n  policy  was something else when the plan was made, and is always now.\n',
    )
    expect(writesOf(refused)).toEqual([])
  })

  test('but not where one of them has to confirm that it cannot see who is locked out', async () => {
    const { tenant, desk } = await startDesk()
    await tenant.put('/guardian/factors/otp', { enabled: true })
    const [blind, sighted] = [
      desk.with(await tokenOf(tenant, ...ENOUGH)),
      desk.with(await tokenOf(tenant, ...ENOUGH, 'read:mfa_policies')),
    ]
    for (const [planner, applier] of [
      [blind, sighted],
      [sighted, blind],
    ] as const) {
      await planner.plan(OTHER, '--allow', 'F01')
      const refused = await applier.apply(OTHER)
      expect(refused.code).toBe(5)
      expect(refused.err).toMatch(/^ {2}policy {2}F01 (no longer finds|finds something)/m)
      expect(writesOf(refused)).toEqual([])
    }
  })
})

describe('a plan is refused when a check', () => {
  const EMAIL = 'factors: { otp: true, email: true }'
  const PARTY = 'factors: { webauthn-roaming: { enabled: true, relying_party: acme.com } }'
  const provider = (enabled: boolean) => ({ name: 'mandrill', enabled, credentials: { api_key: 'key' } })
  const domain = (tenant: TestTenant, name: string) =>
    tenant.post('/custom-domains', { domain: name, type: 'auth0_managed_certs' })
  type Do = (tenant: TestTenant) => Promise<unknown>

  test.each<[what: string, file: string, before: Do, since: Do, path: string, said: string]>([
    [
      'finds something since the e-mail provider is off',
      EMAIL,
      tenant => tenant.post('/emails/provider', provider(true)),
      tenant => tenant.patch('/emails/provider', { enabled: false }),
      'factors.email.enabled',
      'F07 finds something that it did not find when the plan was made.',
    ],
    [
      'no longer finds anything since the e-mail provider is on',
      EMAIL,
      tenant => tenant.post('/emails/provider', provider(false)),
      tenant => tenant.patch('/emails/provider', { enabled: true }),
      'factors.email.enabled',
      'F07 no longer finds what it found when the plan was made.',
    ],
    [
      'finds something since there is another custom domain',
      PARTY,
      tenant => domain(tenant, 'login.acme.com'),
      tenant => domain(tenant, 'login.acme.org'),
      'factors.webauthn-roaming.relying_party',
      'W04 finds something that it did not find when the plan was made.',
    ],
  ])('%s', async (_, file, before, since, path, said) => {
    const { tenant, desk } = await startDesk()
    await before(tenant)
    await desk.plan(file, '--allow', 'W03')
    await since(tenant)
    const refused = await desk.apply(file)
    expect(refused.code).toBe(5)
    expect(refused.err).toContain(`\n  ${path}  ${said}\n`)
    expect(writesOf(refused)).toEqual([])
  })
})
