import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/** A request as a server sees it: its path is below `/api/v2`, or whole where it is elsewhere. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

/** What is to go wrong with one request. */
export interface Fault {
  readonly method: string
  /** Below `/api/v2`; `/oauth/token` for the token endpoint. */
  readonly path: string
  /** Which of these requests it is, from 1. Absent: each. */
  readonly nth?: number
  /** Told when the request comes in, before it is answered. */
  readonly hook?: () => void | Promise<void>
  /** Whether the tenant gets the request before the answer below is given in place of its own. */
  readonly delivered?: boolean
  /** Answered in place of what the tenant would. Neither this nor `rewrite` nor `closed`: the tenant's own answer. */
  readonly answer?: { readonly status: number; readonly body: string; readonly type?: string }
  /** The connection is closed without an answer. */
  readonly closed?: true
  /** What the tenant answers, changed on its way. */
  readonly rewrite?: (body: unknown) => unknown
}

/** A server in front of a tenant, which passes on what it is not told to spoil. */
export interface Faults {
  readonly url: string
  readonly env: Record<string, string>
  /** Every request in the order in which it came. */
  readonly seen: readonly Seen[]
  /** Those that change a tenant, as `PUT /guardian/policies`. */
  readonly writes: () => string[]
}

interface Options {
  /** Milliseconds before each answer. */
  readonly latency?: number
}

/** Starts a server in front of a tenant, until the test ends. */
export async function startFaults(
  target: { readonly url: string },
  faults: readonly Fault[] = [],
  { latency = 0 }: Options = {},
): Promise<Faults> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    void answer(request, response).catch(error => response.destroy(error))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request)
    const method = request.method ?? ''
    const path = (request.url ?? '').replace(/^\/api\/v2/, '')
    seen.push({ method, path, body: text === '' ? undefined : JSON.parse(text) })
    const count = seen.filter(other => other.method === method && other.path === path).length
    const fault = faults.find(
      ({ nth, ...of }) => of.method === method && of.path === path && (nth === undefined || nth === count),
    )
    await fault?.hook?.()
    if (latency > 0) await setTimeout(latency)
    const own = fault?.answer && !fault.delivered ? undefined : await forward(request, text)
    if (fault?.closed) return void request.socket.destroy()
    if (fault?.answer) {
      const { status, body, type = 'application/json' } = fault.answer
      return void response.writeHead(status, { 'content-type': type }).end(body)
    }
    if (!own) return
    const body = fault?.rewrite ? JSON.stringify(fault.rewrite(JSON.parse(own.body))) : own.body
    response.writeHead(own.status, own.headers).end(body)
  }

  async function forward(request: IncomingMessage, text: string) {
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers
    const method = request.method ?? 'GET'
    const response = await fetch(`${target.url}${request.url}`, {
      method,
      headers: { authorization, 'content-type': type },
      ...(method !== 'GET' && { body: text }),
    })
    const passed = ['content-type', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']
    const headers = Object.fromEntries(
      [...response.headers].filter(([name]) => passed.includes(name.toLowerCase())),
    )
    return { status: response.status, headers, body: await response.text() }
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    env: { AUTH0_DOMAIN: url, AUTH0_CLIENT_ID: 'client', AUTH0_CLIENT_SECRET: 'secret-of-the-client' },
    seen,
    writes: () =>
      seen
        .filter(({ method, path }) => method !== 'GET' && path !== '/oauth/token')
        .map(({ method, path }) => `${method} ${path}`),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  request.setEncoding('utf8')
  for await (const part of request) text += part
  return text
}
