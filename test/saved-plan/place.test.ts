import { execFileSync } from 'node:child_process'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyFolder, json } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { FILE, PLAN, startDesk } from './support/desk.ts'

describe('where the plan is saved:', () => {
  test.each([
    ['a configuration', 'policy: never'],
    ['another document', '{ "format": "mfa-config/plan/1" }'],
    ['a list', '[]'],
    ['an empty file', ''],
  ])('%s that is there is not lost, and nothing is asked of the tenant', async (_, content) => {
    const { desk } = await startDesk()
    await desk.save(content)
    const refused = await desk.plan(FILE)
    expect(refused).toMatchObject({ code: 1, out: '', requests: [] })
    expect(refused.err).toContain('--out plan.json: there is something else of that name')
    expect(await desk.saved()).toBe(content)
  })

  test('a folder is no place for it, nor is one that there is not', async () => {
    const { desk } = await startDesk()
    for (const name of ['.', 'nowhere/plan.json']) {
      const refused = await desk.run(['plan', '-c', '-', '--out', name], { stdin: FILE })
      expect(refused).toMatchObject({ code: 1, out: '', requests: [] })
    }
    expect(await readdir(desk.cwd)).toEqual([])
  })

  test('another folder is one, from there or by its whole path', async () => {
    const { desk } = await startDesk()
    const folder = emptyFolder()
    for (const name of ['plans/plan.json', `${folder}/plan.json`]) {
      const files = { 'plans/readme.txt': 'plans' }
      expect((await desk.run(['plan', '-c', '-', '--out', name], { stdin: FILE, files })).code).toBe(0)
      expect((await desk.run(['plan', '-c', '-', '--out', name], { stdin: FILE })).code).toBe(0)
    }
    expect(await readdir(folder)).toEqual(['plan.json'])
  })

  test('what is no file is not read, for that may never end', async () => {
    const { desk } = await startDesk()
    execFileSync('mkfifo', [join(desk.cwd, PLAN)])
    const refused = await desk.plan(FILE)
    expect(refused).toMatchObject({ code: 1, requests: [] })
    expect(refused.err).toContain('there is something else of that name')
  })

  test('an earlier plan is replaced, and for this user alone', async () => {
    const { desk } = await startDesk()
    await desk.plan('policy: never')
    await writeFile(join(desk.cwd, PLAN), await desk.saved(), { mode: 0o644 })
    expect((await desk.plan(FILE)).code).toBe(0)
    expect((await stat(join(desk.cwd, PLAN))).mode & 0o777).toBe(0o600)
    expect(await readdir(desk.cwd)).toEqual([PLAN])
    expect((await desk.apply(FILE)).code).toBe(0)
  })

  test('there is none where planning failed, and no earlier one either', async () => {
    const { tenant, desk } = await startDesk()
    const refusing = await startFaults(tenant, [
      {
        method: 'GET',
        path: '/guardian/policies',
        answer: { status: 403, body: '{"message":"Insufficient scope"}' },
      },
    ])
    const failures = [
      () => desk.with(refusing.env).plan(FILE),
      () => desk.plan('policy: sometimes'),
      () => desk.plan('factors: { duo: { skey: "${NOT_SET}" } }'),
    ]
    for (const fail of failures) expect((await fail()).code).toBe(1)
    expect(await readdir(desk.cwd)).toEqual([])
    for (const fail of failures) {
      await desk.plan(FILE)
      expect((await fail()).code).toBe(1)
      expect(await readdir(desk.cwd)).toEqual([])
    }
  })

  test('where that fails in the end, this is told, and no plan is printed', async () => {
    const { desk } = await startDesk()
    const name = `${'long'.repeat(62)}.json`
    const failed = await desk.run(['plan', '-c', '-', '--json', '--out', name], { stdin: FILE })
    expect(failed.code).toBe(1)
    expect(json(failed)).toMatchObject({ format: 'mfa-config/error/1', error: { code: 'usage' } })
  })
})
