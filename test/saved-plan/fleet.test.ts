import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ALLOW_ALL } from '../support/allow.ts'
import { json, type Outcome } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'
import { type Desk, deskOf, PLAN, writesOf } from './support/desk.ts'

const NAMES = ['dev', 'test', 'prod'] as const
type Name = (typeof NAMES)[number]

/** Three tenants, each an environment of one file, and a desk for them. */
async function start() {
  const tenants = { dev: await startTenant(), test: await startTenant(), prod: await startTenant() }
  const desk = deskOf({ TOKEN: 'test' })
  return { tenants, desk, file: fileOf(urlsOf(tenants)) }
}

function urlsOf(tenants: Readonly<Record<Name, Pick<TestTenant, 'url'>>>): Record<Name, string> {
  return { dev: tenants.dev.url, test: tenants.test.url, prod: tenants.prod.url }
}

/** A file with an environment for each tenant; production has one setting more. */
function fileOf(urls: Readonly<Partial<Record<Name, string>>>): string {
  const environments = Object.entries(urls).map(([name, tenant]) => [
    name,
    { tenant, credentials: { access_token: '${TOKEN}' }, ...(name === 'prod' && { policy: 'always' }) },
  ])
  const factors = { otp: true, 'recovery-code': true }
  return JSON.stringify({ factors, environments: Object.fromEntries(environments) })
}

/** Of each environment the code of its error, or how many changes were applied. */
function resultsOf(outcome: Outcome): Record<string, unknown> {
  const document = json(outcome)
  expect(document.format).toBe('mfa-config/fleet/1')
  const results = document.results as {
    environment: string
    apply?: { applied: unknown[] }
    error?: { code: string }
  }[]
  return Object.fromEntries(
    results.map(({ environment, apply, error }) => [environment, error?.code ?? apply?.applied.length]),
  )
}

async function plansIn(desk: Desk): Promise<unknown[]> {
  const { plans } = JSON.parse(await desk.saved()) as { plans: { plan: { environment: string } }[] }
  return plans.map(({ plan }) => plan.environment)
}

const isOn = async (tenant: TestTenant) =>
  ((await tenant.get('/guardian/factors')) as { name: string; enabled: boolean }[]).some(
    ({ name, enabled }) => name === 'otp' && enabled,
  )

describe('a plan of all tenants', () => {
  test('is saved in one file, tenant by tenant, in the order of the file', async () => {
    const { desk, file } = await start()
    const saving = await desk.plan(file, '--all', '--json')
    expect(saving).toMatchObject({
      code: 0,
      err: 'The plan is saved in plan.json. To make it so: mfa-config apply plan.json\n',
    })
    expect(await plansIn(desk)).toEqual(['dev', 'test', 'prod'])
    const { plans } = JSON.parse(await desk.saved()) as { plans: { plan: unknown; salt: string }[] }
    const { results } = json(saving) as { results: { plan: unknown }[] }
    expect(plans.map(({ plan }) => plan)).toEqual(results.map(({ plan }) => plan))
    expect(new Set(plans.map(({ salt }) => salt)).size).toBe(3)
    expect(writesOf(saving)).toEqual([])
  })

  test.each([
    ['without a flag', []],
    ['with --all', ['--all']],
    ['with --env for each', ['--env', 'prod', '--env', 'dev', '--env', 'test']],
  ])('is applied to all of them %s', async (_, flags) => {
    const { tenants, desk, file } = await start()
    await desk.plan(file, '--all')
    const done = await desk.apply(file, '--json', ...flags)
    expect(done.code, done.err).toBe(0)
    expect(resultsOf(done)).toEqual({ dev: 2, test: 2, prod: 3 })
    for (const name of NAMES) expect(await isOn(tenants[name])).toBe(true)

    const again = await desk.apply(file, '--json', ...flags)
    expect(again.code).toBe(5)
    expect(resultsOf(again)).toEqual({ dev: 'plan_stale', test: 'plan_stale', prod: 'plan_stale' })
    expect(writesOf(again)).toEqual([])
  })

  test('is applied to one of them with --env, to some with several', async () => {
    const { tenants, desk, file } = await start()
    await desk.plan(file, '--all')
    const one = await desk.apply(file, '--json', '--env', 'test')
    expect(one.code, one.err).toBe(0)
    expect(json(one)).toMatchObject({ format: 'mfa-config/apply/1', environment: 'test' })
    expect(await Promise.all(NAMES.map(name => isOn(tenants[name])))).toEqual([false, true, false])
    const others = await desk.apply(file, '--json', '--env', 'dev', '--env', 'prod')
    expect(others.code, others.err).toBe(0)
    expect(resultsOf(others)).toEqual({ dev: 2, prod: 3 })
  })

  test('is applied part by part with --shard, which goes with --all here as well', async () => {
    const { desk, file } = await start()
    await desk.plan(file, '--all')
    const alone = await desk.apply(file, '--json', '--shard', '1/3')
    expect(alone).toMatchObject({ code: 1, requests: [] })
    expect(json(alone)).toMatchObject({ error: { code: 'usage' } })
    const parts: Record<string, unknown>[] = []
    for (const part of ['1/3', '2/3', '3/3'])
      parts.push(resultsOf(await desk.apply(file, '--json', '--all', '--shard', part)))
    expect(Object.assign({}, ...parts)).toEqual({ dev: 2, test: 2, prod: 3 })
  })

  test('of one tenant among several is applied to that one without a flag', async () => {
    const { tenants, desk, file } = await start()
    await desk.plan(file, '--env', 'prod')
    const done = await desk.apply(file, '--json')
    expect(done.code, done.err).toBe(0)
    expect(json(done)).toMatchObject({ format: 'mfa-config/apply/1', environment: 'prod' })
    expect(await isOn(tenants.dev)).toBe(false)
  })

  test('keeps its flags, tenant by tenant', async () => {
    const { desk, file } = await start()
    const locked = file.replace('"otp":true', '"otp":false')
    await desk.plan(locked, '--all', ...ALLOW_ALL)
    const done = await desk.apply(locked, '--json')
    expect(resultsOf(done)).toEqual({ dev: 1, test: 1, prod: 2 })
    await desk.plan(file, '--all')
    const refused = await desk.apply(file, '--json', '--write-secrets')
    expect(resultsOf(refused)).toEqual({ dev: 'usage', test: 'usage', prod: 'usage' })
    expect(refused.requests).toEqual([])
  })
})

describe('where one of several', () => {
  test('tenants has moved, that one is left alone and the others are written to', async () => {
    const { tenants, desk, file } = await start()
    await desk.plan(file, '--all')
    await tenants.test.put('/guardian/factors/otp', { enabled: true })
    const done = await desk.apply(file, '--json')
    expect(done.code).toBe(5)
    expect(resultsOf(done)).toEqual({ dev: 2, test: 'plan_stale', prod: 3 })
    expect(writesOf(done).sort()).toEqual([
      'PUT /guardian/factors/otp',
      'PUT /guardian/factors/otp',
      'PUT /guardian/factors/recovery-code',
      'PUT /guardian/factors/recovery-code',
      'PUT /guardian/policies',
    ])
  })

  test('fails, the worst exit code is that of the run', async () => {
    const { tenants, desk } = await start()
    const failing = await startFaults(tenants.dev, [
      { method: 'PUT', path: '/guardian/factors/otp', answer: { status: 400, body: '{"message":"No"}' } },
    ])
    const file = fileOf({ ...urlsOf(tenants), dev: failing.url })
    await desk.plan(file, '--all')
    await tenants.test.put('/guardian/factors/otp', { enabled: true })
    const done = await desk.apply(file, '--json')
    expect(done.code).toBe(4)
    expect(resultsOf(done)).toMatchObject({ test: 'plan_stale', prod: 3 })
  })

  test('parts of the file has changed, the others fit', async () => {
    const { tenants, desk, file } = await start()
    await desk.plan(file, '--all')
    const done = await desk.apply(file.replace('"policy":"always"', '"policy":"adaptive"'), '--json')
    expect(done.code).toBe(5)
    expect(resultsOf(done)).toEqual({ dev: 2, test: 2, prod: 'plan_stale' })
    expect(await isOn(tenants.prod)).toBe(false)
  })

  test('environments is for another tenant by now, nothing is sent to that', async () => {
    const { tenants, desk, file } = await start()
    await desk.plan(file, '--all')
    const other = await startFaults(await startTenant())
    const done = await desk.apply(fileOf({ ...urlsOf(tenants), test: other.url }), '--json')
    expect(done.code).toBe(5)
    expect(resultsOf(done)).toEqual({ dev: 2, test: 'plan_stale', prod: 3 })
    expect(other.seen).toEqual([])
  })

  test('environments is in no plan, that one is refused with --all, and nothing is sent to it', async () => {
    const { tenants, desk } = await start()
    await desk.plan(fileOf({ dev: tenants.dev.url, prod: tenants.prod.url }), '--all')
    const unasked = await startFaults(tenants.test)
    const file = fileOf({ ...urlsOf(tenants), test: unasked.url })
    const done = await desk.apply(file, '--json', '--all')
    expect(done.code).toBe(5)
    expect(resultsOf(done)).toEqual({ dev: 2, test: 'plan_stale', prod: 3 })
    expect(done.out).toContain(
      'is a plan for environment dev, environment prod, and not for environment test',
    )
    expect(unasked.seen).toEqual([])
  })

  test('environments is gone from the file, nothing is done to any, unless the others are named', async () => {
    const { tenants, desk, file } = await start()
    await desk.plan(file, '--all')
    const rest = fileOf({ dev: tenants.dev.url, prod: tenants.prod.url })
    const refused = await desk.apply(rest, '--json')
    expect(refused).toMatchObject({ code: 5, requests: [] })
    expect(refused.out).toContain('is a plan for test, which standard input no longer has')
    const done = await desk.apply(rest, '--json', '--all')
    expect(done.code, done.err).toBe(0)
    expect(resultsOf(done)).toEqual({ dev: 2, prod: 3 })
  })

  test('tenants cannot be planned for, the others are saved', async () => {
    const { tenants, desk } = await start()
    const file = fileOf({ ...urlsOf(tenants), test: 'http://127.0.0.1:1' })
    const saving = await desk.plan(file, '--all', '--json')
    expect(saving.code).toBe(1)
    expect(await plansIn(desk)).toEqual(['dev', 'prod'])
    expect(resultsOf(await desk.apply(file, '--json'))).toEqual({ dev: 2, prod: 3 })
  })
})

test('where no tenant can be planned for, nothing is saved, and no earlier plan is left', async () => {
  const { desk, file } = await start()
  const unreachable = fileOf({ dev: 'http://127.0.0.1:1', prod: 'http://127.0.0.1:2' })
  const failed = await desk.plan(unreachable, '--all')
  expect(failed.code).toBe(1)
  expect(failed.err).not.toContain('is saved')
  expect(existsSync(join(desk.cwd, PLAN))).toBe(false)
  await desk.plan(file, '--all')
  await desk.plan(unreachable, '--all')
  expect(existsSync(join(desk.cwd, PLAN))).toBe(false)
})

describe('at a terminal', () => {
  const asking = ['apply', PLAN, '-c', '-', '--snapshot', 'none']

  test('one question is asked about all that still fit', async () => {
    const { tenants, desk, file } = await start()
    await desk.plan(file, '--all')
    await tenants.test.put('/guardian/factors/otp', { enabled: true })
    const done = await desk.run(asking, { stdin: file, answers: [true] })
    expect(done.code).toBe(5)
    expect(done.questions).toEqual(['Make 5 changes to 2 tenants?'])
    expect(writesOf(done)).toHaveLength(5)
  })

  test('one that is in no plan keeps nobody waiting', async () => {
    const { tenants, desk, file } = await start()
    await desk.plan(fileOf({ dev: tenants.dev.url, prod: tenants.prod.url }), '--all')
    const done = await desk.run([...asking, '--all'], { stdin: file, answers: [true] })
    expect(done.code).toBe(5)
    expect(done.questions).toEqual(['Make 5 changes to 2 tenants?'])
    expect(writesOf(done)).toHaveLength(5)
  })

  test('nor does one whose part of the file is not valid', async () => {
    const { desk, file } = await start()
    await desk.plan(file, '--all')
    const invalid = file.replace('"policy":"always"', '"policy":"${NOT_SET}"')
    const done = await desk.run(asking, { stdin: invalid, answers: [true] })
    expect(done.code).toBe(1)
    expect(done.questions).toEqual(['Make 4 changes to 2 tenants?'])
  })
})
