import { describe, expect, test } from 'vitest'
import { json } from '../support/cli.ts'
import { startTenant } from '../support/sandbox.ts'
import { deskOf, expectRefusedUnasked, FILE, PLAN, startDesk, startWithPlan } from './support/desk.ts'

describe('a plan is refused before any request where it was made for', () => {
  test('another tenant', async () => {
    const { tenant, desk } = await startWithPlan()
    const other = await startTenant()
    const [name, otherName] = [tenant, other].map(({ url }) => new URL(url).host)
    const refused = await desk.with(other.env).apply(FILE)
    expectRefusedUnasked(refused, new RegExp(`plan.json is a plan for ${name}, and this is ${otherName}\\.`))
    expect((await desk.apply(FILE)).code).toBe(0)
  })

  test('another tenant, as a flag names it', async () => {
    const { desk } = await startWithPlan()
    const refused = await desk.with({}).apply(FILE, '--domain', 'acme.eu.auth0.com')
    expectRefusedUnasked(refused, /this is acme\.eu\.auth0\.com\./)
  })

  test('another tenant than the sandbox', async () => {
    const desk = deskOf({})
    expect((await desk.plan(FILE, '--domain', 'sandbox')).code).toBe(0)
    const { env } = await startTenant()
    expectRefusedUnasked(await desk.with(env).apply(FILE), /is a plan for sandbox, and this is 127/)
    expect((await desk.apply(FILE, '--domain', 'sandbox')).code).toBe(0)
  })

  test('another environment, whatever it is that the file says of the other', async () => {
    const { desk } = await startDesk()
    const file = `environments: { dev: {}, prod: {} }\n${FILE}`
    expect((await desk.plan(file, '--env', 'dev')).code).toBe(0)
    const refused = await desk.apply(file, '--env', 'prod')
    expectRefusedUnasked(refused, /is a plan for environment dev, and not for environment prod\./)
    expect((await desk.apply(file, '--env', 'dev')).code).toBe(0)
  })

  test('an environment that the file no longer has', async () => {
    const { desk } = await startDesk()
    await desk.plan(`environments: { dev: {}, prod: {} }\n${FILE}`, '--env', 'dev')
    const refused = await desk.apply(`environments: { prod: {} }\n${FILE}`)
    expectRefusedUnasked(refused, /is a plan for dev, which standard input no longer has\./)
    expectRefusedUnasked(await desk.apply(FILE), /is a plan for dev, which standard input no longer has\./)
  })

  test('a file without environments, which by now has some', async () => {
    const { desk } = await startWithPlan()
    const file = `environments: { dev: {} }\n${FILE}`
    expectRefusedUnasked(await desk.apply(file), /is a plan of a file without environments\./)
    const refused = await desk.apply(file, '--env', 'dev')
    expectRefusedUnasked(refused, /is a plan for a file without environments, and not for environment dev\./)
  })

  test('another version of the format', async () => {
    const { desk } = await startWithPlan()
    await desk.save((await desk.saved()).replace('mfa-config/saved-plan/1', 'mfa-config/saved-plan/2'))
    const refused = await desk.apply(FILE)
    expectRefusedUnasked(refused, /has the format mfa-config\/saved-plan\/2, and this version applies /)
    expect(json(await desk.apply(FILE, '--json'))).toMatchObject({ error: { code: 'plan_stale' } })
  })

  test('people, or for other programs', async () => {
    const { desk } = await startDesk()
    const planned = await desk.run(['plan', '-c', '-', '--json'], { stdin: FILE })
    await desk.save(planned.out)
    expectRefusedUnasked(await desk.apply(FILE), /has the format mfa-config\/plan\/1, and /)
  })
})

describe('it is a usage error, before any request, to apply', () => {
  test.each([
    ['no JSON', 'policy: never'],
    ['an empty file', ''],
    ['half of a plan', '{ "format": "mfa-config/saved-plan/1", "pla'],
    ['JSON of something else', '{ "name": "acme" }'],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['a format of something else', '{ "format": "tar" }'],
  ])('%s', async (_, content) => {
    const { desk } = await startDesk()
    await desk.save(content)
    const refused = await desk.apply(FILE)
    expect(refused).toMatchObject({ code: 1, requests: [] })
    expect(refused.err).toContain('plan.json is no saved plan.')
  })

  test('a file that there is not, or a folder', async () => {
    const { desk } = await startDesk()
    for (const name of [PLAN, '.']) {
      const refused = await desk.run(['apply', name, '-c', '-', '--yes', '--json'], { stdin: FILE })
      expect(refused).toMatchObject({ code: 1, requests: [] })
      expect(json(refused)).toMatchObject({ error: { code: 'usage' } })
      expect(refused.out).toContain(`There is no file ${name} that can be read.`)
    }
  })
})
