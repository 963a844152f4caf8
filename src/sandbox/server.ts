import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type RequestLine, tenantApp } from './app.ts'
import { secrets } from './catalogue.ts'
import { randomNumbers } from './random.ts'
import { rateLimit } from './rate-limit.ts'
import { memoryState } from './state.ts'
import { fileState } from './state-file.ts'
import type { Plan, Tenant } from './tenant.ts'

export { emptyState, StateFileError } from './state-file.ts'

/** What kind of tenant to serve, and where. */
export interface SandboxOptions {
  /** Default 0: any free port. */
  port?: number
  /** Start with the Unified Phone Experience (`phone_consolidated_experience`). Default false. */
  unifiedPhone?: boolean
  /** Default enterprise. */
  plan?: Plan
  /** Milliseconds before each answer. Default 0. */
  latency?: number
  /** Path of the file that keeps the state over restarts. Absent: a fresh tenant, of which nothing is kept. */
  state?: string
  /** Factors that the list of factors has besides Auth0's own: for tests. */
  extraFactors?: Tenant['extraFactors']
  /** Actions that are deployed and bound, in the order in which they run: for tests. Default: none. */
  actions?: Tenant['actions']
  /** Answer 429 when the rate limit is used up: for tests. Default false: only the headers tell of it. */
  enforceRateLimit?: boolean
  /** What the order of the phone templates is drawn from: for tests. Default: another at each start. */
  seed?: number
  /** The clock, in milliseconds since the epoch. Default Date.now. */
  now?: () => number
  /** Told of each request once it is answered. */
  onRequest?: (line: RequestLine) => void
}

/** A tenant that is being served. */
export interface Sandbox {
  /** http://127.0.0.1:PORT */
  url: string
  port: number
  /** Stops serving: open connections are ended at once, and what was not answered yet changes nothing. */
  close(): Promise<void>
}

/**
 * Serves a tenant over HTTP on the loopback interface alone.
 * @throws StateFileError where the state file cannot be used; Node's own error, such as EADDRINUSE, for the port
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { plan = 'enterprise', now = Date.now, latency = 0, onRequest = () => {} } = options
  const { unifiedPhone = false, extraFactors = [], actions = [], enforceRateLimit = false } = options
  const state = options.state === undefined ? memoryState() : fileState(options.state, secrets)
  state.read() // A file that cannot be used stops the start rather than the first request.
  const closing = new AbortController()
  const app = tenantApp({
    state,
    tenant: { plan, unifiedPhone, extraFactors, actions },
    takeTurn: rateLimit(plan, now, enforceRateLimit),
    latency,
    now,
    random: randomNumbers(options.seed ?? randomInt(2 ** 32)),
    onRequest,
    closed: closing.signal,
  })
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  const port = await listen(server, options.port ?? 0)
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise(resolve => {
        closing.abort()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
