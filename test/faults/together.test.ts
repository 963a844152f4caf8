import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { type End, type Running, start } from '../process/support/program.ts'
import { emptyFolder, json, run } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { expectWhole, isDraft, keptIn } from './support/folder.ts'
import { chosen } from './support/mode.ts'
import { APPLY, PLAN } from './support/rehearsal.ts'
import { LOOSENING, type Scenario, TIGHTENING } from './support/scenarios.ts'
import { watchedTenant } from './support/tenant.ts'

/** Milliseconds by which the second starts later. */
const DELAYS = [0, 5, 10, 20, 40, 60, 80, 100]
const everyPair = DELAYS.flatMap(delay => [TIGHTENING, LOOSENING].map(second => ({ second, delay })))
const pairs = chosen(everyPair, 9)

interface Place {
  readonly cwd: string
  readonly args: readonly string[]
  readonly env: Record<string, string>
}

describe('two runs of apply at once', () => {
  for (const { second, delay } of pairs) {
    const what = second === TIGHTENING ? 'the same file' : 'a file that undoes it'
    test(`to the sandbox of one folder, ${what} ${delay} ms later`, async () => {
      const place = { cwd: emptyFolder(), args: ['--domain', 'sandbox'], env: {} }
      await both(place, second, delay)
      await expectConvergence(place, second)
    }, 30_000)

    test(`to one tenant, ${what} ${delay} ms later`, async () => {
      const tenant = watchedTenant()
      const { env } = await startFaults(tenant)
      const place = { cwd: emptyFolder(), args: [], env }
      const ends = await both(place, second, delay)
      if (second === TIGHTENING) {
        expect(ends.map(({ code }) => code)).toEqual([0, 0])
        expect(tenant.moments.filter(({ lockedOut }) => lockedOut)).toEqual([])
      }
      await expectConvergence(place, second)
    }, 30_000)
  }

  afterAll(() => {
    console.log(`Pairs of an apply at once: ${pairs.length * 2} of ${everyPair.length * 2}`)
  })
})

test('two runs that save in the same millisecond keep a snapshot each', async () => {
  const tenant = watchedTenant()
  const { env } = await startFaults(tenant)
  const given = {
    cwd: emptyFolder(),
    env: { ...env, ...TIGHTENING.secrets },
    stdin: TIGHTENING.file,
    now: () => 1_800_000_000_000,
  }
  const ends = await Promise.all([run(APPLY, given), run(APPLY, given)])
  expect(ends.map(({ code }) => code)).toEqual([0, 0])
  expect(new Set(ends.map(end => json(end).snapshot)).size).toBe(2)
  expect(keptIn(given.cwd).filter(name => name.endsWith('.yaml'))).toHaveLength(2)
})

/** Starts both, and expects of each that it ends as documented and that what it keeps is whole. */
async function both({ cwd, args, env }: Place, second: Scenario, delay: number): Promise<End[]> {
  const begin = (scenario: Scenario): Promise<Running> =>
    start([...APPLY, ...args], { cwd, env: { ...env, ...scenario.secrets }, stdin: scenario.file })
  const one = await begin(TIGHTENING)
  await setTimeout(delay)
  const other = await begin(second)
  const ends = await Promise.all([one.ended, other.ended])
  for (const end of ends) {
    const document = json(end)
    if (end.code === 0) expect(document).toMatchObject({ format: 'mfa-config/apply/1', verified: true })
    else {
      expect(end, end.out + end.err).toMatchObject({ code: 4 })
      expect(document).toMatchObject({
        format: 'mfa-config/apply/1',
        error: { code: expect.stringMatching(/^(apply_incomplete|verification_failed)$/) },
      })
    }
  }
  expectWhole(cwd)
  const kept = keptIn(cwd)
  expect(kept.filter(isDraft)).toEqual([])
  const told = ends.map(end => json(end).snapshot).filter(snapshot => snapshot !== null)
  const names = told.map(snapshot => String(snapshot).replace(/^.*\.mfa-config\//, ''))
  expect(kept.filter(name => name.endsWith('.yaml'))).toEqual([...new Set(names)].sort())
  return ends
}

async function expectConvergence({ cwd, args, env }: Place, scenario: Scenario): Promise<void> {
  const given = { cwd, env: { ...env, ...scenario.secrets }, stdin: scenario.file }
  const again = await run([...APPLY, ...args], given)
  expect(again.code, again.out + again.err).toBe(0)
  const planned = await run([...PLAN, ...args], given)
  expect(planned.code, planned.out + planned.err).toBe(0)
  expect(json(planned)).toMatchObject({ changes: [] })
  expectWhole(cwd)
}
