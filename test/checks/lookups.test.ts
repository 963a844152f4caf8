import { describe, expect, test } from 'vitest'
import { CHECKS } from '../../src/checks/catalogue.ts'
import * as lookups from '../../src/checks/lookups.ts'
import { wishOf } from '../../src/plan/needs.ts'
import type { SandboxOptions } from '../../src/sandbox/server.ts'
import { NOTHING_READ } from '../../src/settings/state.ts'
import { json, type Outcome, run } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'
import { configOf } from '../support/state.ts'

const ACTION = { trigger: 'send-phone-message', name: 'send' }

type Found = { check: string; severity: string; path: string; message: string }

function foundBy(outcome: Outcome): string[] {
  const { findings } = json(outcome) as { findings: Found[] }
  return findings.map(({ check, severity, path }) => `${check} ${severity} ${path}`)
}

async function plan(env: Record<string, string>, file: string): Promise<Outcome> {
  const outcome = await run(['plan', '-c', '-', '--json'], { env, stdin: file })
  expect(outcome).toMatchObject({ code: 0, err: '' })
  return outcome
}

interface Over {
  readonly options?: SandboxOptions
  readonly make?: (tenant: TestTenant) => Promise<unknown>
  readonly file: string
  readonly finds: readonly string[]
}

const CLASSIC = (tenant: TestTenant) => tenant.patch('/prompts', { universal_login_experience: 'classic' })
const EMAIL = 'factors: { otp: true, email: true }'
const VOICE = 'factors: { phone: { message_types: [voice], provider: phone-message-hook } }'
const switchPhoneOn = (tenant: TestTenant) => tenant.put('/guardian/factors/sms', { enabled: true })
const PARTY = 'factors: { webauthn-roaming: { relying_party: acme.com } }'
const domain = (tenant: TestTenant, name: string) =>
  tenant.post('/custom-domains', { domain: name, type: 'auth0_managed_certs' })

describe('over HTTP, what is looked up makes a check fire, or not:', () => {
  test.each<[string, Over]>([
    ['no e-mail provider', { file: EMAIL, finds: ['F07 warning factors.email.enabled'] }],
    [
      'an e-mail provider',
      {
        make: tenant =>
          tenant.post('/emails/provider', {
            name: 'mandrill',
            enabled: true,
            credentials: { api_key: 'key' },
          }),
        file: EMAIL,
        finds: [],
      },
    ],
    [
      'an e-mail provider that is off',
      {
        make: tenant =>
          tenant.post('/emails/provider', {
            name: 'mandrill',
            enabled: false,
            credentials: { api_key: 'key' },
          }),
        file: EMAIL,
        finds: ['F07 warning factors.email.enabled'],
      },
    ],
    [
      'the classic login',
      {
        make: CLASSIC,
        file: EMAIL,
        finds: ['F07 warning factors.email.enabled', 'F11 warning factors.email.enabled'],
      },
    ],
    [
      'an MFA page of its own',
      {
        make: tenant =>
          tenant.patch('/tenants/settings', { guardian_mfa_page: { enabled: true, html: '<p>' } }),
        file: EMAIL,
        finds: ['F07 warning factors.email.enabled', 'F11 warning factors.email.enabled'],
      },
    ],
    [
      'voice with the classic login, no Action',
      {
        make: async tenant => {
          await CLASSIC(tenant)
          await switchPhoneOn(tenant)
        },
        file: VOICE,
        finds: [
          'H09 error factors.phone.provider',
          'F08 warning factors.phone.enabled',
          'F11 warning factors.phone.message_types',
          'H15 warning factors.phone.message_types',
        ],
      },
    ],
    [
      'voice with Universal Login and an Action',
      {
        options: { actions: [ACTION] },
        make: switchPhoneOn,
        file: VOICE,
        finds: ['F08 warning factors.phone.enabled'],
      },
    ],
    [
      'duo with Universal Login',
      {
        file: 'factors: { duo: { enabled: true, host: a, ikey: b } }',
        finds: ['F04 error factors.duo.skey', 'F05 warning factors.duo.enabled'],
      },
    ],
    [
      'device biometrics as the first factor',
      {
        make: tenant => tenant.patch('/prompts', { webauthn_platform_first_factor: true }),
        file: 'factors: { webauthn-platform: false }',
        finds: ['F10 warning factors.webauthn-platform.enabled'],
      },
    ],
    [
      'no custom domain',
      {
        file: PARTY,
        finds: [
          'W02 error factors.webauthn-roaming.relying_party',
          'W03 confirm factors.webauthn-roaming.relying_party',
        ],
      },
    ],
    [
      'a custom domain',
      {
        make: tenant => domain(tenant, 'auth.acme.com'),
        file: PARTY,
        finds: ['W03 confirm factors.webauthn-roaming.relying_party'],
      },
    ],
    [
      'two custom domains',
      {
        make: async tenant => {
          await domain(tenant, 'auth.acme.com')
          await domain(tenant, 'login.acme.com')
        },
        file: PARTY,
        finds: [
          'W03 confirm factors.webauthn-roaming.relying_party',
          'W04 warning factors.webauthn-roaming.relying_party',
        ],
      },
    ],
  ])('%s', async (_, { options = {}, make, file, finds }) => {
    const tenant = await startTenant(options)
    await make?.(tenant)
    expect(foundBy(await plan(tenant.env, file))).toEqual(finds)
  })

  test('an expired trial, which comes with the factors', async () => {
    const tenant = await startTenant()
    const rewrite = (list: unknown): unknown =>
      (list as { name: string }[]).map(factor => ({ ...factor, trial_expired: factor.name === 'otp' }))
    const { env } = await startFaults(tenant, [{ method: 'GET', path: '/guardian/factors', rewrite }])
    const planned = await plan(env, 'factors: { otp: true }')
    expect(foundBy(planned)).toEqual(['F09 error factors.otp.enabled'])
    expect(planned.requests).toEqual(['POST /oauth/token', 'GET /api/v2/guardian/factors'])
  })
})

describe('what cannot be looked up is a note, and stops nothing:', () => {
  const scopes = ['read:guardian_factors', 'update:guardian_factors']

  test.each<[string, string[], string?]>([
    [EMAIL, ['F07 note factors.email.enabled', 'F11 note factors.email.enabled']],
    [
      PARTY,
      [
        'W03 confirm factors.webauthn-roaming.relying_party',
        'W02 note factors.webauthn-roaming.relying_party',
        'W04 note factors.webauthn-roaming.relying_party',
      ],
    ],
    [
      'factors: { phone: { provider: phone-message-hook } }',
      ['H09 note factors.phone.provider'],
      'read:tenant_settings',
    ],
    ['factors: { webauthn-platform: false }', ['F10 note factors.webauthn-platform.enabled']],
    [
      'factors: { duo: { enabled: true, host: a, ikey: b, skey: "${SKEY}" } }',
      ['F05 note factors.duo.enabled'],
    ],
  ])('%s', async (file, finds, scope = '') => {
    const tenant = await startTenant()
    const env = {
      AUTH0_DOMAIN: tenant.url,
      AUTH0_ACCESS_TOKEN: await tenant.token(...scopes, scope),
      SKEY: 'hush',
    }
    const planned = await plan(env, file)
    expect(foundBy(planned)).toEqual(finds)
    for (const { severity, message } of json(planned).findings as Found[])
      if (severity === 'note')
        expect(message).toMatch(/^Not checked: GET \/\S+: the token lacks the scope read:/)
  })

  test('and apply goes on', async () => {
    const tenant = await startTenant()
    const env = { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: await tenant.token(...scopes) }
    const done = await run(['apply', '-c', '-', '--yes', '--json'], { env, stdin: EMAIL })
    expect(done.code).toBe(0)
  })

  test.each([
    [404, '{}', /^Not checked: GET \/prompts: the API answered 404/],
    [200, '[]', /^Not checked: The answer to GET \/prompts is not what the Management API documents\.$/],
  ])('an answer that says nothing: %i %s', async (status, body, says) => {
    const tenant = await startTenant()
    const { env } = await startFaults(tenant, [{ method: 'GET', path: '/prompts', answer: { status, body } }])
    const { findings } = json(await plan(env, 'factors: { webauthn-platform: false }'))
    expect(findings).toMatchObject([{ check: 'F10', severity: 'note', message: expect.stringMatching(says) }])
  })

  test.each([
    ['a lookup', PARTY, '/custom-domains', 'W02'],
    ['a setting', 'factors: { duo: true }', '/guardian/factors/duo/settings', 'F04'],
    ['the kind of phone', 'factors: { phone: true }', '/tenants/settings', 'H06'],
  ])('a connection that is closed at %s that only a check needs', async (_, file, path, id) => {
    const tenant = await startTenant()
    const { env } = await startFaults(tenant, [{ method: 'GET', path, closed: true }])
    const planned = await run(['plan', '-c', '-', '--json'], { env, stdin: file })
    expect(planned.code).toBe(0)
    expect(json(planned).findings).toContainEqual(
      expect.objectContaining({
        check: id,
        severity: 'note',
        message: expect.stringMatching(/^Not checked: .*closed/),
      }),
    )
  })

  test('a connection that is closed at what the file needs is the error that it always is', async () => {
    const tenant = await startTenant()
    const { env } = await startFaults(tenant, [{ method: 'GET', path: '/tenants/settings', closed: true }])
    const stdin = 'factors: { phone: { provider: twilio } }'
    const planned = await run(['plan', '-c', '-', '--json'], { env, stdin })
    expect(planned.code).toBe(1)
    expect(json(planned)).toMatchObject({ error: { code: 'unreachable', problems: [] } })
  })

  test('a 404 says that there is no e-mail provider, a 500 does not', async () => {
    const tenant = await startTenant()
    const { env } = await startFaults(tenant, [
      { method: 'GET', path: '/emails/provider', answer: { status: 500, body: '{}' } },
    ])
    const { findings } = json(await run(['plan', '-c', '-', '--json'], { env, stdin: EMAIL }))
    expect(findings).toMatchObject([{ check: 'F07', severity: 'note' }])
  })
})

describe('no check reads anything without a reason', () => {
  const TOKEN = 'POST /oauth/token'
  const get = (...paths: string[]): string[] => paths.map(path => `GET /api/v2${path}`)
  const PHONE = '/guardian/factors/phone'
  const PUSH = '/guardian/factors/push-notification'

  test.each<[string, string[]]>([
    [
      'policy: always\nfactors: { otp: true, recovery-code: true }',
      get('/guardian/factors', '/guardian/policies'),
    ],
    ['factors: { email: false, webauthn-platform: true }', get('/guardian/factors')],
    [
      'factors: { webauthn-roaming: { relying_party: false } }',
      get('/guardian/factors/webauthn-roaming/settings'),
    ],
    ['factors: { phone: false }', get('/guardian/factors', '/guardian/policies')],
    [
      'factors: { phone: { enabled: false, provider: phone-message-hook } }',
      get('/guardian/factors', '/guardian/policies', '/tenants/settings', `${PHONE}/selected-provider`),
    ],
    [
      'factors: { phone: { enabled: true, provider: auth0, message_types: [sms] } }',
      get('/guardian/factors', '/tenants/settings', `${PHONE}/selected-provider`, `${PHONE}/message-types`),
    ],
    ['factors: { phone: { twilio: { sid: AC } } }', get('/tenants/settings', `${PHONE}/providers/twilio`)],
    [
      'factors: { push-notification: { enabled: true, provider: guardian } }',
      get('/guardian/factors', `${PUSH}/selected-provider`),
    ],
    [
      'factors: { push-notification: { enabled: false, provider: sns } }',
      get('/guardian/factors', '/guardian/policies', `${PUSH}/selected-provider`),
    ],
    ['factors: { push-notification: { apns: { bundle_id: com.acme } } }', get(`${PUSH}/providers/apns`)],
    ['risk: { enabled: true }', get('/risk-assessments/settings')],
    ['session: { mfa_session_overall_timeout: 90d }', get('/guardian/settings')],
    ['enrollment: { show_factor_list: true }', get('/tenants/settings')],
  ])('%s', async (file, expected) => {
    const { env } = await startTenant()
    const { requests } = await plan(env, file)
    expect([...requests].sort()).toEqual([TOKEN, ...expected].sort())
  })

  test('what a setting and a check ask for is read once', async () => {
    const { env } = await startTenant()
    const { requests } = await plan(env, `${EMAIL}\nenrollment: { show_factor_list: true }`)
    expect(requests.filter(request => request.endsWith('/tenants/settings'))).toHaveLength(1)
  })

  test.each(CHECKS.map(check => [check.id, check] as const))(
    '%s, for a file that says nothing',
    (_, check) => {
      for (const phone of ['legacy', 'unified', undefined] as const) {
        const nothing = { config: configOf({}), phone, after: () => undefined }
        expect([...(check.needs?.(nothing) ?? []), ...(check.asks?.(nothing) ?? [])]).toEqual([])
      }
    },
  )

  test('and offline nothing is looked up at all', async () => {
    const { requests } = await run(['validate', '-c', '-'], { stdin: EMAIL })
    expect(requests).toEqual([])
    const { settings, lookups } = wishOf(configOf({}), { phone: undefined, state: NOTHING_READ })
    expect(settings.size + lookups.size).toBe(0)
  })
})

test.each(Object.entries(lookups))('%s takes an answer of any shape', (_, lookup) => {
  for (const answer of [
    null,
    true,
    7,
    'text',
    [],
    {},
    [null],
    [{}],
    { bindings: {} },
    { guardian_mfa_page: 1 },
  ])
    expect(() => lookup.decode(answer)).not.toThrow()
})

describe('X06, in show,', () => {
  test('says which of what cannot be read is nobody’s fault', async () => {
    const tenant = await startTenant()
    const answer = {
      status: 403,
      body: '{"statusCode":403,"error":"Forbidden","message":"This endpoint is disabled for your tenant."}',
    }
    const { env } = await startFaults(tenant, [
      { method: 'GET', path: '/guardian/settings', answer },
      { method: 'GET', path: '/prompts/mfa-push', answer: { status: 404, body: '{}' } },
      { method: 'GET', path: '/guardian/policies', answer },
    ])
    const shown = json(await run(['show', '--json'], { env }))
    expect(shown.findings).toMatchObject([
      { check: 'X06', severity: 'note', path: 'factors.push-notification.app' },
      { check: 'X06', severity: 'note', path: 'session' },
    ])
    const { out } = await run(['show'], { env })
    expect(out).toMatch(/^ {2}· X06 {2}GET \/guardian\/settings is not there on every tenant\. .* session /m)
    expect(out).toMatch(/^ {2}· X06 {2}GET \/prompts\/mfa-push is in no description /m)
  })

  test('says nothing of a scope that is missing, nor of a tenant that shows all', async () => {
    const tenant = await startTenant()
    const env = { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: await tenant.token('read:guardian_factors') }
    expect(json(await run(['show', '--json'], { env }))).toMatchObject({ findings: [] })
    expect(json(await run(['show', '--json'], { env: tenant.env }))).toMatchObject({ findings: [] })
  })
})
