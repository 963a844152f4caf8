import { describe, expect, test } from 'vitest'
import { json, run } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant } from '../support/sandbox.ts'

type Env = Record<string, string>

const WITHOUT_SESSIONS = JSON.stringify({
  statusCode: 403,
  error: 'Forbidden',
  message: 'This endpoint is disabled for your tenant.',
})
const TWILIO = 'twilio: { sid: AC1, auth_token: "${TOKEN}", from: "+1555" }'

/** Kinds of tenants and tokens; files that do not need what is missing there, and files that do. */
const KINDS: readonly {
  name: string
  env: () => Promise<Env>
  takes: readonly string[]
  /** With the code and the paths of the one reason. */
  refuses: readonly [file: string, code: string, paths: readonly string[], reason: RegExp][]
}[] = [
  {
    name: 'a tenant without the add-on Adaptive MFA',
    env: async () => (await startTenant({ plan: 'free' })).env,
    takes: ['policy: always\nfactors: { otp: true }', 'session: { display_remember_me_checkbox: false }'],
    refuses: [
      [
        'risk: { enabled: true, new_device: { remember_for: 10 } }\nfactors: { otp: true }',
        'not_entitled',
        ['risk.enabled', 'risk.new_device.remember_for'],
        /It takes Adaptive MFA, an add-on of Enterprise plans\.$/,
      ],
    ],
  },
  {
    name: 'a tenant without /guardian/settings',
    env: async () =>
      (
        await startFaults(await startTenant(), [
          { method: 'GET', path: '/guardian/settings', answer: { status: 403, body: WITHOUT_SESSIONS } },
        ])
      ).env,
    takes: ['policy: always\nfactors: { otp: true }', 'enrollment: { show_factor_list: true }'],
    refuses: [
      [
        'session: { display_remember_me_checkbox: true }\nfactors: { otp: true }',
        'feature_disabled',
        ['session.display_remember_me_checkbox'],
        /^GET \/guardian\/settings: this is switched off for the tenant/,
      ],
    ],
  },
  {
    name: 'a tenant with the unified phone experience',
    env: async () => (await startTenant({ unifiedPhone: true })).env,
    takes: [
      'policy: always\nfactors: { otp: true }',
      `factors: { phone: { enabled: true, message_types: [sms], provider: twilio, ${TWILIO} } }`,
    ],
    refuses: [],
  },
  {
    name: 'a token with the scopes of factors alone',
    env: async () => {
      const tenant = await startTenant()
      const token = await tenant.token('read:guardian_factors', 'update:guardian_factors')
      return { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: token }
    },
    takes: [
      'factors: { otp: true, recovery-code: true }',
      'factors: { otp: true, phone: { enabled: true, message_types: [sms] } }',
      'factors: { push-notification: { provider: guardian } }',
    ],
    refuses: [
      ['policy: always\nfactors: { otp: true }', 'scope_missing', ['policy'], /read:mfa_policies/],
      [
        `factors: { phone: { provider: twilio, ${TWILIO} } }`,
        'scope_missing',
        [
          'factors.phone.twilio.sid',
          'factors.phone.twilio.auth_token',
          'factors.phone.twilio.from',
          'factors.phone.provider',
        ],
        /^GET \/tenants\/settings: the token lacks the scope read:tenant_settings/,
      ],
    ],
  },
]

describe.each(KINDS)('$name', ({ env, takes, refuses }) => {
  test.each(takes.map(file => [file]))('takes a file that needs nothing more: %j', async file => {
    const tenant = { TOKEN: 'hush-hush', ...(await env()) }
    const command = (...args: string[]) => run([...args, '-c', '-', '--json'], { env: tenant, stdin: file })
    const applied = await command('apply', '--yes')
    expect(applied.code).toBe(0)
    expect(json(applied)).toMatchObject({ verified: true, failed: [], notAttempted: [] })
    expect(json(await command('plan'))).toMatchObject({ changes: [], summary: { errors: 0 } })
    expect((await command('doctor')).code).toBe(0)
  })

  test.each(refuses)('has one reason against %j', async (file, code, paths, reason) => {
    const tenant = { TOKEN: 'hush-hush', ...(await env()) }
    for (const args of [['plan'], ['apply', '--yes']]) {
      const refused = await run([...args, '-c', '-', '--json'], { env: tenant, stdin: file })
      expect(refused.code).toBe(1)
      expect(json(refused)).toMatchObject({ format: 'mfa-config/error/1', error: { code } })
      expect(refused.requests.filter(request => /^(PUT|PATCH|POST \/api)/.test(request))).toEqual([])
      const { problems } = json(refused).error as { problems: { path: string; message: string }[] }
      expect(problems.map(({ path }) => path).sort()).toEqual([...paths].sort())
      for (const { message } of problems) expect(message).toMatch(reason)
    }
    expect((await run(['doctor', '-c', '-'], { env: tenant, stdin: file })).code).toBe(1)
  })
})
