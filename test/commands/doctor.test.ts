import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { type Circumstances, json, type Outcome, run } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'

const Need = z.object({ scope: z.string(), granted: z.nullable(z.boolean()) })
const Document = z.strictObject({
  format: z.literal('mfa-config/doctor/1'),
  tenant: z.nullable(z.string()),
  environment: z.null(),
  file: z.nullable(z.string()),
  ready: z.boolean(),
  identity: z.nullable(
    z.strictObject({ by: z.string(), client: z.nullable(z.string()), expires: z.nullable(z.string()) }),
  ),
  phone: z.nullable(z.enum(['legacy', 'unified'])),
  lines: z.array(
    z.strictObject({
      topic: z.string(),
      status: z.enum(['ok', 'warning', 'error', 'unknown']),
      message: z.string(),
      remedy: z.nullable(z.string()),
    }),
  ),
  scopes: z.array(z.strictObject({ section: z.string(), plan: z.array(Need), apply: z.array(Need) })),
  scopesForChecks: z.array(z.strictObject({ ...Need.shape, checks: z.array(z.string()) })),
})

const SMALL = 'policy: always\nfactors: { otp: true, recovery-code: true }'
const SMALL_SCOPES = ['guardian_factors', 'mfa_policies'].flatMap(name => [`read:${name}`, `update:${name}`])
const TWILIO = 'twilio: { sid: AC1, auth_token: "${TOKEN}", from: "+1555" }'

async function examine(
  env: Record<string, string>,
  file?: string,
  more: Circumstances = {},
  flags: readonly string[] = [],
) {
  const named = file === undefined ? [] : ['-c', '-']
  const outcome = await run(['doctor', '--json', ...named, ...flags], {
    env: { TOKEN: 'hush-hush', ...env },
    ...(file !== undefined && { stdin: file }),
    ...more,
  })
  const document = Document.parse(json(outcome))
  // The exit code and the document never say different things.
  expect(outcome.code).toBe(document.ready ? 0 : 1)
  expect(document.ready).toBe(!document.lines.some(({ status }) => status === 'error'))
  const of = (topic: string) => document.lines.filter(line => line.topic === topic)
  return { outcome, document, of }
}

async function withScopes(tenant: TestTenant, scopes: readonly string[]): Promise<Record<string, string>> {
  return { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: await tenant.token(...scopes) }
}

const writes = ({ requests }: Outcome): string[] =>
  requests.filter(request => !request.startsWith('GET') && !request.endsWith('/oauth/token'))

describe('a tenant and a token that can do all that the file needs', () => {
  test('are ready, and nothing is written', async () => {
    const tenant = await startTenant()
    const { outcome, document, of } = await examine(await withScopes(tenant, SMALL_SCOPES), SMALL)
    expect(document).toMatchObject({ ready: true, file: 'standard input', phone: null })
    expect(of('scopes')).toMatchObject([{ status: 'ok' }])
    expect(of('privilege')).toEqual([])
    expect(document.scopesForChecks).toEqual([])
    const needs = (name: string) => ({
      plan: [{ scope: `read:${name}`, granted: true }],
      apply: [{ scope: `update:${name}`, granted: true }],
    })
    expect(document.scopes).toEqual([
      { section: 'factors.otp', ...needs('guardian_factors') },
      { section: 'factors.recovery-code', ...needs('guardian_factors') },
      { section: 'policy', ...needs('mfa_policies') },
    ])
    expect(outcome.requests).toHaveLength(2)
    expect(writes(outcome)).toEqual([])
  })

  test('say who they are', async () => {
    const { env, url } = await startTenant()
    const now = Date.parse('2026-11-24T10:00:00Z')
    const { document } = await examine(env, SMALL, { now: () => now })
    expect(document.identity).toEqual({
      by: 'client secret',
      client: 'client',
      expires: '2026-11-25T10:00:00.000Z',
    })
    expect(document.tenant).toBe(new URL(url).host)
  })

  test.each([
    [
      'whose it is and how long it is good',
      { azp: 'abc', exp: 1_800_000_000 },
      'abc',
      '2027-01-15T08:00:00.000Z',
    ],
    ['nothing', {}, null, null],
  ])('a token may say %s', async (_, claims, client, expires) => {
    const { url } = await startTenant()
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const env = { AUTH0_DOMAIN: url, AUTH0_ACCESS_TOKEN: `${part({})}.${part(claims)}.signature` }
    const { document } = await examine(env, SMALL)
    expect(document.identity).toEqual({ by: 'access token', client, expires })
  })

  test('do not know what a token may do that does not say, and are ready all the same', async () => {
    const { url } = await startTenant()
    const { document, of } = await examine({ AUTH0_DOMAIN: url, AUTH0_ACCESS_TOKEN: 'opaque' }, SMALL)
    expect(document.ready).toBe(true)
    expect(of('scopes')).toMatchObject([{ status: 'unknown' }])
    expect(document.scopes[0]?.plan).toEqual([{ scope: 'read:guardian_factors', granted: null }])
  })
})

describe('scopes', () => {
  test('that only apply lacks are told with the sections that need them', async () => {
    const tenant = await startTenant()
    const env = await withScopes(tenant, ['read:guardian_factors', 'read:mfa_policies'])
    const { document, of } = await examine(env, SMALL)
    expect(document.ready).toBe(false)
    expect(of('scopes')).toEqual([
      {
        topic: 'scopes',
        status: 'error',
        message: 'the token lacks update:guardian_factors, needed for factors.otp, factors.recovery-code',
        remedy: expect.stringContaining('Grant'),
      },
      expect.objectContaining({ message: 'the token lacks update:mfa_policies, needed for policy' }),
    ])
  })

  test('that plan lacks are told once, though reading is refused as well', async () => {
    const { document, of } = await examine(await withScopes(await startTenant(), ['read:users']), SMALL)
    expect(of('scopes').map(({ message }) => message)).toEqual([
      expect.stringContaining('read:guardian_factors'),
      expect.stringContaining('update:guardian_factors'),
      expect.stringContaining('read:mfa_policies'),
      expect.stringContaining('update:mfa_policies'),
    ])
    expect(document.lines.filter(({ status }) => status === 'error')).toHaveLength(4)
  })

  test('that apply would take only for a later change are in nobody’s way', async () => {
    const tenant = await startTenant()
    const env = await withScopes(tenant, ['read:guardian_factors', 'read:mfa_policies'])
    const { document, of } = await examine(env, 'policy: never\nfactors: { otp: true }')
    expect(of('scopes').map(({ status, message }) => [status, message])).toEqual([
      ['error', 'the token lacks update:guardian_factors, needed for factors.otp'],
      [
        'warning',
        'the token lacks update:mfa_policies, needed for policy, where nothing is to be changed now',
      ],
    ])
    await tenant.put('/guardian/factors/otp', { enabled: true })
    expect((await examine(env, 'policy: never\nfactors: { otp: true }')).document.ready).toBe(true)
    // As apply itself has it.
    const stdin = 'policy: never\nfactors: { otp: true }'
    expect((await run(['apply', '--yes', '-c', '-'], { env, stdin })).code).toBe(0)
    expect(document.ready).toBe(false)
  })

  test('that show what the tenant has are not too many', async () => {
    const scopes = [...SMALL_SCOPES, 'read:attack_protection']
    const env = await withScopes(await startTenant(), scopes)
    const { document, of } = await examine(env, 'policy: adaptive\nfactors: { otp: true }')
    expect(of('privilege')).toEqual([])
    expect(document.scopesForChecks).toEqual([
      { scope: 'read:attack_protection', granted: true, checks: ['P02'] },
    ])
  })

  test('that are more than the file needs are named', async () => {
    const env = await withScopes(await startTenant(), [...SMALL_SCOPES, 'delete:actions', 'read:prompts'])
    const { document, of } = await examine(env, SMALL)
    expect(of('privilege')).toMatchObject([
      { status: 'warning', message: expect.stringMatching(/: delete:actions, read:prompts$/) },
    ])
    expect(document.ready).toBe(true)
  })

  test('of checks alone are apart, and their absence stops nothing', async () => {
    const env = await withScopes(await startTenant(), ['read:guardian_factors', 'update:guardian_factors'])
    const { document, of } = await examine(env, 'factors: { email: true, otp: true }')
    expect(document.scopesForChecks).toContainEqual({
      scope: 'read:email_provider',
      granted: false,
      checks: ['F07'],
    })
    expect(of('e-mail')).toMatchObject([
      { status: 'unknown', message: expect.stringContaining('read:email_provider') },
    ])
    expect(document.ready).toBe(true)
  })

  test('to create and to change are told apart, by what the tenant has', async () => {
    const tenant = await startTenant({ unifiedPhone: true })
    const file = `factors: { phone: { provider: twilio, ${TWILIO} } }`
    const applyScopes = async () => {
      const { document } = await examine(tenant.env, file)
      expect(document.phone).toBe('unified')
      return document.scopes.flatMap(({ apply }) => apply.map(({ scope }) => scope))
    }
    expect(await applyScopes()).toEqual(['create:phone_providers'])
    await run(['apply', '--yes', '-c', '-'], { env: { ...tenant.env, TOKEN: 'hush' }, stdin: file })
    expect(await applyScopes()).toEqual(['update:phone_providers'])
  })

  test('include the one that shows the kind of phone', async () => {
    const file = `factors: { phone: { provider: twilio, ${TWILIO} } }`
    const { document, of } = await examine(
      await withScopes(await startTenant(), ['read:guardian_factors', 'update:guardian_factors']),
      file,
    )
    expect(document.scopes[0]?.plan).toContainEqual({ scope: 'read:tenant_settings', granted: false })
    expect(of('scopes')).toMatchObject([{ message: expect.stringContaining('read:tenant_settings') }])
    expect(of('phone')).toMatchObject([{ status: 'unknown' }])
  })
})

describe('what the tenant has', () => {
  test.each([
    [true, 'unified'],
    [false, 'legacy'],
  ])('of a phone: unified %s', async (unifiedPhone, phone) => {
    const { env } = await startTenant({ unifiedPhone })
    const { document, of } = await examine(env, `factors: { phone: { provider: twilio, ${TWILIO} } }`)
    expect(document.phone).toBe(phone)
    expect(of('phone')).toMatchObject([{ status: 'ok' }])
  })

  test.each([
    ['enterprise', 'policy: adaptive\nfactors: { otp: true }', 'ok', true],
    ['free', 'policy: adaptive\nfactors: { otp: true }', 'error', false],
    ['free', 'risk: { enabled: true }', 'error', false],
    // One cause is one problem.
    ['free', 'policy: adaptive\nfactors: { otp: true }\nrisk: { enabled: true }', 'error', false],
  ] as const)('on the %s plan, for %j', async (plan, file, status, ready) => {
    const { env } = await startTenant({ plan })
    const { document, of } = await examine(env, file)
    expect(of('plan')).toMatchObject([{ status, message: expect.stringContaining('Adaptive MFA') }])
    expect(document.ready).toBe(ready)
    if (!ready) expect(of('plan')[0]?.remedy).toBeTruthy()
  })

  const party = 'factors: { webauthn-roaming: { relying_party: auth.acme.com } }'
  test('without a custom domain', async () => {
    const { of } = await examine((await startTenant()).env, party, {}, ['--allow', 'W03'])
    expect(of('custom domain')).toMatchObject([
      { status: 'error', message: expect.stringContaining('custom domain') },
    ])
  })

  test('with a custom domain', async () => {
    const tenant = await startTenant()
    await tenant.post('/custom-domains', { domain: 'auth.acme.com', type: 'auth0_managed_certs' })
    const proxy = await startFaults(tenant, [
      {
        method: 'GET',
        path: '/custom-domains',
        answer: { status: 200, body: '[{"domain":"auth.acme.com","status":"ready"}]' },
      },
    ])
    const { document, of } = await examine(proxy.env, party, {}, ['--allow', 'W03'])
    expect(of('custom domain')).toMatchObject([{ status: 'ok' }])
    expect(document.ready).toBe(true)
  })

  test.each([
    [{ status: 404, body: '{"statusCode":404}' }, 'warning'],
    [{ status: 200, body: '{"name":"ses","enabled":true}' }, 'ok'],
    [{ status: 200, body: '{"name":"ses","enabled":false}' }, 'warning'],
    [{ status: 400, body: '{}' }, 'unknown'],
  ])('of an e-mail provider: %j', async (answer, status) => {
    const proxy = await startFaults(await startTenant(), [
      { method: 'GET', path: '/emails/provider', answer },
    ])
    const { document, of } = await examine(proxy.env, 'factors: { otp: true, email: true }')
    expect(of('e-mail')).toMatchObject([{ status }])
    expect(document.ready).toBe(true)
  })

  test('and cannot be read is an error with its reason and a remedy', async () => {
    const refusal = {
      statusCode: 403,
      error: 'Forbidden',
      message: 'This endpoint is disabled for your tenant.',
    }
    const proxy = await startFaults(await startTenant(), [
      { method: 'GET', path: '/guardian/settings', answer: { status: 403, body: JSON.stringify(refusal) } },
    ])
    const { of } = await examine(proxy.env, 'session: { display_remember_me_checkbox: true }')
    expect(of('reading')).toMatchObject([
      { status: 'error', message: expect.stringMatching(/^session cannot be read: .*switched off/) },
    ])
    expect(of('reading')[0]?.remedy).toMatch(/^Leave it out/)
    // A file that does not need it is not in its way.
    expect((await examine(proxy.env, SMALL)).document.ready).toBe(true)
  })
})

test('what a tenant of its kind does not have is told as that', async () => {
  const { env } = await startTenant()
  const file = 'factors: { phone: { templates: { enrollment_message: { voice: "{{code}}" } } } }'
  const { of } = await examine(env, file)
  expect(of('file').at(-1)).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/^factors\.phone: only the unified phone experience/),
  })
  const { err } = await run(['plan', '-c', '-'], { env, stdin: file })
  expect(err).toMatch(
    /^Error: The file names something that this tenant does not have\. .*\n {2}standard input:1:\d+ /,
  )
})

describe('what checks find', () => {
  const locked = 'policy: always\nfactors: { otp: false }'

  test('stops apply, and so is in the way, unless it is accepted', async () => {
    const { env } = await startTenant()
    const { of } = await examine(env, locked)
    expect(of('check F01')).toMatchObject([{ status: 'error' }])
    const accepted = await examine(env, locked, {}, ['--allow', 'f01'])
    expect(accepted.of('check F01')).toMatchObject([
      { status: 'ok', message: expect.stringContaining('(accepted)') },
    ])
    expect(accepted.document.ready).toBe(true)
  })

  test('and wants confirmed is in the way where nobody can be asked', async () => {
    const tenant = await startTenant()
    await tenant.put('/guardian/policies', ['all-applications'])
    const { env } = tenant
    expect((await examine(env, 'policy: never')).of('check P06')).toMatchObject([
      { status: 'error', remedy: expect.stringContaining('--allow P06') },
    ])
    const asked = await examine(env, 'policy: never', { answers: [] })
    expect(asked.of('check P06')).toMatchObject([{ status: 'warning' }])
    expect(asked.document.ready).toBe(true)
  })
})

describe('what is in the way of looking', () => {
  test.each([
    ['no credentials', { AUTH0_CLIENT_SECRET: '' }, 'credentials', /AUTH0_CLIENT_SECRET/],
    ['another tenant', { AUTH0_DOMAIN: 'other.example' }, 'tenant', /other\.example/],
  ])('%s', async (_, more, topic, message) => {
    const { env, url } = await startTenant()
    const { outcome, document } = await examine({ ...env, ...more }, `tenant: ${new URL(url).host}\n${SMALL}`)
    expect(document.lines.at(-1)).toMatchObject({
      topic,
      status: 'error',
      message: expect.stringMatching(message),
    })
    expect(outcome.requests).toEqual([])
  })

  test('a tenant that is not there', async () => {
    const env = { AUTH0_DOMAIN: 'http://127.0.0.1:1', AUTH0_ACCESS_TOKEN: 'token' }
    const { document, of } = await examine(env, SMALL)
    expect(document).toMatchObject({ tenant: '127.0.0.1:1', identity: null, scopes: [] })
    expect(of('tenant')).toMatchObject([
      { status: 'error', message: expect.stringContaining('cannot be reached') },
    ])
  })

  test('credentials that are refused', async () => {
    const proxy = await startFaults(await startTenant(), [
      { method: 'POST', path: '/oauth/token', answer: { status: 401, body: '{}' } },
    ])
    const { of } = await examine(proxy.env, SMALL)
    expect(of('credentials')).toMatchObject([{ status: 'error' }])
  })

  test('references without a value, with their places; the rest is looked at all the same', async () => {
    const { env } = await startTenant()
    const { of } = await examine(env, `factors:\n  duo: { skey: "\${NOT_SET}" }\n  otp: true`)
    expect(of('file')).toMatchObject([
      { status: 'error', message: expect.stringMatching(/:2:\d+ .*NOT_SET/) },
    ])
    expect(of('scopes')).toMatchObject([{ status: 'ok' }])
  })

  test('a file that is not valid is the error that it always is', async () => {
    const { env } = await startTenant()
    const outcome = await run(['doctor', '--json', '-c', '-'], { env, stdin: 'polciy: always' })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({ format: 'mfa-config/error/1', error: { code: 'config_invalid' } })
  })
})

describe('without a file', () => {
  test('everything that a tenant can have is looked at, and nothing of it is in the way', async () => {
    const { env } = await startTenant({ plan: 'free' })
    const { document, of } = await examine(env)
    expect(document).toMatchObject({ ready: true, file: null })
    expect(document.scopes.map(({ section }) => section)).toEqual(
      expect.arrayContaining(['risk', 'policy', 'session']),
    )
    expect(of('plan').map(({ status }) => status)).toEqual(['warning', 'warning'])
    for (const { message } of of('plan'))
      expect(message).toMatch(/^risk cannot be read: .*Adaptive MFA, an add-on/)
  })

  test('a token that may only look is in nobody’s way', async () => {
    const reads = ['guardian_factors', 'mfa_policies', 'tenant_settings', 'attack_protection', 'prompts']
    const env = await withScopes(
      await startTenant(),
      reads.map(name => `read:${name}`),
    )
    const { document, of } = await examine(env)
    expect(document.ready).toBe(true)
    expect(new Set(of('scopes').map(({ status }) => status))).toEqual(new Set(['warning']))
  })

  test('that was named it is an error', async () => {
    const { env } = await startTenant()
    const outcome = await run(['doctor', '-c', 'nothing.yaml'], { env })
    expect(outcome).toMatchObject({ code: 1, out: '' })
    expect(outcome.err).toContain('nothing.yaml')
  })
})

describe('for people', () => {
  test('is one screen, with what to do said once for what is alike', async () => {
    const tenant = await startTenant()
    const env = await withScopes(tenant, ['read:guardian_factors', 'read:mfa_policies'])
    const { code, out, err } = await run(['doctor', '-c', '-'], { env, stdin: SMALL, now: () => 0 })
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out.replace(/until \S+/, 'until THEN')).toBe(`${new URL(tenant.url).host}

  ✓ credentials  a token that does not say whose it is, until THEN
  ✓ file         standard input
  ✓ tenant       reached in 0 ms
  ✗ scopes       the token lacks update:guardian_factors, needed for factors.otp, factors.recovery-code
  ✗ scopes       the token lacks update:mfa_policies, needed for policy
                 Grant the scope to the application, under Applications › APIs › Auth0 Management API in the dashboard.

  scopes                 to plan                  to apply
  factors.otp            ✓ read:guardian_factors  ✗ update:guardian_factors
  factors.recovery-code  ✓ read:guardian_factors  ✗ update:guardian_factors
  policy                 ✓ read:mfa_policies      ✗ update:mfa_policies

apply would not be able to do its work: 2 problems.
`)
  })

  test('ends with a good word where all is well', async () => {
    const { env } = await startTenant()
    const { out } = await run(['doctor', '-c', '-'], { env, stdin: SMALL })
    expect(out).toMatch(/\n\napply would be able to do its work\.\n$/)
  })
})
