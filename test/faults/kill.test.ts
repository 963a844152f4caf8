import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { type Running, start } from '../process/support/program.ts'
import { emptyFolder, json, run } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant } from '../support/sandbox.ts'
import { expectWhole, isDraft, keptIn } from './support/folder.ts'
import { type FileKill, killedAtFile } from './support/kill.ts'
import { expectConvergence } from './support/matrix.ts'
import { chosen } from './support/mode.ts'
import { APPLY, PLAN, type Rehearsal, rehearse, type Step } from './support/rehearsal.ts'
import { REPLACING, TIGHTENING, UNIFIED } from './support/scenarios.ts'
import { isLockOut, isSame, watchedTenant } from './support/tenant.ts'

const tightening = await rehearse(TIGHTENING)
const rehearsals = [tightening, await rehearse(REPLACING), await rehearse(UNIFIED)]
const everyWrite = rehearsals.flatMap(rehearsal =>
  rehearsal.steps
    .filter(({ phase }) => phase === 'write')
    .flatMap(step => [false, true].map(acted => ({ rehearsal, step, acted }))),
)
const atWrites = chosen(everyWrite, 43)

/** Moments of what is kept before the first write, in order. */
const everyFile: FileKill[] = [
  { file: /\.gitignore/, call: 'rename' } as const,
  { file: /snapshots\/.*\.(tmp|yaml)$/, call: 'link' } as const,
].flatMap(({ file, call }): FileKill[] => [
  { call: 'writeFile', file, nth: 1, when: 'before' },
  { call: 'writeFile', file, nth: 1, when: 'half' },
  { call, file, nth: 1, when: 'before' },
  { call, file, nth: 1, when: 'after' },
])
const atFiles = chosen(everyFile, 7)

describe('SIGKILL during apply leaves whole files and a tenant that the next apply finishes', () => {
  for (const { rehearsal, step, acted } of atWrites) {
    const { method, path, write } = step
    const when = acted ? 'after the tenant acted' : 'before the tenant has it'
    test(
      `${rehearsal.scenario.name}, write ${write + 1}, ${method} ${path}, ${when}`,
      () => testKillAtWrite(rehearsal, step, acted),
      30_000,
    )
  }

  for (const kill of atFiles) {
    test(`${kill.call} of ${kill.file.source}: ${kill.when}`, () => testKillAtFile(kill), 30_000)
  }

  afterAll(() => {
    const run = atWrites.length + atFiles.length
    console.log(`Kills of an apply over HTTP: ${run} of ${everyWrite.length + everyFile.length}`)
  })
})

async function testKillAtWrite(rehearsal: Rehearsal, step: Step, acted: boolean): Promise<void> {
  const { scenario, before, moments } = rehearsal
  const { method, path, nth, write } = step
  const tenant = watchedTenant(before, scenario)
  let running: Running | undefined
  const kill = async (): Promise<void> => {
    running?.child.kill('SIGKILL')
    await running?.ended
  }
  const moment = acted ? { done: kill, delivered: true } : { hook: kill, delivered: false }
  const faults = await startFaults(tenant, [{ method, path, nth, closed: true, ...moment }])
  const given = { cwd: emptyFolder(), env: { ...scenario.secrets, ...faults.env }, stdin: scenario.file }

  running = await start(APPLY, given)
  expect(await running.ended).toMatchObject({ signal: 'SIGKILL', out: '' })
  const made = write + (acted ? 1 : 0)
  const state = made === 0 ? before : moments[made - 1]?.kept
  expect(isSame(tenant.kept(), state), 'just the writes before it were made').toBe(true)
  expectWhole(given.cwd)
  // The way back is there, whole, before the first write leaves; and nothing else.
  expect(keptIn(given.cwd)).toEqual(['.gitignore', expect.stringMatching(/^snapshots\/.*\.yaml$/)])

  faults.heal()
  await expectConvergence(rehearsal, tenant, given)
}

async function testKillAtFile(kill: FileKill): Promise<void> {
  const { scenario, before } = tightening
  const tenant = watchedTenant(before, scenario)
  const faults = await startFaults(tenant)
  const given = { cwd: emptyFolder(), env: { ...scenario.secrets, ...faults.env }, stdin: scenario.file }

  const { ended } = await start(APPLY, { ...given, env: { ...given.env, ...killedAtFile(kill) } })
  expect(await ended).toMatchObject({ signal: 'SIGKILL', out: '' })
  expect(faults.writes()).toEqual([])
  expectWhole(given.cwd)
  const drafts = keptIn(given.cwd).filter(isDraft)
  // A file that gets its name by a link is a draft as well for a moment longer.
  const leavesDraft =
    kill.when === 'half' || kill.call === 'link' || (kill.call === 'rename' && kill.when === 'before')
  expect(drafts).toHaveLength(leavesDraft ? 1 : 0)

  await expectConvergence(tightening, tenant, given)
  expectWhole(given.cwd)
  // A draft is in nobody's way.
  expect(keptIn(given.cwd).filter(isDraft)).toEqual(drafts)
}

const STATE = /sandbox\.json(\.[0-9a-f-]+\.tmp)?$/
const KEY = /sandbox\.json\.key/
const everyStateFile: FileKill[] = [
  ...tightening.moments.flatMap((_, index): FileKill[] => [
    { call: 'writeFile', file: STATE, nth: index + 1, when: 'half' },
    { call: 'rename', file: STATE, nth: index + 1, when: 'before' },
    { call: 'rename', file: STATE, nth: index + 1, when: 'after' },
  ]),
  { call: 'writeFile', file: KEY, nth: 1, when: 'half' },
  { call: 'link', file: KEY, nth: 1, when: 'before' },
  { call: 'link', file: KEY, nth: 1, when: 'after' },
]
const atStateFiles = chosen(everyStateFile, 37)
const everyTime = [100, 150, 200, 225, 250, 275, 300, 325, 350, 400]
const atTimes = chosen(everyTime, 11)

const inFolder = { env: { ...TIGHTENING.secrets }, stdin: TIGHTENING.file }
const inSandbox = (args: readonly string[]): string[] => [...args, '--domain', 'sandbox']

describe('SIGKILL during apply to the sandbox leaves a state that is whole and that the next apply finishes', () => {
  for (const kill of atStateFiles) {
    test(`${kill.call} ${kill.nth} of ${kill.file.source}: ${kill.when}`, async () => {
      const cwd = emptyFolder()
      const { ended } = await start(inSandbox(APPLY), {
        ...inFolder,
        cwd,
        env: { ...inFolder.env, ...killedAtFile(kill) },
      })
      expect(await ended).toMatchObject({ signal: 'SIGKILL', out: '' })
      await expectSandboxConverges(cwd)
    }, 30_000)
  }

  for (const milliseconds of atTimes) {
    test(`after ${milliseconds} ms`, async () => {
      const cwd = emptyFolder()
      const { child, ended } = await start(inSandbox(APPLY), { ...inFolder, cwd })
      await setTimeout(milliseconds)
      child.kill('SIGKILL')
      await ended
      await expectSandboxConverges(cwd)
    }, 30_000)
  }

  afterAll(() => {
    const done = atStateFiles.length + atTimes.length
    console.log(`Kills of an apply to the sandbox: ${done} of ${everyStateFile.length + everyTime.length}`)
  })
})

async function expectSandboxConverges(cwd: string): Promise<void> {
  expectWhole(cwd)
  const drafts = keptIn(cwd).filter(isDraft)
  expect(drafts.length).toBeLessThanOrEqual(1)
  // In a folder that was never made, a state is none of the sandbox's.
  if (keptIn(cwd).length > 0) {
    const tenant = await startTenant({ state: join(cwd, '.mfa-config/sandbox.json') })
    const lockedOut = isLockOut(await tenant.get('/guardian/factors'), await tenant.get('/guardian/policies'))
    expect(lockedOut).toBe(false)
  }
  const again = await run(inSandbox(APPLY), { ...inFolder, cwd })
  expect(again.code, again.out + again.err).toBe(0)
  const planned = await run(inSandbox(PLAN), { ...inFolder, cwd })
  expect(planned.code, planned.out + planned.err).toBe(0)
  expect(json(planned)).toMatchObject({ changes: [] })
  expectWhole(cwd)
  // A draft is in nobody's way.
  expect(keptIn(cwd).filter(isDraft)).toEqual(drafts)
}
