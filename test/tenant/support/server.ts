import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Certificate } from '../../support/tls.ts'
import { textOf } from './text-of.ts'

/** A request as the server got it. */
export interface Got {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An answer: 200, JSON, `{}` where it does not say otherwise. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown
}

/** What a server does with one request: an answer, or whatever it does to the connection itself. */
export type Act = Answer | ((response: ServerResponse, got: Got) => void | Promise<void>)

/** What it does with the first, the second … of the same request; the last goes for all that follow. `*`: with others. */
export type Script = Readonly<Record<string, Act | readonly Act[]>>

/** The connection is closed without an answer. */
export const drop: Act = response => void response.socket?.destroy()

/** There is never an answer. */
export const silence: Act = () => {}

/** A server that answers by a script, and a tenant of which nothing is set where that says nothing. */
export interface ScriptedServer {
  readonly url: string
  /** The host with its port, as the tenant is named. */
  readonly name: string
  /** Environment variables that lead to it, with a client's secret. */
  readonly env: Record<string, string>
  readonly got: readonly Got[]
  /** The requests, as `GET /guardian/factors`: paths below `/api/v2`. */
  readonly lines: () => string[]
}

const FACTORS = [
  'sms',
  'push-notification',
  'otp',
  'email',
  'duo',
  'webauthn-roaming',
  'webauthn-platform',
  'recovery-code',
]

/** The list of factors, with these on. */
export function factorsWith(...on: string[]): Answer {
  return { body: FACTORS.map(name => ({ name, enabled: on.includes(name), trial_expired: false })) }
}

const TENANT: Script = {
  'POST /oauth/token': { body: { access_token: 'token-of-the-server', token_type: 'Bearer' } },
  'GET /guardian/factors': factorsWith(),
  'GET /guardian/policies': { body: [] },
}

/** Starts it on a free port of this machine, until the test ends; with a certificate, for HTTPS at `localhost`. */
export async function startServer(script: Script = {}, tls?: Certificate): Promise<ScriptedServer> {
  const got: Got[] = []
  const line = ({ method, path }: Got): string => `${method} ${path.replace(/^\/api\/v2/, '')}`
  const listener: RequestListener = async (request, response) => {
    const { method = '', url: path = '', headers } = request
    const own = { method, path, headers, body: await textOf(request) }
    got.push(own)
    const acts = [script[line(own)] ?? TENANT[line(own)] ?? script['*'] ?? {}].flat()
    const nth = got.filter(other => line(other) === line(own)).length
    const act = acts[Math.min(nth, acts.length) - 1] ?? {}
    if (typeof act === 'function') return act(response, own)
    const { status = 200, headers: told, body = {} } = act
    response.writeHead(status, { 'content-type': 'application/json', ...told })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
  const server = tls ? createTlsServer({ ...tls }, listener) : createServer(listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const name = `${tls ? 'localhost' : '127.0.0.1'}:${port}`
  const url = `${tls ? 'https' : 'http'}://${name}`
  return {
    url,
    name,
    env: {
      AUTH0_DOMAIN: tls ? name : url,
      AUTH0_CLIENT_ID: 'client',
      AUTH0_CLIENT_SECRET: 'secret-of-the-client',
    },
    got,
    lines: () => got.map(line),
  }
}

/** A port of this machine at which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}
