import { describe, expect, test } from 'vitest'
import { json, type Outcome, run } from '../support/cli.ts'
import { type Fault, type Faults, startFaults } from '../support/faults.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'

/** Four writes, in this order. */
const FILE = 'policy: always\nfactors: { otp: true, email: true, recovery-code: true }'
const OTP = { path: 'factors.otp.enabled', before: false, after: true }
const EMAIL = { path: 'factors.email.enabled', before: false, after: true }
const RECOVERY = { path: 'factors.recovery-code.enabled', before: false, after: true }
const POLICY = { path: 'policy', before: 'never', after: 'always' }

/** With `closed`, the tenant never gets the request. */
const NOT_DELIVERED = { answer: { status: 200, body: '' } } as const
const EMAIL_WRITE = { method: 'PUT', path: '/guardian/factors/email' } as const

function apply({ env }: Pick<Faults, 'env'>, ...args: string[]): Promise<Outcome> {
  return run(['apply', '-c', '-', '--yes', '--json', '--snapshot', 'none', ...args], { env, stdin: FILE })
}

async function spoiled(...faults: Fault[]): Promise<{ tenant: TestTenant; faults: Faults }> {
  const tenant = await startTenant()
  return { tenant, faults: await startFaults(tenant, faults) }
}

describe('a write that fails', () => {
  test.each<[string, Partial<Fault>, string]>([
    [
      'with what the API says of a bad request',
      {
        answer: {
          status: 400,
          body: '{"statusCode":400,"error":"Bad Request","message":"Payload validation error","errorCode":"invalid_body"}',
        },
      },
      'PUT /guardian/factors/email: the API answered 400 ("Payload validation error").',
    ],
    [
      'because the plan does not include it',
      {
        answer: {
          status: 403,
          body: '{"statusCode":403,"message":"Please upgrade your subscription to use email MFA","errorCode":"insufficient_scope"}',
        },
      },
      'PUT /guardian/factors/email: the tenant\'s plan does not include this ("Please upgrade your subscription to use email MFA").',
    ],
    [
      'because the token is not accepted any more',
      { answer: { status: 401, body: '{"statusCode":401,"message":"Expired token"}' } },
      'PUT /guardian/factors/email: the tenant does not accept the access token ("Expired token").',
    ],
    [
      'in the server',
      { answer: { status: 500, body: '{"statusCode":500}' } },
      'PUT /guardian/factors/email: the API answered 500.',
    ],
    [
      'in a gateway that answers a web page',
      { answer: { status: 502, body: '<html>Bad gateway</html>', type: 'text/html' } },
      'PUT /guardian/factors/email: the API answered 502.',
    ],
    [
      'with a web page as its success',
      { answer: { status: 200, body: '<html>Sign in</html>', type: 'text/html' } },
      'PUT /guardian/factors/email: the server answered 200 with a web page.',
    ],
    [
      'with nothing as its success',
      { answer: { status: 200, body: '' } },
      'PUT /guardian/factors/email: the server answered 200 with an empty body.',
    ],
    [
      'with half an answer',
      { answer: { status: 200, body: '{"enabled":tr' } },
      'PUT /guardian/factors/email: the server answered 200 with something that is no JSON.',
    ],
    [
      'without an answer',
      { ...NOT_DELIVERED, closed: true },
      'cannot be reached: the connection was closed. It may have been made all the same.',
    ],
  ])('%s: what was done, what failed and what was not tried is reported, with 4', async (_, fault, error) => {
    const doubtful =
      fault.closed === true || fault.answer?.status === 200 || (fault.answer?.status ?? 0) > 499
    const { tenant, faults } = await spoiled({ ...EMAIL_WRITE, ...fault })
    const failed = await apply(faults)
    expect(failed.code).toBe(4)
    expect(json(failed)).toStrictEqual({
      format: 'mfa-config/apply/1',
      tenant: new URL(faults.url).host,
      environment: null,
      applied: [OTP],
      failed: [{ ...EMAIL, error: expect.stringContaining(error) }],
      notAttempted: [RECOVERY, POLICY],
      verified: false,
      snapshot: null,
      error: { code: 'apply_incomplete', message: expect.stringContaining(error) },
    })
    // Where it may have been made, it was looked at and sent again, twice; a plain refusal was taken for what it is.
    const email = Array(doubtful ? 3 : 1).fill('PUT /guardian/factors/email')
    expect(faults.writes()).toEqual(['PUT /guardian/factors/otp', ...email])
    expect(failed.waits).toEqual(doubtful ? [500, 1000] : [])
    // No weaker than before or than asked for: MFA is not required yet.
    expect(await tenant.get('/guardian/policies')).toEqual([])

    const again = await apply(tenant)
    expect(again.code).toBe(0)
    expect(json(again)).toMatchObject({ verified: true })
    expect(await tenant.get('/guardian/policies')).toEqual(['all-applications'])
  })

  test.each<[string, string, unknown[], unknown[]]>([
    ['first', '/guardian/factors/otp', [], [EMAIL, RECOVERY, POLICY]],
    ['last', '/guardian/policies', [OTP, EMAIL, RECOVERY], []],
  ])('is reported in the same way where it is the %s', async (_, path, applied, notAttempted) => {
    const { faults } = await spoiled({ method: 'PUT', path, answer: { status: 500, body: '{}' } })
    const failed = await apply(faults)
    expect(failed.code).toBe(4)
    expect(json(failed)).toMatchObject({ applied, notAttempted, error: { code: 'apply_incomplete' } })
    expect((json(failed).failed as unknown[]).length).toBe(1)
  })

  test('is told people with every change in its place', async () => {
    const { faults } = await spoiled({ ...EMAIL_WRITE, answer: { status: 500, body: '{}' } })
    const args = ['apply', '-c', '-', '--yes', '--snapshot', 'none']
    const { code, out } = await run(args, { env: faults.env, stdin: FILE })
    expect(code).toBe(4)
    expect(out).toMatch(/^ {2}✓ factors\.otp\.enabled {12}off → on$/m)
    expect(out).toMatch(/^ {2}✗ factors\.email\.enabled {10}off → on\n {6}PUT \/guardian\/factors\/email: /m)
    expect(out).toMatch(/^ {2}- factors\.recovery-code\.enabled {2}off → on$/m)
    expect(out).toMatch(
      /\n1 applied, 1 failed, 2 not attempted\. A write failed: .* Run apply again when that is mended\.\n$/,
    )
  })

  test.each<[string, Partial<Fault>]>([
    ['is lost', { closed: true }],
    [
      'is a failure of the server after it has acted',
      { delivered: true, answer: { status: 500, body: '{}' } },
    ],
    ['is a web page', { delivered: true, answer: { status: 200, body: '<html>' } }],
  ])('and was made although its answer %s is found to be there, and not sent again', async (_, fault) => {
    const { faults } = await spoiled({ ...EMAIL_WRITE, ...fault })
    const done = await apply(faults)
    expect(done.code).toBe(0)
    expect(json(done)).toMatchObject({ applied: [OTP, EMAIL, RECOVERY, POLICY], verified: true })
    expect(faults.writes().filter(write => write === 'PUT /guardian/factors/email')).toHaveLength(1)
    expect(done.err).toContain('Reading what became of it.')
  })

  test.each<[string, Partial<Fault>]>([
    ['whose connection was closed before the server acted', { ...NOT_DELIVERED, closed: true }],
    ['that failed once in the server', { answer: { status: 503, body: '{}' } }],
  ])('%s is sent again when it is seen that it was not made', async (_, fault) => {
    const { faults } = await spoiled({ ...EMAIL_WRITE, ...fault, nth: 1 })
    const done = await apply(faults)
    expect(done.code).toBe(0)
    expect(json(done)).toMatchObject({ applied: [OTP, EMAIL, RECOVERY, POLICY], verified: true })
    expect(faults.writes().filter(write => write === 'PUT /guardian/factors/email')).toHaveLength(2)
  })

  test('whose fate cannot be read is in doubt, and told as such', async () => {
    const { faults } = await spoiled(
      { ...EMAIL_WRITE, closed: true },
      { method: 'GET', path: '/guardian/factors', nth: 2, answer: { status: 401, body: '{}' } },
    )
    const failed = await apply(faults)
    expect(failed.code).toBe(4)
    expect(json(failed)).toMatchObject({
      applied: [OTP],
      failed: [{ ...EMAIL, error: expect.stringContaining('It may have been made all the same.') }],
      notAttempted: [RECOVERY, POLICY],
    })
  })

  test('of message types is judged by the switch as it is now, not as it was before the run', async () => {
    const { faults } = await spoiled({
      method: 'PUT',
      path: '/guardian/factors/phone/message-types',
      nth: 1,
      ...NOT_DELIVERED,
      closed: true,
    })
    const stdin = 'factors: { phone: { enabled: true, message_types: [sms] } }'
    const args = [
      'apply',
      '-c',
      '-',
      '--yes',
      '--json',
      '--snapshot',
      'none',
      '--allow',
      'F08',
      '--allow',
      'H10',
    ]
    const done = await run(args, { env: faults.env, stdin })
    expect(done.code).toBe(0)
    expect(faults.writes()).toEqual([
      'PUT /guardian/factors/sms',
      'PUT /guardian/factors/phone/message-types',
      'PUT /guardian/factors/phone/message-types',
    ])
  })

  test('for the rate limit is sent again when the tenant takes more, and is then no failure', async () => {
    const { faults } = await spoiled({
      ...EMAIL_WRITE,
      nth: 1,
      answer: { status: 429, body: '{"statusCode":429,"message":"Global limit has been reached"}' },
    })
    const done = await apply(faults)
    expect(done.code).toBe(0)
    expect(done.waits).toHaveLength(1)
    expect(json(done)).toMatchObject({ applied: [OTP, EMAIL, RECOVERY, POLICY], verified: true })
    expect(faults.writes().filter(write => write === 'PUT /guardian/factors/email')).toHaveLength(2)
  })
})

describe('what was written is read again', () => {
  const notKept: Fault = {
    method: 'GET',
    path: '/guardian/factors',
    // After the plan, and after the look before the policy.
    nth: 3,
    rewrite: list =>
      (list as { name: string }[]).map(item => (item.name === 'email' ? { ...item, enabled: false } : item)),
  }

  test('and a tenant that does not have it is told, field by field, with 4', async () => {
    const { faults } = await spoiled(notKept)
    const done = await apply(faults)
    expect(done.code).toBe(4)
    const document = json(done)
    expect(document).toMatchObject({
      applied: [OTP, EMAIL, RECOVERY, POLICY],
      failed: [],
      notAttempted: [],
      verified: false,
      error: { code: 'verification_failed', message: expect.stringContaining('factors.email.enabled') },
    })
    expect(JSON.stringify(document.error)).not.toContain('factors.otp')
  })

  test('also where a setting of several fields was kept in part', async () => {
    const { faults } = await spoiled({
      method: 'GET',
      path: '/guardian/factors/email/settings',
      nth: 2,
      rewrite: () => ({ otp_length: 8, otp_expiration_time: 300 }),
    })
    const stdin = 'factors: { email: { otp_length: 8, otp_expiration_time: 1m } }'
    const done = await run(['apply', '-c', '-', '--yes', '--json'], { env: faults.env, stdin })
    expect(json(done)).toMatchObject({
      error: { message: expect.stringMatching(/does not have it: factors\.email\.otp_expiration_time\./) },
    })
  })

  test('also where it means something only while a switch is on, which nobody wrote', async () => {
    const { tenant, faults } = await spoiled({
      method: 'GET',
      path: '/guardian/factors/phone/message-types',
      nth: 2,
      rewrite: () => ({ message_types: ['sms'] }),
    })
    await tenant.put('/guardian/factors/sms', { enabled: true })
    await tenant.put('/guardian/factors/phone/selected-provider', { provider: 'phone-message-hook' })
    const stdin = 'factors: { phone: { message_types: [voice] } }'
    const done = await run(['apply', '-c', '-', '--yes', '--json'], { env: faults.env, stdin })
    expect(done.code).toBe(4)
    expect(json(done)).toMatchObject({
      error: { message: expect.stringMatching(/does not have it: factors\.phone\.message_types\./) },
    })
  })

  test.each<[string, Partial<Fault>]>([
    [
      'is refused',
      {
        answer: { status: 403, body: '{"message":"Insufficient scope, expected any of: read:mfa_policies"}' },
      },
    ],
    ['fails', { answer: { status: 500, body: '{}' } }],
    ['is a web page', { answer: { status: 200, body: '<html></html>' } }],
    ['is lost', { closed: true }],
  ])('and where that %s, the run is not verified and says why', async (_, fault) => {
    const tenant = await startTenant()
    const count = { reads: 0 }
    const gone: Fault = {
      method: 'GET',
      path: '/guardian/policies',
      hook: () => void count.reads++,
      ...fault,
    }
    const faults = await startFaults(tenant, [{ method: 'GET', path: '/guardian/policies', nth: 1 }, gone])
    const done = await apply(faults)
    expect(count.reads).toBeGreaterThan(0)
    expect(done.code).toBe(4)
    expect(json(done)).toMatchObject({
      applied: [OTP, EMAIL, RECOVERY, POLICY],
      verified: false,
      error: {
        code: 'verification_failed',
        message: expect.stringMatching(/^All was written, but cannot be read back: .+[.?]$/),
      },
    })
  })
})

describe('Ctrl-C', () => {
  async function interruptedAt(fault: Pick<Fault, 'method' | 'path' | 'nth'>, ...args: string[]) {
    const controller = new AbortController()
    const tenant = await startTenant()
    const faults = await startFaults(tenant, [{ ...fault, hook: () => controller.abort() }], { latency: 5 })
    const outcome = await run(['apply', '-c', '-', '--yes', '--snapshot', 'none', ...args], {
      env: faults.env,
      stdin: FILE,
      interrupt: controller.signal,
    })
    return { tenant, faults, outcome }
  }

  test('lets the write under way end, begins no other, and reports with 130', async () => {
    const { tenant, faults, outcome } = await interruptedAt(EMAIL_WRITE, '--json')
    expect(outcome.code).toBe(130)
    expect(json(outcome)).toStrictEqual({
      format: 'mfa-config/apply/1',
      tenant: new URL(faults.url).host,
      environment: null,
      applied: [OTP, EMAIL],
      failed: [],
      notAttempted: [RECOVERY, POLICY],
      verified: false,
      snapshot: null,
      error: { code: 'interrupted', message: expect.any(String) },
    })
    expect(faults.writes()).toEqual(['PUT /guardian/factors/otp', 'PUT /guardian/factors/email'])
    const list = (await tenant.get('/guardian/factors')) as { name: string; enabled: boolean }[]
    expect(list.filter(({ enabled }) => enabled).map(({ name }) => name)).toEqual(['otp', 'email'])
    expect((await apply(tenant)).code).toBe(0)
  })

  test('tells people the same', async () => {
    const { outcome } = await interruptedAt(EMAIL_WRITE)
    expect(outcome.code).toBe(130)
    expect(outcome.out).toMatch(
      /\n2 applied, 2 not attempted\. Interrupted before everything was written\.\n$/,
    )
  })

  test('during the last write leaves nothing that was not tried, and is 130 all the same', async () => {
    const { outcome } = await interruptedAt({ method: 'PUT', path: '/guardian/policies' }, '--json')
    expect(outcome.code).toBe(130)
    expect(json(outcome)).toMatchObject({
      applied: [OTP, EMAIL, RECOVERY, POLICY],
      notAttempted: [],
      verified: false,
      error: { code: 'interrupted', message: expect.stringContaining('All was written') },
    })
  })

  test('while it is read back is told as that', async () => {
    const { outcome } = await interruptedAt({ method: 'GET', path: '/guardian/policies', nth: 2 }, '--json')
    expect(outcome.code).toBe(130)
    expect(json(outcome)).toMatchObject({
      applied: [OTP, EMAIL, RECOVERY, POLICY],
      error: { code: 'interrupted' },
    })
  })

  test('before the first write is an error like any other, with 130', async () => {
    const { faults, outcome } = await interruptedAt({ method: 'GET', path: '/guardian/factors' }, '--json')
    expect(outcome.code).toBe(130)
    expect(json(outcome)).toMatchObject({ format: 'mfa-config/error/1', error: { code: 'interrupted' } })
    expect(faults.writes()).toEqual([])
  })
})

describe('a server that is not what it should be', () => {
  test.each<[string, NonNullable<Fault['answer']>, string]>([
    ['a web page', { status: 200, body: '<!doctype html>' }, 'a web page'],
    ['an empty body', { status: 200, body: '' }, 'an empty body'],
    ['half an answer', { status: 200, body: '[{"name":' }, 'no JSON'],
    [
      'something of another shape',
      { status: 200, body: '{"factors":[]}' },
      'not what the Management API documents',
    ],
  ])('stops apply at its first answer, nothing written: %s', async (_, answer, said) => {
    const { faults } = await spoiled({ method: 'GET', path: '/guardian/factors', answer })
    const stopped = await apply(faults)
    expect(stopped.code).toBe(1)
    expect(faults.writes()).toEqual([])
    expect(json(stopped)).toMatchObject({
      error: {
        code: 'api_error',
        problems: expect.arrayContaining([
          { path: 'factors.otp.enabled', message: expect.stringContaining(said) },
        ]),
      },
    })
  })
})

describe('keys that the tenant gives and this version does not know', () => {
  const SETTINGS = '/guardian/factors/email/settings'
  const stdin = 'factors: { email: { otp_length: 8 } }'
  const givesMore: Fault = {
    method: 'GET',
    path: SETTINGS,
    rewrite: body => ({ ...(body as object), since: 2031 }),
  }

  async function writesAfter(...more: Fault[]) {
    const { faults } = await spoiled(givesMore, ...more)
    const outcome = await run(['apply', '-c', '-', '--yes', '--json', '--snapshot', 'none'], {
      env: faults.env,
      stdin,
    })
    return { outcome, bodies: faults.seen.filter(({ method }) => method === 'PUT').map(({ body }) => body) }
  }

  test('go back, so that they are not reset; and once more without them where the API refuses them', async () => {
    const { outcome, bodies } = await writesAfter()
    expect(bodies).toEqual([
      { otp_length: 8, otp_expiration_time: 300, since: 2031 },
      { otp_length: 8, otp_expiration_time: 300 },
    ])
    expect(outcome.code).toBe(0)
  })

  test('are no reason to send again what is refused for another reason', async () => {
    const body = '{"statusCode":400,"message":"otp_length is out of range"}'
    const { outcome, bodies } = await writesAfter({
      method: 'PUT',
      path: SETTINGS,
      answer: { status: 400, body },
    })
    expect(bodies).toHaveLength(1)
    expect(outcome.code).toBe(4)
  })
})

test('a refusal of unknown keys is final where none but known ones were sent', async () => {
  const body =
    '{"statusCode":400,"message":"Payload validation error: \'Additional properties not allowed: enabled\'"}'
  const { faults } = await spoiled({ ...EMAIL_WRITE, answer: { status: 400, body } })
  expect((await apply(faults)).code).toBe(4)
  expect(faults.writes().filter(write => write === 'PUT /guardian/factors/email')).toHaveLength(1)
})

test('a fault of this program while reading back does not hide what was written', async () => {
  const { faults } = await spoiled()
  let reads = 0
  const outcome = await run(['apply', '-c', '-', '--yes', '--json', '--snapshot', 'none'], {
    env: faults.env,
    stdin: FILE,
    beforeSending: ({ method, url }) => {
      if (method === 'GET' && url.endsWith('/guardian/policies') && ++reads === 2)
        throw new TypeError('a bug')
    },
  })
  expect(outcome.code).toBe(4)
  expect(json(outcome)).toMatchObject({
    applied: [OTP, EMAIL, RECOVERY, POLICY],
    verified: false,
    error: { code: 'verification_failed' },
  })
})
