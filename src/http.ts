import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { proxyIn, tunnelTo } from './proxy.ts'

/** A request, whole. `timeout` is in milliseconds, for the whole exchange. */
export interface Outgoing {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeout: number
  readonly signal?: AbortSignal
}

/** An answer, whole; header names are in lower case. */
export interface Incoming {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Sends a request and gives the answer, whatever its status. Rejects with Node's error when there is none. */
export type Send = (request: Outgoing) => Promise<Incoming>

/**
 * The parts of Node that sending needs. They are handed in because an `import` of `node:http` loads the whole of undici
 * on Node 22 and later, and so does the first touch of `fetch`: a third of a short run.
 */
export interface Wire {
  readonly http: Pick<typeof import('node:http'), 'request' | 'Agent'>
  readonly https: Pick<typeof import('node:https'), 'request' | 'Agent'>
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Sends over `node:http` and `node:https`, with connections kept alive, through the proxy that the environment names. */
export function sender({ http, https, env }: Wire): Send {
  // A connection that was idle for two seconds is not used again: the server may be closing it, and a write that is
  // lost with it could not be repeated.
  const kept = { keepAlive: true, timeout: 2000 }
  const agents = { 'http:': new http.Agent(kept), 'https:': new https.Agent(kept) }
  const proxy = proxyIn(env)

  return async request => {
    const secure = request.url.startsWith('https:')
    const tunnel = secure && proxy ? await tunnelTo(request.url, proxy) : undefined
    const agent = tunnel?.agent ?? agents[secure ? 'https:' : 'http:']
    const options: RequestOptions = { method: request.method, headers: headersOf(request), agent }
    const open = (listener: (answer: IncomingMessage) => void): ClientRequest =>
      (secure ? https : http).request(request.url, options, listener)
    if (!tunnel) return exchange(request, open)
    return exchange(request, listener => tunnel.guard(open(listener))).catch(error => {
      throw tunnel.explain(error)
    })
  }
}

function headersOf({ headers, body }: Outgoing): Record<string, string> {
  if (body === undefined) return headers
  return { ...headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
}

function exchange(
  { body, timeout, signal }: Outgoing,
  open: (listener: (answer: IncomingMessage) => void) => ClientRequest,
): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    const request = open(answer => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
        if (text.length > LONGEST) request.destroy(endless())
      })
      answer.on('error', fail)
      answer.on('end', () => {
        settle()
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text })
      })
    })
    const timer = setTimeout(() => request.destroy(timedOut(timeout)), timeout)
    const abort = (): unknown => request.destroy(new Error('interrupted'))
    const settle = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
    const fail = (error: Error): void => {
      settle()
      reject(error)
    }
    request.on('error', fail)
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    request.end(body)
  })
}

/** Characters. What the API answers has some thousands; one who answers without end gets no further. */
const LONGEST = 10_000_000

function endless(): Error {
  return Object.assign(new Error('its answer does not end'), { code: 'ERR_ENDLESS_ANSWER' })
}

function timedOut(timeout: number): Error {
  return Object.assign(new Error(`no answer within ${timeout / 1000} s`), { code: 'ETIMEDOUT' })
}
