import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { UserError } from '../../src/errors.ts'
import type { Method } from '../../src/tenant/api.ts'
import { json, run } from '../support/cli.ts'
import { connectTo } from './support/api.ts'
import { type Act, closedPort, drop, factorsWith, silence, startServer } from './support/server.ts'

const NOW = Date.UTC(2030, 0, 1)
const LIMITED = { statusCode: 429, error: 'Too Many Requests', message: 'Global limit has been reached' }

/** Sends one request to a server that does these things in turn. */
async function send(method: Method, acts: readonly Act[]) {
  const path = '/guardian/policies'
  const server = await startServer({ [`${method} ${path}`]: acts })
  const waits: number[] = []
  const { api } = await connectTo(server, { onWait: wait => waits.push(wait), now: () => NOW })
  const body = method === 'GET' ? undefined : ['all-applications']
  const result = await api.request(method, path, body).then(
    answer => ({ answer, error: undefined }),
    (error: UserError) => ({ answer: undefined, error }),
  )
  return { ...result, server, waits, times: server.got.length }
}

const OK: Act = { body: ['confidence-score'] }
/** The head of an answer and half of its body; then the connection is closed. */
const cutOff: Act = response => {
  response.writeHead(200, { 'content-length': '100' })
  response.write('["all-app', () => response.socket?.destroy())
}

describe('a request that the rate limit refuses is sent again when the tenant says', () => {
  const inSeconds = (seconds: number): string => String(NOW / 1000 + seconds)
  test.each<[string, Record<string, string>, number]>([
    ['Retry-After', { 'retry-after': '7' }, 7000],
    ['X-RateLimit-Reset', { 'x-ratelimit-reset': inSeconds(9) }, 9000],
    ['Retry-After before the other', { 'retry-after': '2', 'x-ratelimit-reset': inSeconds(9) }, 2000],
    [
      'X-RateLimit-Reset where the other is nothing',
      { 'retry-after': '0', 'x-ratelimit-reset': inSeconds(9) },
      9000,
    ],
    ['never more than a minute', { 'retry-after': '3600' }, 60_000],
    ['never more than a minute', { 'x-ratelimit-reset': inSeconds(86_400) }, 60_000],
    ['half a second where the reset is past', { 'x-ratelimit-reset': inSeconds(-5) }, 500],
    ['half a second where nothing can be understood', { 'retry-after': 'soon' }, 500],
    ['half a second where nothing is said', {}, 500],
  ])('%s: %j', async (_, headers, wait) => {
    const { answer, waits, times } = await send('GET', [{ status: 429, headers, body: LIMITED }, OK])
    expect(answer).toEqual(['confidence-score'])
    expect(waits).toEqual([wait])
    expect(times).toBe(2)
  })

  test.each<Method>(['GET', 'PUT', 'PATCH'])('a %s, six times at most', async method => {
    const { error, waits, times } = await send(method, [{ status: 429, body: LIMITED }])
    expect(error).toMatchObject({
      code: 'rate_limited',
      message: `${method} /guardian/policies: the tenant takes no more requests for now. Try again in a minute.`,
    })
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000])
    expect(times).toBe(7)
  })

  test('for three minutes in all, however much longer the tenant says', async () => {
    const { error, waits } = await send('GET', [
      { status: 429, headers: { 'retry-after': '50' }, body: LIMITED },
    ])
    expect(error).toMatchObject({ code: 'rate_limited' })
    expect(waits).toEqual([50_000, 50_000, 50_000])
  })

  test.each<Method>(['PUT', 'PATCH'])('a %s with the same body', async method => {
    const { answer, server } = await send(method, [{ status: 429 }, { status: 429 }, OK])
    expect(answer).toEqual(['confidence-score'])
    expect(server.got.map(({ body }) => body)).toEqual(Array(3).fill('["all-applications"]'))
  })
})

describe('a read whose answer is lost is sent again, twice at most', () => {
  test.each<[string, Act]>([
    ['HTTP 408', { status: 408 }],
    ['HTTP 500', { status: 500 }],
    ['HTTP 502', { status: 502, body: '<html>' }],
    ['HTTP 503', { status: 503 }],
    ['HTTP 504', { status: 504 }],
    ['a closed connection', drop],
    ['an answer that breaks off', cutOff],
  ])('%s', async (_, act) => {
    expect(await send('GET', [act, OK])).toMatchObject({ answer: ['confidence-score'], waits: [500] })
    expect(await send('GET', [act, act, OK])).toMatchObject({
      answer: ['confidence-score'],
      waits: [500, 1000],
    })
    const lost = await send('GET', [act])
    expect(lost).toMatchObject({ waits: [500, 1000], times: 3 })
    expect(lost.error?.code).toMatch(/^(api_error|unreachable)$/)
  })

  test('at the time that the server names', async () => {
    const acts: Act[] = [{ status: 503, headers: { 'retry-after': '4', 'x-ratelimit-reset': '9' } }, OK]
    expect(await send('GET', acts)).toMatchObject({ waits: [4000] })
  })

  test.each([400, 401, 403, 404, 409, 422, 501])('but not after HTTP %i', async status => {
    expect(await send('GET', [{ status }, OK])).toMatchObject({ answer: undefined, waits: [], times: 1 })
  })
})

describe('a write whose answer is lost is never sent again: it may have been carried out', () => {
  test.each<[string, Act, string]>([
    ['HTTP 408', { status: 408 }, 'the API answered 408.'],
    ['HTTP 500', { status: 500 }, 'the API answered 500.'],
    ['HTTP 502', { status: 502, body: '<html>' }, 'the API answered 502.'],
    ['HTTP 503', { status: 503, headers: { 'retry-after': '1' } }, 'the API answered 503.'],
    ['a closed connection', drop, 'cannot be reached: the connection was closed.'],
    ['an answer that breaks off', cutOff, 'cannot be reached: the connection was closed.'],
  ])('%s', async (_, act, sentence) => {
    for (const method of ['PUT', 'PATCH'] as const) {
      const { error, waits, times } = await send(method, [act, OK])
      expect(error?.message).toMatch(sentence)
      expect(waits).toEqual([])
      expect(times).toBe(1)
    }
  })
})

describe('a host that cannot be reached is said to be so, at once', () => {
  test('where nobody listens', async () => {
    const port = await closedPort()
    const outcome = await run(['plan', '-c', '-', '--json', '--debug'], {
      env: { AUTH0_DOMAIN: `http://127.0.0.1:${port}`, AUTH0_ACCESS_TOKEN: 'token' },
      stdin: 'policy: always',
    })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'unreachable',
        message: `127.0.0.1:${port} cannot be reached: the connection was refused.`,
      },
    })
    expect(outcome.waits).toEqual([])
    expect(outcome.err).toMatch(/^GET \/api\/v2\/guardian\/\w+ the connection was refused \d+ ms$/m)
  })

  test('where there is no such host', async () => {
    const outcome = await run(['plan', '-c', '-'], {
      env: { AUTH0_DOMAIN: 'no-such-tenant.invalid', AUTH0_ACCESS_TOKEN: 'token' },
      stdin: 'policy: always',
    })
    expect(outcome.code).toBe(1)
    // A machine without a network cannot know.
    expect(outcome.err).toMatch(
      /^(Waiting .*\n)*Error: no-such-tenant\.invalid cannot be reached: (there is no such host|its name cannot be looked up now)\.\n$/,
    )
  })

  test('where something else than HTTP is spoken', async () => {
    const { error, times } = await send('GET', [
      response => void response.socket?.end('SSH-2.0-OpenSSH_9.9\r\n'),
    ])
    expect(error?.code).toBe('unreachable')
    expect(error?.message).toMatch(/^127\.0\.0\.1:\d+ cannot be reached: it does not speak HTTP\.$/)
    expect(times).toBe(1)
  })
})

describe('a server that never answers is given up', () => {
  test.each<[string, Act]>([
    ['without a word', silence],
    ['in the middle of its answer', response => void response.writeHead(200).write('[')],
  ])('%s', async (_, act) => {
    const server = await startServer({ 'GET /guardian/policies': act, 'PUT /guardian/policies': act })
    const { api } = await connectTo(server, { timeout: 150 })
    for (const method of ['GET', 'PUT'] as const) {
      await expect(api.request(method, '/guardian/policies')).rejects.toMatchObject({
        code: 'unreachable',
        message: `${server.name} cannot be reached: no answer came in time.`,
      })
    }
    expect(server.lines()).toEqual(['GET /guardian/policies', 'PUT /guardian/policies'])
  })

  test('the token request too', async () => {
    const server = await startServer({ 'POST /oauth/token': silence })
    const credentials = { kind: 'secret', clientId: 'client', clientSecret: 'secret' } as const
    await expect(connectTo(server, { credentials, timeout: 150 })).rejects.toMatchObject({
      code: 'unreachable',
    })
    expect(server.got).toHaveLength(1)
  })
})

describe('Ctrl-C', () => {
  /** Interrupts the program when the server has the request. */
  async function interruptAt(request: string, act: Act) {
    const ctrlC = new AbortController()
    const server = await startServer({
      [request]: async (response, got) => {
        ctrlC.abort()
        if (typeof act === 'function') return act(response, got)
        // By then a program that does not wait would be gone.
        await setTimeout(100)
        response.writeHead(act.status ?? 200).end(JSON.stringify(act.body ?? {}))
      },
    })
    return { server, interrupt: ctrlC.signal }
  }

  test('ends a read that is under way', async () => {
    const { server, interrupt } = await interruptAt('GET /guardian/policies', silence)
    const { api } = await connectTo(server, { interrupt })
    await expect(api.request('GET', '/guardian/policies')).rejects.toMatchObject({ code: 'interrupted' })
  })

  test('ends a token request that is under way', async () => {
    const { server, interrupt } = await interruptAt('POST /oauth/token', silence)
    const credentials = { kind: 'secret', clientId: 'client', clientSecret: 'secret' } as const
    await expect(connectTo(server, { interrupt, credentials })).rejects.toMatchObject({
      code: 'interrupted',
    })
  })

  test('waits for a write that is under way', async () => {
    const { server, interrupt } = await interruptAt('PUT /guardian/policies', { body: ['done'] })
    const { api } = await connectTo(server, { interrupt })
    expect(await api.request('PUT', '/guardian/policies', [])).toEqual(['done'])
  })

  test('does not hide that the answer to a write was lost', async () => {
    const { server, interrupt } = await interruptAt('PUT /guardian/policies', drop)
    const { api } = await connectTo(server, { interrupt })
    await expect(api.request('PUT', '/guardian/policies', [])).rejects.toMatchObject({ code: 'unreachable' })
  })

  test.each<Method>(['GET', 'PUT'])('a %s that the rate limit refused is not sent again', async method => {
    const request = `${method} /guardian/policies`
    const { server, interrupt } = await interruptAt(request, { status: 429 })
    const { api } = await connectTo(server, { interrupt })
    await expect(api.request(method, '/guardian/policies')).rejects.toMatchObject({ code: 'interrupted' })
    expect(server.lines()).toEqual([request])
  })

  test('while it waits for the rate limit nothing more is sent', async () => {
    const ctrlC = new AbortController()
    const server = await startServer({ 'PUT /guardian/policies': [{ status: 429 }, OK] })
    const { api } = await connectTo(server, { interrupt: ctrlC.signal, onWait: () => ctrlC.abort() })
    await expect(api.request('PUT', '/guardian/policies')).rejects.toMatchObject({ code: 'interrupted' })
    expect(server.lines()).toEqual(['PUT /guardian/policies'])
  })

  test('a write that the rate limit still held back is reported as not attempted', async () => {
    const ctrlC = new AbortController()
    const server = await startServer({
      'GET /guardian/factors': [factorsWith(), factorsWith('otp')],
      'PUT /guardian/factors/otp': {},
      'PUT /guardian/policies': response => {
        ctrlC.abort()
        response.writeHead(429).end()
      },
    })
    const outcome = await run(['apply', '--yes', '-c', '-', '--json'], {
      env: server.env,
      stdin: 'policy: always\nfactors: { otp: true }',
      interrupt: ctrlC.signal,
    })
    expect(outcome.code).toBe(130)
    expect(json(outcome)).toMatchObject({
      format: 'mfa-config/apply/1',
      applied: [{ path: 'factors.otp.enabled' }],
      failed: [],
      notAttempted: [{ path: 'policy' }],
      error: { code: 'interrupted' },
    })
    expect(server.lines().filter(line => line.startsWith('PUT'))).toEqual([
      'PUT /guardian/factors/otp',
      'PUT /guardian/policies',
    ])
  })
})

test('waiting is told on standard error, with the reason', async () => {
  const server = await startServer({
    'GET /guardian/policies': [{ status: 429, headers: { 'retry-after': '12' } }, { status: 503 }, {}],
  })
  const outcome = await run(['plan', '-c', '-'], { env: server.env, stdin: 'policy: never' })
  expect(outcome.err).toMatch(/^Waiting 12 s \(rate limit\)\.\nWaiting 1 s \(HTTP 503\)\.\n/)
  expect(outcome.waits).toEqual([12_000, 1000])
})

test('--debug tells each exchange: method, path, status, milliseconds, and nothing else', async () => {
  const server = await startServer({ 'GET /guardian/policies': [{ status: 502 }, drop, { body: [] }] })
  const outcome = await run(['plan', '-c', '-', '--debug'], { env: server.env, stdin: 'policy: never' })
  expect(outcome.code).toBe(0)
  expect(outcome.err.replace(/\d+ ms$/gm, '# ms').split('\n')).toEqual([
    'POST /oauth/token 200 # ms',
    'GET /api/v2/guardian/policies 502 # ms',
    'Waiting 1 s (HTTP 502).',
    'GET /api/v2/guardian/policies the connection was closed # ms',
    'Waiting 1 s (no answer).',
    'GET /api/v2/guardian/policies 200 # ms',
    '',
  ])
})
