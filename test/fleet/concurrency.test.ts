import { setTimeout } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { startTenant } from '../support/sandbox.ts'
import { factorsWith, type Script, startServer } from '../tenant/support/server.ts'
import { stoppedClock } from './support/clock.ts'
import { blocksIn, ENV, fleetFile } from './support/fleet.ts'
import { start } from './support/run.ts'

const FILE = { policy: 'never', factors: { otp: false } }

/** A tenant that takes a while, so that others have the time to be asked as well. */
const SLOW: Script = {
  'GET /guardian/factors': async response => {
    await setTimeout(15)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(factorsWith().body))
  },
  'GET /guardian/policies': async response => {
    await setTimeout(15)
    response.writeHead(200, { 'content-type': 'application/json' }).end('[]')
  },
}

/** So many slow tenants, as environments `t0`, `t1` … */
async function slowFleet(count: number) {
  const servers = await Promise.all(Array.from({ length: count }, () => startServer(SLOW)))
  return fleetFile(FILE, Object.fromEntries(servers.map(({ url }, i) => [`t${i}`, { url }])))
}

describe('tenants that are worked on at once', () => {
  test.each([
    ['eight, where nothing is said', [], 12, 8],
    ['as many as --concurrency says', ['--concurrency', '3'], 7, 3],
    ['one after the other', ['--concurrency', '1'], 3, 1],
    ['all, where there are fewer', ['--concurrency', '50'], 4, 4],
  ])('are %s', async (_, flags, count, most) => {
    const files = await slowFleet(count)
    const running = await start(['plan', '--all', ...flags], { files, env: ENV })
    expect(await running.ended).toBe(0)
    expect(running.most().tenants).toBe(most)
    expect(blocksIn(running.out())).toEqual(Array.from({ length: count }, (_, i) => `t${i}`))
  })

  test('each has a rate limit of its own', async () => {
    const besides = { 'x-ratelimit-remaining': '0' }
    const narrow = await startServer({
      ...SLOW,
      'GET /guardian/factors': { ...factorsWith(), headers: besides },
      'GET /guardian/policies': { body: [], headers: besides },
    })
    const wide = await startServer({
      '*': async response => {
        await setTimeout(15)
        response
          .writeHead(200, { 'content-type': 'application/json', 'x-ratelimit-remaining': '40' })
          .end('{}')
      },
      ...SLOW,
    })
    const files = fleetFile({}, { narrow: { url: narrow.url }, wide: { url: wide.url } })
    const running = await start(['show', '--all', '--json'], { files, env: ENV })
    await running.ended
    const { requests } = running.most()
    expect(requests.get(narrow.name)).toBeLessThanOrEqual(2)
    expect(requests.get(wide.name)).toBeGreaterThan(4)
  })

  test('progress shows how many are done, and nothing of each', async () => {
    const files = await slowFleet(3)
    const { ended, progress, err } = await start(['plan', '--all'], { files, env: ENV })
    await ended
    expect(progress).toEqual([0, 1, 2, 3].map(done => `Planning: ${done} of 3 tenants`))
    expect(err()).toBe('')
  })

  test('what is said of one is said with its name', async () => {
    const [one, other] = [await startServer(), await startServer()]
    const files = fleetFile({ policy: 'never' }, { one: { url: one.url }, other: { url: other.url } })
    const { ended, err } = await start(['plan', '--all', '--debug', '--allow', 'F06'], { files, env: ENV })
    await ended
    const lines = err().trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    for (const name of ['one', 'other']) {
      const own = lines.filter(line => line.startsWith(`${name}: `))
      expect(own).toEqual([
        expect.stringMatching(/: GET \/api\/v2\/guardian\/policies 200 \d+ ms$/),
        expect.stringContaining('F06'),
      ])
    }
  })
})

describe('a tenant that takes no request for a minute', () => {
  const MINUTE = 60_000

  /** A fleet of which some take no request for a minute from now, and of tenants that take all. */
  async function withBusy(busyNames: readonly string[], others: readonly string[]) {
    const clock = stoppedClock()
    const until = clock.now() + MINUTE
    const busy = await Promise.all(
      busyNames.map(() =>
        startServer({
          'GET /guardian/factors': response => {
            const isOver = clock.now() >= until
            const headers = { 'content-type': 'application/json', ...(!isOver && { 'retry-after': '60' }) }
            response.writeHead(isOver ? 200 : 429, headers).end(JSON.stringify(factorsWith('otp').body))
          },
        }),
      ),
    )
    const tenants = await Promise.all(others.map(() => startTenant()))
    const files = fleetFile(
      { factors: { otp: true } },
      Object.fromEntries([
        ...busyNames.map((name, i) => [name, { url: busy[i]?.url ?? '' }]),
        ...others.map((name, i) => [name, { url: tenants[i]?.url ?? '' }]),
      ]),
    )
    const isDone = async (): Promise<void> => {
      for (const tenant of tenants) {
        const factors = await tenant.get('/guardian/factors')
        expect(factors).toContainEqual(expect.objectContaining({ name: 'otp', enabled: true }))
      }
    }
    return { clock, busy, files, isDone }
  }

  test.each([
    ['one', ['b1'], '4'],
    ['as many as are worked on at once', ['b1', 'b2'], '2'],
    ['more than are worked on at once', ['b1', 'b2', 'b3'], '1'],
  ])('delays only itself: %s', async (_, busyNames, concurrency) => {
    const { clock, busy, files, isDone } = await withBusy(busyNames, ['o1', 'o2', 'o3'])
    const args = ['apply', '--all', '--yes', '--concurrency', concurrency, '--snapshot', 'none']
    const running = await start(args, { files, env: ENV, clock })
    // Everybody else is done before the clock has moved at all.
    await vi.waitFor(isDone, { timeout: 8000, interval: 10 })
    await vi.waitFor(() =>
      expect(running.progress.at(-1)).toBe(`Applying: 3 of ${busyNames.length + 3} tenants`),
    )
    expect(clock.sleepers()).toBe(busyNames.length)
    for (const { got } of busy) expect(got).toHaveLength(1)
    for (const name of busyNames) expect(running.err()).toContain(`${name}: Waiting 60 s (rate limit).\n`)

    clock.pass(MINUTE - 1)
    await setTimeout(20)
    expect(clock.sleepers()).toBe(busyNames.length)
    clock.pass(1)
    expect(await running.ended).toBe(0)
    for (const { lines } of busy) expect(lines()).toEqual(['GET /guardian/factors', 'GET /guardian/factors'])
    expect(running.out()).toContain(`${busyNames.length} as the file has it, 3 applied.`)
    expect(blocksIn(running.out())).toEqual([...busyNames, 'o1', 'o2', 'o3'])
  })

  test('and more than its minutes is an error of its own', async () => {
    const server = await startServer({
      'GET /guardian/policies': { status: 429, headers: { 'retry-after': '60' } },
    })
    const other = await startServer()
    const files = fleetFile({ policy: 'never' }, { busy: { url: server.url }, other: { url: other.url } })
    const { ended, out } = await start(['plan', '--all', '--json'], { files, env: ENV })
    expect(await ended).toBe(1)
    const { results } = JSON.parse(out())
    expect(results).toMatchObject([{ error: { code: 'rate_limited' } }, { plan: { changes: [] } }])
  })
})
