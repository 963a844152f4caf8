import { describe, expect, test } from 'vitest'
import { json, type Outcome, run } from '../support/cli.ts'
import { expectDocument } from '../support/documents.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant } from '../support/sandbox.ts'
import { closedPort, silence, startServer } from '../tenant/support/server.ts'
import { blocksIn, ENV, fleetFile } from './support/fleet.ts'

/** Results of a fleet's document, by environment. */
function resultsOf(outcome: Outcome): Record<string, Record<string, unknown>> {
  expectDocument(outcome.out)
  const { results } = json(outcome)
  if (!Array.isArray(results)) throw new Error('There are no results.')
  return Object.fromEntries(results.map(result => [result.environment, result]))
}

/** A fleet of which everything that can go wrong goes wrong, beside two that are well. */
async function troubledFleet() {
  const [first, last] = [await startTenant(), await startTenant()]
  const failing = await startFaults(await startTenant(), [
    { method: 'PUT', path: '/guardian/factors/email', answer: { status: 400, body: '{"message":"No."}' } },
  ])
  const rejecting = await startServer({
    'POST /oauth/token': { status: 401, body: { error: 'access_denied' } },
  })
  const unable = await startServer({
    'GET /guardian/factors': {
      status: 403,
      body: { message: 'Insufficient scope, expected any of: read:guardian_factors' },
    },
  })
  const locked = await startTenant()
  // The last, since a server that is started after it could get the port.
  const down = await closedPort()
  const secret = { client_id: '${TOKEN}', client_secret: '${TOKEN}' }
  const files = fleetFile(
    { factors: { otp: true, email: true } },
    {
      first: { url: first.url },
      down: { url: `http://127.0.0.1:${down}` },
      rejecting: { url: rejecting.url, block: { credentials: secret } },
      unable: { url: unable.url },
      invalid: { url: first.url.replace('127.0.0.1', 'localhost'), block: { policy: 'sometimes' } },
      unset: {
        url: last.url.replace('127.0.0.1', 'localhost'),
        block: { factors: { duo: { host: '${NOT_SET}' } } },
      },
      locked: {
        url: locked.url,
        block: { policy: 'always', factors: { otp: false, email: false } },
      },
      failing: { url: failing.url },
      homeless: {},
      last: { url: last.url },
    },
  )
  return { files, first, last, failing }
}

const CODES = {
  down: 'unreachable',
  rejecting: 'credentials_rejected',
  unable: 'scope_missing',
  invalid: 'config_invalid',
  unset: 'reference_unset',
  homeless: 'credentials_missing',
}
const ALL = [
  'first',
  'down',
  'rejecting',
  'unable',
  'invalid',
  'unset',
  'locked',
  'failing',
  'homeless',
  'last',
]

describe('a tenant that fails stops and hides no other', () => {
  test('apply', async () => {
    const { files, first, last, failing } = await troubledFleet()
    const outcome = await run(['apply', '--all', '--yes', '--json', '--concurrency', '3'], {
      files,
      env: ENV,
    })
    expect(outcome.code).toBe(4)
    const results = resultsOf(outcome)
    expect(Object.keys(results)).toEqual(ALL)
    for (const [name, code] of Object.entries({ ...CODES, locked: 'check_failed' }))
      expect(results[name]).toMatchObject({ error: { code } })
    expect(results.locked).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ check: 'F01' })]),
    })
    expect(results.failing).toMatchObject({
      apply: {
        environment: 'failing',
        applied: [{ path: 'factors.otp.enabled' }],
        failed: [{ path: 'factors.email.enabled' }],
        error: { code: 'apply_incomplete' },
      },
    })
    for (const [name, tenant] of Object.entries({ first, last })) {
      expect(results[name]).toMatchObject({
        tenant: new URL(tenant.url).host,
        apply: {
          verified: true,
          failed: [],
          notAttempted: [],
          snapshot: expect.stringContaining('.mfa-config'),
        },
      })
      for (const factor of ['otp', 'email'])
        expect(await tenant.get('/guardian/factors')).toContainEqual(
          expect.objectContaining({ name: factor, enabled: true }),
        )
    }
    expect(failing.writes()).toHaveLength(2)
  })

  test('apply, for people: a block each in the order of the file, a matrix, and a count', async () => {
    const { files } = await troubledFleet()
    const { code, out } = await run(['apply', '--all', '--yes'], { files, env: ENV })
    expect(code).toBe(4)
    expect(blocksIn(out)).toEqual(ALL)
    expect(out).toMatch(/^no tenant \(homeless\)\n\nError: Environment homeless has no tenant\.\n/m)
    expect(out).toMatch(/ \(down\)\n\nError: 127\.0\.0\.1:\d+ cannot be reached: /)
    expect(out).toMatch(/ \(unset\)\n\nError: .*\n {2}mfa-config\.yaml:\d+:\d+ .*NOT_SET is not set\.\n/)
    expect(out).toMatch(/\n10 tenants: 2 applied, 7 failed, 1 not done\.\n$/)
    expect(out).toMatch(/^.*factors\.otp\.enabled.*$/m)
  })

  test('plan, in JSON and in Markdown', async () => {
    const { files } = await troubledFleet()
    const outcome = await run(['plan', '--all', '--json'], { files, env: ENV })
    expect(outcome.code).toBe(1)
    const results = resultsOf(outcome)
    expect(Object.keys(results)).toEqual(ALL)
    for (const [name, code] of Object.entries(CODES)) expect(results[name]).toMatchObject({ error: { code } })
    for (const name of ['first', 'locked', 'failing', 'last'])
      expect(results[name]).toMatchObject({ plan: { format: 'mfa-config/plan/1', environment: name } })

    const markdown = await run(['plan', '--all', '--format', 'markdown'], { files, env: ENV })
    expect(markdown.code).toBe(1)
    for (const name of ALL) expect(markdown.out).toContain(name)
    expect(markdown.out).toContain('The environment variable `NOT_SET` is not set.')
  })

  test('show: what each tenant has', async () => {
    const { files, last } = await troubledFleet()
    await last.put('/guardian/policies', ['all-applications'])
    const outcome = await run(['show', '--all', '--json'], { files, env: ENV })
    expect(outcome.code).toBe(1)
    const results = resultsOf(outcome)
    expect(results.last).toMatchObject({ show: { environment: 'last', config: { policy: 'always' } } })
    expect(results.first).toMatchObject({ show: { config: { policy: 'never' } } })
    // A setting's variable that is not set is no obstacle to looking at the tenant.
    expect(results.unset).toMatchObject({ show: { format: 'mfa-config/show/1' } })
    for (const name of ['down', 'rejecting', 'invalid', 'homeless'])
      expect(results[name]).toHaveProperty('error.code')

    const table = await run(['show', '--all'], { files, env: ENV })
    expect(blocksIn(table.out)).toEqual(ALL)
    expect(await run(['show', '--all', '--format', 'table'], { files, env: ENV })).toMatchObject({ code: 1 })
  })

  test('show --all --format yaml is refused: it would be one file of many tenants', async () => {
    const { files } = await troubledFleet()
    const outcome = await run(['show', '--all', '--format', 'yaml'], { files, env: ENV })
    expect(outcome).toMatchObject({ code: 1, out: '', requests: [] })
    expect(outcome.err).toBe(
      'Error: A configuration file has what one tenant has: name it with --env, or take --json.\n',
    )
  })

  test('validate', async () => {
    const { files } = await troubledFleet()
    const outcome = await run(['validate', '--all', '--json'], { files, env: ENV })
    expect(outcome).toMatchObject({ code: 1, requests: [] })
    const results = resultsOf(outcome)
    expect(Object.keys(results)).toEqual(ALL)
    expect(results.invalid).toMatchObject({ error: { code: 'config_invalid' } })
    expect(results.unset).toMatchObject({ error: { code: 'reference_unset' } })
    for (const name of ALL.filter(name => name !== 'invalid' && name !== 'unset'))
      expect(results[name]).toMatchObject({
        validate: { format: 'mfa-config/validate/1', environment: name },
      })
  })

  test('doctor', async () => {
    const { files } = await troubledFleet()
    const outcome = await run(['doctor', '--all', '--json'], { files, env: ENV })
    expect(outcome.code).toBe(1)
    const results = resultsOf(outcome)
    expect(Object.keys(results)).toEqual(ALL)
    expect(results.invalid).toMatchObject({ error: { code: 'config_invalid' } })
    for (const name of ['first', 'down', 'rejecting', 'unset', 'homeless'])
      expect(results[name]).toMatchObject({ doctor: { environment: name } })
    const { err } = await run(['doctor', '--all'], { files, env: ENV })
    expect(err).toBe('')
  })
})

test('an answer without end is cut off, and hides no other', async () => {
  const endless = await startServer({
    'GET /guardian/factors': response => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(1_000_000)));
      }
      response.on('drain', more)
      more()
    },
  })
  const well = await startServer()
  const files = fleetFile(
    { factors: { otp: true } },
    { endless: { url: endless.url }, well: { url: well.url } },
  )
  const outcome = await run(['plan', '--all', '--json'], { files, env: ENV })
  expect(outcome.code).toBe(1)
  expect(resultsOf(outcome)).toMatchObject({
    endless: { error: { code: 'unreachable', message: expect.stringContaining('its answer does not end') } },
    well: { plan: { summary: { changes: 1 } } },
  })
})

test('a bug that shows itself in one tenant hides no other, and its stack is told at the end', async () => {
  const [one, other] = [await startServer(), await startServer()]
  const bad = await startServer({ 'GET /guardian/policies': { body: ['all-applications'] } })
  const files = fleetFile(
    { policy: 'never' },
    { one: { url: one.url }, bad: { url: bad.url }, other: { url: other.url } },
  )
  const outcome = await run(['apply', '--all', '--yes', '--json'], {
    files,
    env: ENV,
    answers: [],
    whileAsked: async () => {
      throw new TypeError('x is not a function')
    },
  })
  expect(outcome).toMatchObject({ code: 1, questions: [expect.stringMatching(/^bad: /)] })
  expect(resultsOf(outcome)).toMatchObject({
    one: { apply: { applied: [] } },
    bad: { error: { code: 'api_error', message: 'This is a bug in mfa-config: x is not a function' } },
    other: { apply: { applied: [] } },
  })
  expect(outcome.err).toMatch(
    /^bad: This is a bug in mfa-config; please report it\.\nTypeError: x is not a function\n {4}at .*/m,
  )
})

describe('Ctrl-C', () => {
  test('ends what is under way, and begins no other', async () => {
    const controller = new AbortController()
    const well = await startServer()
    const stuck = await startServer({ 'GET /guardian/policies': silence })
    const never = await startServer()
    const files = fleetFile(
      { policy: 'never' },
      { well: { url: well.url }, stuck: { url: stuck.url }, never: { url: never.url } },
    )
    const outcome = await run(['plan', '--all', '--json', '--concurrency', '1'], {
      files,
      env: ENV,
      interrupt: controller.signal,
      beforeSending: ({ url }) => {
        if (url.startsWith(stuck.url)) setTimeout(() => controller.abort(), 10)
      },
    })
    expect(outcome.code).toBe(130)
    expect(resultsOf(outcome)).toMatchObject({
      well: { plan: { changes: [] } },
      stuck: { error: { code: 'interrupted', message: 'Interrupted.' } },
      never: { error: { code: 'interrupted', message: 'Interrupted before it had begun.' } },
    })
    expect(never.got).toEqual([])
  })

  test('while tenants are written to: each write that is under way is awaited and reported', async () => {
    const controller = new AbortController()
    const tenants = await Promise.all(
      ['a', 'b'].map(async () =>
        startFaults(await startTenant(), [
          { method: 'PUT', path: '/guardian/factors/otp', hook: () => controller.abort() },
        ]),
      ),
    )
    const last = await startFaults(await startTenant())
    const [a, b] = tenants
    const files = fleetFile(
      { factors: { otp: true, email: true } },
      { a: { url: a?.url ?? '' }, b: { url: b?.url ?? '' }, last: { url: last.url } },
    )
    const outcome = await run(['apply', '--all', '--yes', '--json', '--concurrency', '1'], {
      files,
      env: ENV,
      interrupt: controller.signal,
    })
    expect(outcome.code).toBe(130)
    expect(resultsOf(outcome)).toMatchObject({
      a: {
        apply: {
          applied: [{ path: 'factors.otp.enabled' }],
          notAttempted: [{ path: 'factors.email.enabled' }],
          error: { code: 'interrupted' },
        },
      },
      b: { error: { code: 'interrupted' } },
      last: { error: { code: 'interrupted' } },
    })
    expect([b, last].flatMap(tenant => tenant?.seen)).toEqual([])
  })
})

describe('two environments of one tenant', () => {
  const blocks = async () => {
    const server = await startServer()
    return { server, name: server.name }
  }

  test.each([
    ['written alike', (url: string) => [url, url]],
    ['written in two ways', (url: string) => [url, `${url}/ `]],
    ['one by a reference', (url: string) => [url, '${SAME}']],
  ])('are refused for apply before any request: %s', async (_, urls) => {
    const { server, name } = await blocks()
    const [one = '', two = ''] = urls(server.url)
    const files = fleetFile({ policy: 'never' }, { one: { url: one }, other: {}, two: { url: two } })
    const env = { ...ENV, SAME: server.url }
    const outcome = await run(['apply', '--all', '--yes', '--json'], { files, env })
    expect(outcome).toMatchObject({ code: 1, requests: [] })
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'config_invalid',
        message: `Environments one and two of mfa-config.yaml are both for ${name}: each would undo the other's work.`,
      },
    })
    const pair = await run(['apply', '--env', 'two', '--env', 'one', '--yes'], { files, env })
    expect(pair).toMatchObject({ code: 1, requests: [] })
    expect((await run(['plan', '--env', 'one', '--env', 'two'], { files, env })).code).toBe(0)
  })

  test('that one runs without the other are none', async () => {
    const { server } = await blocks()
    const files = fleetFile({ policy: 'never' }, { one: { url: server.url }, two: { url: server.url } })
    expect(await run(['apply', '--env', 'one', '--yes'], { files, env: ENV })).toMatchObject({ code: 0 })
  })
})
