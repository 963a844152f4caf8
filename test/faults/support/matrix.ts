import { isDeepStrictEqual } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { emptyFolder, json, type Outcome, run } from '../../support/cli.ts'
import { type Faults, startFaults } from '../../support/faults.ts'
import { expectWhole, isDraft, keptIn } from './folder.ts'
import { type Kind, kindsFor, titleOf } from './kinds.ts'
import { chosen } from './mode.ts'
import { APPLY, PLAN, pathsOf, type Rehearsal, rehearse, type Step } from './rehearsal.ts'
import type { Scenario } from './scenarios.ts'
import { isSame, type WatchedTenant, watchedTenant } from './tenant.ts'

/** Every fault at every request of a scenario's apply, each a test of its own; or a sample of these. */
export async function testEveryFault(scenario: Scenario): Promise<void> {
  const rehearsal = await rehearse(scenario)
  const every = rehearsal.steps.flatMap(step => kindsFor(step.method).map(kind => ({ step, kind })))
  const cases = chosen(every, 139)

  describe(scenario.name, () => {
    test('has ten writes at least, and none of them locks users out', () => {
      const { steps, moments, writes } = rehearsal
      expect(moments.length).toBeGreaterThanOrEqual(10)
      expect(moments.map(({ write }) => write)).toEqual(
        steps.filter(({ phase }) => phase === 'write').map(({ method, path }) => `${method} ${path}`),
      )
      expect(writes).toHaveLength(moments.length)
      expect(moments.filter(({ lockedOut }) => lockedOut)).toEqual([])
    })

    for (const { step, kind } of cases) {
      const { method, path, phase } = step
      test(`${phase}, ${method} ${path}: ${titleOf(kind)}`, () => testFault(rehearsal, step, kind))
    }

    afterAll(() => {
      const { steps, moments } = rehearsal
      console.log(
        `Faults: ${cases.length} of ${every.length} cases (${steps.length} requests, ${moments.length} writes): ${scenario.name}`,
      )
    })
  })
}

async function testFault(rehearsal: Rehearsal, step: Step, kind: Kind): Promise<void> {
  const { scenario, before } = rehearsal
  const { method, path, nth } = step
  const tenant = watchedTenant(before, scenario)
  const { givenUp, done: giveUp } = patience()
  const lasting = kind.lasting && { lasting: kind.lasting }
  const silent = kind.sort === 'silent' && { done: giveUp }
  const faults = await startFaults(tenant, [{ method, path, nth, ...kind.spoil, ...lasting, ...silent }])
  const given = { cwd: emptyFolder(), env: { ...scenario.secrets, ...faults.env }, stdin: scenario.file }

  const done = await run(APPLY, { ...given, ...(silent && { givenUp }) })
  const code = expectedCode(rehearsal, step, kind, faults)
  expect(code, JSON.stringify({ actual: done.code, out: done.out, err: done.err })).toContain(done.code)
  expectReport(rehearsal, step, kind, tenant, faults, done)
  expect(
    tenant.moments.filter(({ lockedOut }) => lockedOut).map(({ write }) => write),
    'moments of a lock-out',
  ).toEqual([])
  for (const secret of Object.values(scenario.secrets)) expect(done.out + done.err).not.toContain(secret)

  expectWhole(given.cwd)
  const kept = keptIn(given.cwd)
  expect(kept.filter(isDraft)).toEqual([])
  const { snapshot } = json(done)
  expect(kept).toEqual(snapshot ? ['.gitignore', String(snapshot).replace(/^.*\.mfa-config\//, '')] : [])

  // What the tenant is seen to have done is not asked of it again.
  const isSeen = step.phase === 'write' && kind.spoil.delivered && rehearsal.writes[step.write]?.shows
  if (isSeen) expect(faults.writes().filter(write => write === `${method} ${path}`)).toHaveLength(1)

  // The tenant and the folder are as if nothing had been run, so the next apply goes as the rehearsal did.
  if (done.code === 1) return
  faults.heal()
  await expectConvergence(rehearsal, tenant, given)
}

/** A request that never gets an answer is given up when the tenant has done with it, and no other: nobody waits. */
function patience() {
  const waiting = new Map<string, () => void>()
  return {
    givenUp: ({ method, url }: { method: string; url: string }): Promise<never> => {
      const { pathname, search } = new URL(url)
      const request = `${method} ${pathname.replace('/api/v2', '')}${search}`
      return new Promise((_, reject) =>
        waiting.set(request, () =>
          reject(Object.assign(new Error('no answer within 30 s'), { code: 'ETIMEDOUT' })),
        ),
      )
    },
    done: ({ method, path }: { method: string; path: string }): void => waiting.get(`${method} ${path}`)?.(),
  }
}

/** The exit code, by what `apply` promises: 0 where it gets over it, 1 before the first write, 4 from that on. */
function expectedCode(rehearsal: Rehearsal, step: Step, kind: Kind, faults: Faults): number[] {
  if (getsOver(rehearsal, step, kind)) return [0]
  // Without the keys that the API refuses, a body can be taken; one that has no such keys is not sent again.
  if (step.phase === 'write' && kind.name === '400 of unknown keys')
    return [faults.writes().filter(write => write === `${step.method} ${step.path}`).length > 1 ? 0 : 4]
  if (kind.lasting === 'every') return [step.phase === 'look' || faults.writes().length > 0 ? 4 : 1]
  return [['look', 'write', 'read back'].includes(step.phase) ? 4 : 1]
}

function getsOver({ writes }: Rehearsal, { phase, write }: Step, { sort, lasting, spoil }: Kind): boolean {
  if (lasting === 'every') return false
  // What only a check reads stops nothing.
  if (phase === 'lookup') return true
  if (sort === 'unauthorised' || sort === 'refused') return false
  if (sort === 'limited') return lasting === undefined
  // Whether a write was made that never gets an answer is read.
  if (phase === 'write')
    return lasting === undefined || (spoil.delivered === true && writes[write]?.shows === true)
  if (sort === 'failed') return lasting === undefined && spoil.answer?.status !== 200
  return sort === 'dropped' && lasting === undefined
}

/** Expects of the report that it says what was really done: no more, no less. */
function expectReport(
  { before, moments, writes }: Rehearsal,
  step: Step,
  { sort }: Kind,
  tenant: WatchedTenant,
  faults: Faults,
  done: Outcome,
): void {
  const document = json(done)
  const paths = writes.map(({ paths }) => paths)
  const states = [before, ...moments.map(({ kept }) => kept)]
  const has = (writes: number): boolean => isSame(tenant.kept(), states[writes])
  if (done.code === 1) {
    expect(document).toMatchObject({ format: 'mfa-config/error/1', error: { message: expect.any(String) } })
    expect(faults.writes()).toEqual([])
    expect(has(0), 'nothing is changed').toBe(true)
    return
  }
  expect(document).toMatchObject({ format: 'mfa-config/apply/1', verified: done.code === 0 })
  const applied = pathsOf(document.applied)
  const failed = pathsOf(document.failed)
  const made = paths.findIndex((_, index) => isDeepStrictEqual(paths.slice(0, index).flat(), applied))
  if ((step.phase === 'write' || step.phase === 'look') && done.code === 4) {
    expect(made).toBe(step.write)
    expect(failed).toEqual(paths[made])
    expect(pathsOf(document.notAttempted)).toEqual(paths.slice(made + 1).flat())
    expect(document.error).toMatchObject({ code: 'apply_incomplete' })
    const [first] = document.failed as { error: string }[]
    const doubtful = first?.error.includes('It may have been made all the same.')
    expect(doubtful, 'that it may have been made is said exactly where the answer was lost').toBe(
      step.phase === 'write' && ['failed', 'dropped', 'silent'].includes(sort),
    )
    expect(has(made) || (doubtful && has(made + 1)), 'the tenant has what was applied, and no more').toBe(
      true,
    )
    return
  }
  if (made !== -1) {
    // A check's read was the last before everything failed, so that the first write was tried.
    expect({ phase: step.phase, made, failed }).toEqual({ phase: 'lookup', made: 0, failed: paths[0] })
    return
  }
  expect(applied).toEqual(paths.flat())
  expect([failed, document.notAttempted]).toEqual([[], []])
  expect(has(moments.length), 'the tenant has all').toBe(true)
  if (done.code === 0) expect(document).not.toHaveProperty('error')
  else expect(document.error).toMatchObject({ code: 'verification_failed' })
}

/** Expects that apply, run again with nothing in its way, finishes the work, and that nothing is left to do then. */
export async function expectConvergence(
  { moments, unverified }: Pick<Rehearsal, 'moments' | 'unverified'>,
  tenant: Pick<WatchedTenant, 'kept' | 'moments'>,
  given: { cwd: string; env: Record<string, string>; stdin: string },
): Promise<void> {
  const again = await run(APPLY, given)
  expect(again.code, again.out + again.err).toBe(0)
  expect(isSame(tenant.kept(), moments.at(-1)?.kept), 'the tenant is as the file has it').toBe(true)
  expect(tenant.moments.filter(({ lockedOut }) => lockedOut)).toEqual([])
  const planned = await run(PLAN, given)
  expect(planned.code, planned.out + planned.err).toBe(0)
  expect(json(planned)).toMatchObject({ changes: [], requests: [], unverified })
}
