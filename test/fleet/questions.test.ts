import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { json, run } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant } from '../support/sandbox.ts'
import { startServer } from '../tenant/support/server.ts'
import { fleetFile, ENV as TOKEN } from './support/fleet.ts'

const ENV = { ...TOKEN, NO_COLOR: '1' }

/** Two tenants that would be changed, behind servers that tell what is written; and what else is in the file. */
async function twoTenants(more: Parameters<typeof fleetFile>[1] = {}) {
  const [dev, prod] = [await startFaults(await startTenant()), await startFaults(await startTenant())]
  const files = fleetFile(
    { factors: { otp: true } },
    { dev: { url: dev.url }, prod: { url: prod.url }, ...more },
  )
  return { dev, prod, files }
}

const OTP = 'PUT /guardian/factors/otp'

describe('apply --all at a terminal', () => {
  test('shows every plan, asks once, and then writes', async () => {
    const { dev, prod, files } = await twoTenants()
    let written = 0
    const outcome = await run(['apply', '--all'], {
      files,
      env: ENV,
      answers: [true],
      whileAsked: async () => {
        written = dev.writes().length + prod.writes().length
      },
    })
    expect(outcome).toMatchObject({ code: 0, questions: ['Make 2 changes to 2 tenants?'] })
    expect(written).toBe(0)
    expect([dev.writes(), prod.writes()]).toEqual([[OTP], [OTP]])
    expect(outcome.out.match(/~ factors\.otp\.enabled {2}off → on/g)).toHaveLength(2)
    expect(outcome.out).toMatch(/2 tenants: 2 applied\.\n$/)
  })

  test.each([1, 8])(
    'and where the answer is no, nothing is written anywhere; %i at once',
    async concurrency => {
      const { dev, prod, files } = await twoTenants()
      const outcome = await run(['apply', '--all', '--json', '--concurrency', `${concurrency}`], {
        files,
        env: ENV,
        answers: [false],
      })
      expect(outcome).toMatchObject({ code: 130, questions: ['Make 2 changes to 2 tenants?'] })
      expect(json(outcome)).toMatchObject({
        results: [{ error: { code: 'interrupted' } }, { error: { code: 'interrupted' } }],
      })
      expect([...dev.writes(), ...prod.writes()]).toEqual([])
      // With JSON the plans are shown on standard error.
      expect(outcome.err.match(/~ factors\.otp\.enabled {2}off → on/g)).toHaveLength(2)
    },
  )

  test('and counts nobody who was asked and said no as a failure', async () => {
    const { files } = await twoTenants()
    const outcome = await run(['apply', '--all'], { files, env: ENV, answers: [false] })
    expect(outcome.out).toMatch(/2 tenants: 2 interrupted\.\n$/)
  })

  test('asks nothing where there is nothing to change', async () => {
    const server = await startServer()
    const files = fleetFile({ policy: 'never' }, { one: { url: server.url } })
    expect(await run(['apply', '--all'], { files, env: ENV, answers: [] })).toMatchObject({
      code: 0,
      questions: [],
    })
  })

  test('asks about the rest where some fail before, whatever they fail of', async () => {
    const { dev, prod, files } = await twoTenants({
      invalid: { block: { policy: 'sometimes' } },
      homeless: {},
      unset: { block: { risk: { enabled: '${NOT_SET}' } } },
      locked: { url: (await startTenant()).url, block: { policy: 'always', factors: { otp: false } } },
      same: { url: (await startServer()).url, block: { factors: { otp: false } } },
    })
    const outcome = await run(['apply', '--all', '--json', '--concurrency', '2'], {
      files,
      env: ENV,
      answers: [true],
    })
    expect(outcome).toMatchObject({ code: 1, questions: ['Make 2 changes to 2 tenants?'] })
    expect([dev.writes(), prod.writes()]).toEqual([[OTP], [OTP]])
  })

  test('an interruption before any question leaves nobody waiting', async () => {
    const controller = new AbortController()
    const { files } = await twoTenants({ third: { url: (await startTenant()).url } })
    const outcome = await run(['apply', '--all', '--json', '--concurrency', '1'], {
      files,
      env: ENV,
      answers: [true],
      interrupt: controller.signal,
      beforeSending: () => controller.abort(),
    })
    expect(outcome).toMatchObject({ code: 130, questions: [] })
  })

  test('what takes as long as it may have changed is read again, and asked about alone', async () => {
    const { dev, prod, files } = await twoTenants()
    let time = Date.now()
    const outcome = await run(['apply', '--all'], {
      files,
      env: ENV,
      answers: [true, true],
      now: () => time,
      whileAsked: async () => {
        if (time < Date.now() + 20_000)
          await fetch(`${dev.url}/api/v2/guardian/factors/otp`, {
            method: 'PUT',
            headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
            body: '{"enabled":true}',
          })
        time += 40_000
      },
    })
    expect(outcome).toMatchObject({ code: 0, questions: ['Make 2 changes to 2 tenants?'] })
    expect(outcome.err).toMatch(/^dev: The tenant has changed since it was read\. This is the plan now:$/m)
    expect(prod.writes()).toEqual([OTP])
    expect(outcome.out).toMatch(/1 as the file has it, 1 applied\.\n$|1 applied, 1 as the file has it\.\n$/)
  })

  test('without one, or an answer given beforehand, is refused', async () => {
    const { dev, files } = await twoTenants()
    const outcome = await run(['apply', '--all'], { files, env: ENV })
    expect(outcome).toMatchObject({ code: 1, out: '', requests: [] })
    expect(outcome.err).toContain('There is no terminal to ask on.')
    expect(dev.seen).toEqual([])
  })
})

describe('what a check wants confirmed', () => {
  /** Tenants on which MFA is required; the file ends that. */
  async function requiring() {
    const make = async () => {
      const tenant = await startTenant()
      await tenant.put('/guardian/factors/otp', { enabled: true })
      await tenant.put('/guardian/policies', ['all-applications'])
      return startFaults(tenant)
    }
    const [one, two, calm] = [await make(), await make(), await startFaults(await startTenant())]
    const files = fleetFile(
      { policy: 'never', factors: { otp: true } },
      { one: { url: one.url }, two: { url: two.url }, calm: { url: calm.url } },
    )
    return { one, two, calm, files }
  }

  test('is asked about a plan that was shown before, and nothing is said meanwhile', async () => {
    const { one, two, files } = await requiring()
    const seen: string[] = []
    const outcome = await run(['apply', '--all', '--yes', '--snapshot', 'kept'], {
      files,
      env: ENV,
      answers: [true, true],
      whileAsked: async () => {
        // Whatever the others do by then, they wait with what they have to say.
        await pause(50)
        seen.push('asked')
      },
      onText: text => seen.push(text),
    })
    expect(outcome.code).toBe(0)
    expect([...one.writes(), ...two.writes()]).toHaveLength(2)
    const asked = seen.flatMap((text, at) => (text === 'asked' ? [at] : []))
    expect(asked).toHaveLength(2)
    for (const at of asked) expect(seen[at - 1]).toMatch(/~ policy {2}always → never[\s\S]*P06/)
  })

  test('is asked for each tenant by name, with --yes too; a no is that tenant’s alone', async () => {
    const { one, two, calm, files } = await requiring()
    const outcome = await run(['apply', '--all', '--yes', '--json'], {
      files,
      env: ENV,
      answers: [true, false],
    })
    expect(outcome.code).toBe(3)
    expect(outcome.questions).toHaveLength(2)
    expect(outcome.questions.map(question => question.split(':')[0]).sort()).toEqual(['one', 'two'])
    const refused = outcome.questions[1]?.startsWith('two') ? two : one
    const accepted = refused === two ? one : two
    expect(refused.writes()).toEqual([])
    expect(accepted.writes()).toEqual(['PUT /guardian/policies'])
    expect(calm.writes()).toEqual([OTP])
  })

  test('is asked one after the other, before the question about all', async () => {
    const { one, two, calm, files } = await requiring()
    let asking = 0
    let most = 0
    const outcome = await run(['apply', '--all'], {
      files,
      env: ENV,
      answers: [true, false, true],
      whileAsked: async () => {
        most = Math.max(most, ++asking)
        await new Promise(resolve => setTimeout(resolve, 10))
        asking--
      },
    })
    expect(most).toBe(1)
    expect(outcome.code).toBe(3)
    expect(outcome.questions.at(-1)).toBe('Make 2 changes to 2 tenants?')
    expect([...one.writes(), ...two.writes()]).toEqual(['PUT /guardian/policies'])
    expect(calm.writes()).toEqual([OTP])
  })

  test('stops its tenant alone where there is nobody to ask', async () => {
    const { one, two, calm, files } = await requiring()
    const outcome = await run(['apply', '--all', '--yes', '--json'], { files, env: ENV })
    expect(outcome.code).toBe(3)
    expect(json(outcome)).toMatchObject({
      results: [{ error: { code: 'check_failed' } }, { error: { code: 'check_failed' } }, { apply: {} }],
    })
    expect([one.writes(), two.writes(), calm.writes()]).toEqual([[], [], [OTP]])
  })

  test('has a name that is no command of the terminal', async () => {
    const server = await startTenant()
    await server.put('/guardian/factors/otp', { enabled: true })
    await server.put('/guardian/policies', ['all-applications'])
    const name = 'dev\u001b[2J\nyes'
    const files = fleetFile({ policy: 'never' }, { [name]: { url: server.url } })
    const { questions, out, err } = await run(['apply', '--all', '--yes', '--allow', 'F06', '--debug'], {
      files,
      env: ENV,
      answers: [true],
    })
    expect(questions[0]).toMatch(/^dev\\u001b\[2J\\u000ayes: \w\d\d {2}/)
    expect(out + err + questions.join('')).not.toContain('\u001b')
  })
})
