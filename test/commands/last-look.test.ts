import { describe, expect, test } from 'vitest'
import { json, run } from '../support/cli.ts'
import { type Fault, startFaults } from '../support/faults.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'

const POLICY = '/guardian/policies'
const FACTORS = '/guardian/factors'
const switchOff = (tenant: TestTenant, name: string) => tenant.put(`${FACTORS}/${name}`, { enabled: false })

/** Applies a file; right after the tenant was read for the plan, somebody does something to it. */
async function applyWhile(
  tenant: TestTenant,
  stdin: string,
  { more = [], flags = [] }: { readonly more?: readonly Fault[]; readonly flags?: readonly string[] } = {},
) {
  const faults = await startFaults(tenant, more)
  const done = await run(['apply', '-c', '-', '--yes', '--json', '--snapshot', 'none', ...flags], {
    env: faults.env,
    stdin,
  })
  return { done, writes: faults.writes() }
}

describe('somebody else changes the tenant while it is written to', () => {
  test('a policy is not set once the last factor that stands alone is off', async () => {
    const tenant = await startTenant()
    await tenant.put(`${FACTORS}/otp`, { enabled: true })
    const hook = () => switchOff(tenant, 'otp').then(() => {})
    const { done, writes } = await applyWhile(tenant, 'policy: always\nfactors: { recovery-code: true }', {
      more: [{ method: 'PUT', path: `${FACTORS}/recovery-code`, hook }],
    })
    expect(done.code).toBe(4)
    expect(json(done)).toMatchObject({
      applied: [{ path: 'factors.recovery-code.enabled' }],
      failed: [
        {
          path: 'policy',
          error: expect.stringMatching(/^Somebody has changed .* locked out\. Plan anew\.$/),
        },
      ],
      error: { code: 'apply_incomplete' },
    })
    expect(writes).toEqual([`PUT ${FACTORS}/recovery-code`])
    expect(await tenant.get(POLICY)).toEqual([])
  })

  test('a factor is not switched off once a policy requires it', async () => {
    const tenant = await startTenant()
    await tenant.put(`${FACTORS}/otp`, { enabled: true })
    await tenant.put(`${FACTORS}/email`, { enabled: true })
    const hook = () => tenant.put(POLICY, ['all-applications']).then(() => {})
    const { done, writes } = await applyWhile(tenant, 'factors: { otp: false, email: false }', {
      more: [{ method: 'PUT', path: `${FACTORS}/email`, hook }],
    })
    expect(done.code).toBe(4)
    expect(json(done)).toMatchObject({ failed: [{ path: 'factors.otp.enabled' }] })
    expect(writes).toEqual([`PUT ${FACTORS}/email`])
  })

  test('what does no harm goes on', async () => {
    const tenant = await startTenant()
    await tenant.put(`${FACTORS}/otp`, { enabled: true })
    const hook = async () => {
      await tenant.put(`${FACTORS}/webauthn-roaming`, { enabled: true })
      await switchOff(tenant, 'otp')
    }
    const { done } = await applyWhile(tenant, 'policy: always\nfactors: { recovery-code: true }', {
      more: [{ method: 'PUT', path: `${FACTORS}/recovery-code`, hook }],
    })
    expect(done.code).toBe(0)
  })

  test('a lock-out that was accepted goes on', async () => {
    const tenant = await startTenant()
    const { done, writes } = await applyWhile(tenant, 'policy: always', { flags: ['--allow', 'F01'] })
    expect(done.code).toBe(0)
    expect(writes).toEqual([`PUT ${POLICY}`])
  })

  test('what the plan could see and can be seen no more stops it', async () => {
    const tenant = await startTenant()
    const answer = {
      status: 403,
      body: '{"message":"Insufficient scope, expected any of: read:guardian_factors"}',
    }
    const { done, writes } = await applyWhile(tenant, 'policy: always\nfactors: { otp: true }', {
      more: [{ method: 'GET', path: FACTORS, nth: 2, answer }],
    })
    expect(done.code).toBe(4)
    expect(json(done)).toMatchObject({
      failed: [
        { path: 'policy', error: expect.stringMatching(/^What it rests on cannot be read again: GET/) },
      ],
    })
    expect(writes).toEqual([`PUT ${FACTORS}/otp`])
  })

  test('what the plan could not see either does not: it was accepted', async () => {
    const tenant = await startTenant()
    const token = await tenant.token('read:mfa_policies', 'update:mfa_policies')
    const done = await run(['apply', '-c', '-', '--yes', '--json', '--snapshot', 'none', '--allow', 'F01'], {
      env: { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: token },
      stdin: 'policy: always',
    })
    expect(done.code).toBe(0)
  })

  test('it looks before nothing else', async () => {
    const tenant = await startTenant()
    const { done } = await applyWhile(tenant, 'factors: { otp: true, recovery-code: true }')
    expect(done.requests.filter(request => request.startsWith('GET'))).toHaveLength(2)
  })
})

test('a phone provider that somebody makes meanwhile is changed, not made twice, and reaches as far as before', async () => {
  const tenant = await startTenant({ unifiedPhone: true })
  const other = {
    name: 'twilio',
    configuration: { sid: 'AC9', default_from: '+9', delivery_methods: ['text', 'voice'] },
    credentials: { auth_token: 'other' },
  }
  const path = '/branding/phone/providers'
  const hook = () => tenant.post(path, other).then(() => {})
  const faults = await startFaults(tenant, [{ method: 'GET', path, nth: 2, hook }])
  const stdin =
    'factors: { phone: { enabled: true, message_types: [sms], provider: twilio, twilio: { sid: AC1, auth_token: "${T}", from: "+1" } } }'
  const done = await run(['apply', '-c', '-', '--yes', '--json'], {
    env: { ...faults.env, T: 'hush' },
    stdin,
  })
  expect(done.code).toBe(0)
  const { providers } = (await tenant.get(path)) as { providers: unknown[] }
  expect(providers).toMatchObject([
    { configuration: { sid: 'AC1', default_from: '+1', delivery_methods: ['text', 'voice'] } },
  ])
})

describe('a policy on a tenant whose one factor that stands alone does not work', () => {
  const on = (name: string) => [`${FACTORS}/${name}`, { enabled: true }] as const

  test.each<[string, boolean, readonly (readonly [string, object])[], string]>([
    ['a phone without message types', false, [on('sms')], 'H02'],
    [
      'a phone with Twilio and no account',
      false,
      [on('sms'), ['/guardian/factors/phone/selected-provider', { provider: 'twilio' }]],
      'H04',
    ],
    ['a phone without provider', true, [on('sms')], 'H06'],
    ['Duo without account', false, [on('duo')], 'F04'],
    [
      'push over Amazon without account',
      false,
      [
        on('push-notification'),
        ['/guardian/factors/push-notification/selected-provider', { provider: 'sns' }],
      ],
      'U01',
    ],
    [
      'push without Apple and Google',
      false,
      [
        on('push-notification'),
        ['/guardian/factors/push-notification/selected-provider', { provider: 'direct' }],
      ],
      'U02',
    ],
  ])('%s is stopped', async (_, unifiedPhone, writes, id) => {
    const tenant = await startTenant({ unifiedPhone })
    for (const [path, body] of writes) await tenant.put(path, body)
    const stopped = await run(['apply', '-c', '-', '--yes', '--json'], {
      env: tenant.env,
      stdin: 'policy: always',
    })
    expect(stopped.code).toBe(3)
    const { findings } = json(stopped) as { findings: { check: string; severity: string }[] }
    expect(
      findings.filter(({ severity }) => ['error', 'confirm'].includes(severity)).map(({ check }) => check),
    ).toContain(id)
    expect(await tenant.get(POLICY)).toEqual([])
  })

  test.each(['otp', 'webauthn-roaming'])('nothing more is read where %s is on besides', async name => {
    const tenant = await startTenant()
    await tenant.put(`${FACTORS}/sms`, { enabled: true })
    await tenant.put(`${FACTORS}/${name}`, { enabled: true })
    const { requests } = await run(['plan', '-c', '-'], { env: tenant.env, stdin: 'policy: always' })
    expect(requests.filter(request => request.startsWith('GET')).sort()).toEqual([
      'GET /api/v2/guardian/factors',
      'GET /api/v2/guardian/policies',
    ])
  })
})
