import type { ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { connectTo } from './support/api.ts'
import { type Act, startServer } from './support/server.ts'

/** A server that answers a request only when it is told to, and sees how many it has meanwhile. */
async function startHolding(token?: Record<string, string>) {
  const held: { path: string; response: ServerResponse }[] = []
  const hold: Act = (response, { path }) => void held.push({ path, response })
  const body = { access_token: 'token' }
  const server = await startServer({ '*': hold, 'POST /oauth/token': { body, headers: token ?? {} } })
  return {
    ...server,
    /** How many are unanswered, once no more come. */
    underWay: async (atLeast: number): Promise<number> => {
      await vi.waitFor(() => expect(held.length).toBeGreaterThanOrEqual(atLeast), { interval: 5 })
      await setTimeout(30)
      return held.length
    },
    /** Answers the one that came first. */
    answer: (remaining?: string, status = 200): void => {
      const headers = remaining === undefined ? {} : { 'x-ratelimit-remaining': remaining }
      held.shift()?.response.writeHead(status, headers).end('{}')
    },
    paths: () => held.map(({ path }) => path),
  }
}

/** Ten reads at once. */
async function readTen(server: Awaited<ReturnType<typeof startHolding>>) {
  const { api } = await connectTo(server)
  return Promise.allSettled(Array.from({ length: 10 }, (_, i) => api.request('GET', `/read/${i}`)))
}

test('two are under way until an answer tells how many the tenant takes, then at most that many', async () => {
  const server = await startHolding()
  const done = readTen(server)
  expect(await server.underWay(2)).toBe(2)
  server.answer('5')
  expect(await server.underWay(5)).toBe(5)
  server.answer('3')
  expect(await server.underWay(4)).toBe(4)
  server.answer('3')
  expect(await server.underWay(3)).toBe(3)
  server.answer('50')
  expect(await server.underWay(6)).toBe(6)
  for (let left = 6; left > 0; left--) server.answer('50')
  expect((await done).map(({ status }) => status)).toEqual(Array(10).fill('fulfilled'))
})

test('many are under way at once where the tenant takes many', async () => {
  const server = await startHolding()
  void readTen(server)
  expect(await server.underWay(2)).toBe(2)
  server.answer('49')
  expect(await server.underWay(9)).toBe(9)
})

test.each(['0', '-1', '', '1'])('at %j left, one goes on', async remaining => {
  const server = await startHolding()
  void readTen(server)
  expect(await server.underWay(2)).toBe(2)
  server.answer(remaining)
  expect(await server.underWay(1)).toBe(1)
  server.answer(remaining)
  expect(await server.underWay(1)).toBe(1)
})

test.each([undefined, 'many'])('two stay two where no answer tells: %j', async remaining => {
  const server = await startHolding()
  void readTen(server)
  for (let answered = 0; answered < 4; answered++) {
    expect(await server.underWay(2)).toBe(2)
    server.answer(remaining)
  }
})

test('they are sent in the order in which they were asked for', async () => {
  const server = await startHolding()
  void readTen(server)
  await server.underWay(2)
  // The first two arrive side by side.
  const seen = server.paths().sort()
  server.answer('1')
  server.answer('1')
  for (let nth = 3; nth <= 10; nth++) {
    await server.underWay(1)
    seen.push(...server.paths())
    server.answer('1')
  }
  expect(seen).toEqual(Array.from({ length: 10 }, (_, i) => `/api/v2/read/${i}`))
})

test('a request that fails makes room for the next', async () => {
  const server = await startHolding()
  const done = readTen(server)
  for (let answered = 0; answered < 10; answered++) {
    await server.underWay(answered < 9 ? 2 : 1)
    server.answer(undefined, 404)
  }
  expect((await done).map(({ status }) => status)).toEqual(Array(10).fill('rejected'))
})

test('what the token endpoint says of its own limit is another matter', async () => {
  const server = await startHolding({ 'x-ratelimit-remaining': '1' })
  const credentials = { kind: 'secret', clientId: 'client', clientSecret: 'secret' } as const
  const { api } = await connectTo(server, { credentials })
  for (let i = 0; i < 4; i++) api.request('GET', `/read/${i}`).catch(() => {})
  expect(await server.underWay(2)).toBe(2)
})
