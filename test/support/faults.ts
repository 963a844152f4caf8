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
  /** What it spoils from the `nth` on: the same request again, or every request whatever it is. Absent: just the one. */
  readonly lasting?: 'same' | 'every'
  /** Told when the request comes in, before it is answered. */
  readonly hook?: () => void | Promise<void>
  /** Told when the tenant has done what it was asked, before anything is answered. */
  readonly done?: (request: Seen) => void | Promise<void>
  /** Whether the tenant gets the request. Absent: unless an answer below is given in place of its own. */
  readonly delivered?: boolean
  /** Answered in place of what the tenant would. Neither this nor `rewrite` nor `closed`: the tenant's own answer. */
  readonly answer?: { readonly status: number; readonly body: string; readonly type?: string }
  /** The connection is closed without an answer. */
  readonly closed?: true
  /** The connection is closed when half of the tenant's own answer has left. */
  readonly cut?: true
  /** There is never an answer, and the connection stays open. */
  readonly silent?: true
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
  /** From now on nothing is spoiled. */
  heal(): void
}

/** What it stands in front of: a server, or an application in this process that takes its requests. */
interface Target {
  readonly url: string
  readonly fetch?: (request: Request) => Response | Promise<Response>
}

interface Options {
  /** Milliseconds before each answer. */
  readonly latency?: number
}

/** Starts a server in front of a tenant, until the test ends. */
export async function startFaults(
  target: Target,
  faults: readonly Fault[] = [],
  options: Options = {},
): Promise<Faults> {
  const { close, ...opened } = await openFaults(target, faults, options)
  onTestFinished(close)
  return opened
}

/** The same, until it is closed: what a test file learns before its first test. */
export async function openFaults(
  target: Target,
  faults: readonly Fault[] = [],
  { latency = 0 }: Options = {},
): Promise<Faults & { close(): void }> {
  const seen: Seen[] = []
  let spoiling = faults
  let lasting: Fault | undefined
  const server = createServer((request, response) => {
    void answer(request, response).catch(error => response.destroy(error))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request)
    const method = request.method ?? ''
    const path = (request.url ?? '').replace(/^\/api\/v2/, '')
    const arrived = { method, path, body: text === '' ? undefined : JSON.parse(text) }
    seen.push(arrived)
    const count = seen.filter(other => other.method === method && other.path === path).length
    const fault = lasting ?? spoiling.find(known => isOf(known, method, path, count))
    if (fault?.lasting === 'every') lasting = fault
    await fault?.hook?.()
    if (latency > 0) await setTimeout(latency)
    const own = (fault?.delivered ?? !fault?.answer) ? await forward(request, text) : undefined
    await fault?.done?.(arrived)
    if (fault?.silent) return
    if (fault?.closed) return void request.socket.destroy()
    if (fault?.answer) {
      const { status, body, type = 'application/json' } = fault.answer
      return void response.writeHead(status, { 'content-type': type }).end(body)
    }
    if (!own) return
    if (fault?.cut) {
      response.writeHead(own.status, { ...own.headers, 'content-length': Buffer.byteLength(own.body) })
      const half = own.body.slice(0, own.body.length / 2)
      return void response.write(half, () => request.socket.destroy())
    }
    const body = fault?.rewrite ? JSON.stringify(fault.rewrite(JSON.parse(own.body))) : own.body
    response.writeHead(own.status, own.headers).end(body)
  }

  async function forward(request: IncomingMessage, text: string) {
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers
    const method = request.method ?? 'GET'
    const asked = new Request(`${target.url}${request.url}`, {
      method,
      headers: { authorization, 'content-type': type },
      ...(method !== 'GET' && { body: text }),
    })
    const response = await (target.fetch ?? fetch)(asked)
    const passed = ['content-type', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']
    const headers = Object.fromEntries(
      [...response.headers].filter(([name]) => passed.includes(name.toLowerCase())),
    )
    return { status: response.status, headers, body: await response.text() }
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
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
    heal: () => {
      spoiling = []
      lasting = undefined
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function isOf(fault: Fault, method: string, path: string, count: number): boolean {
  if (fault.method !== method || fault.path !== path) return false
  if (fault.nth === undefined || fault.nth === count) return true
  return fault.lasting !== undefined && count > fault.nth
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  request.setEncoding('utf8')
  for await (const part of request) text += part
  return text
}
