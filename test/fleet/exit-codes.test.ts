import { expect, test } from 'vitest'
import { worstOf } from '../../src/errors.ts'
import { json, run } from '../support/cli.ts'
import { type Fault, startFaults } from '../support/faults.ts'
import { startTenant } from '../support/sandbox.ts'
import { startServer } from '../tenant/support/server.ts'
import { ENV, fleetFile } from './support/fleet.ts'

const GRAVEST_FIRST = [130, 4, 1, 5, 3, 2, 0]

test.each(GRAVEST_FIRST.flatMap((one, i) => GRAVEST_FIRST.slice(i).map(other => [one, other])))(
  'of %i and %i the first is the exit code',
  (one, other) => {
    expect(worstOf([one, other])).toBe(one)
    expect(worstOf([other, one])).toBe(one)
    expect(worstOf([0, other, 0, one])).toBe(one)
  },
)

test('nothing at all is done', () => {
  expect(worstOf([])).toBe(0)
})

const WRITE_FAILS: Fault = {
  method: 'PUT',
  path: '/guardian/factors/otp',
  answer: { status: 400, body: '{"message":"No."}' },
}

interface Kind {
  readonly block: object
  readonly faults?: readonly Fault[]
  readonly isDown?: true
  /** What `plan --detailed-exitcode` and `apply --yes` do with it alone. */
  readonly plan: number
  readonly apply: number
}

/** Kinds of environments, by what comes of them. */
const KINDS: Readonly<Record<string, Kind>> = {
  'as it is': { block: { policy: 'never' }, plan: 0, apply: 0 },
  'to change': { block: { factors: { otp: true } }, plan: 2, apply: 0 },
  'stopped by a check': { block: { policy: 'always', factors: { otp: false } }, plan: 2, apply: 3 },
  'not to be reached': { block: { policy: 'never' }, isDown: true, plan: 1, apply: 1 },
  'not valid': { block: { policy: 'sometimes' }, plan: 1, apply: 1 },
  'not to be written': { block: { factors: { otp: true } }, faults: [WRITE_FAILS], plan: 2, apply: 4 },
}

async function urlOf({ faults = [], isDown }: Kind): Promise<string> {
  if (isDown) return 'http://127.0.0.1:1'
  const tenant = await startTenant()
  return faults.length > 0 ? (await startFaults(tenant, faults)).url : tenant.url
}

const names = Object.keys(KINDS)
const pairs = names.flatMap((one, i) => names.slice(i).map(other => [one, other] as const))

test.each(pairs)('of one that is %s and one that is %s, over HTTP', async (one, other) => {
  const kinds = [KINDS[one], KINDS[other]].filter(kind => kind !== undefined)
  const [first = '', second = ''] = await Promise.all(kinds.map(urlOf))
  const [a = { block: {} }, b = { block: {} }] = kinds
  const files = fleetFile(
    {},
    { a: { url: first, block: { ...a.block } }, b: { url: second, block: { ...b.block } } },
  )
  const plan = await run(['plan', '--all', '--detailed-exitcode', '--json'], { files, env: ENV })
  expect(plan.code).toBe(worstOf(kinds.map(({ plan }) => plan)))
  expect((await run(['plan', '--all', '--json'], { files, env: ENV })).code).toBe(plan.code === 1 ? 1 : 0)
  const apply = await run(['apply', '--all', '--yes', '--json', '--snapshot', 'none'], { files, env: ENV })
  expect(apply.code).toBe(worstOf(kinds.map(({ apply }) => apply)))
})

test('what the credentials do not open is 1, and what was interrupted is worse than all', async () => {
  const rejecting = await startServer({ 'POST /oauth/token': { status: 401 } })
  const controller = new AbortController()
  const interrupting = await startServer({
    'GET /guardian/policies': response => {
      controller.abort()
      response.writeHead(200, { 'content-type': 'application/json' }).end('[]')
    },
  })
  const credentials = { client_id: '${TOKEN}', client_secret: '${TOKEN}' }
  const files = fleetFile(
    { policy: 'never' },
    { a: { url: rejecting.url, block: { credentials } }, b: { url: interrupting.url } },
  )
  const alone = await run(['plan', '--env', 'a', '--json'], { files, env: ENV })
  expect(alone.code).toBe(1)
  const both = await run(['plan', '--all', '--json', '--concurrency', '1'], {
    files,
    env: ENV,
    interrupt: controller.signal,
  })
  expect(both.code).toBe(130)
  expect(json(both)).toMatchObject({
    results: [{ error: { code: 'credentials_rejected' } }, { error: { code: 'interrupted' } }],
  })
})
