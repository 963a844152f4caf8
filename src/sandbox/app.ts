import { setTimeout } from 'node:timers/promises'
import { type Context, Hono } from 'hono'
import { resources, scopes } from './catalogue.ts'
import { ApiError, type ErrorStatus, notFound, tooManyRequests } from './errors.ts'
import type { Json } from './json.ts'
import type { Turn } from './rate-limit.ts'
import { type Method, methods, type Operation } from './resource.ts'
import type { State } from './state.ts'
import type { Tenant } from './tenant.ts'
import { type Grant, grantOf, requireScope } from './token.ts'
import { answerTokenRequest } from './token-endpoint.ts'
import { validate } from './validation.ts'

/** A request that was answered: its path with the query, and how long the answer took. */
export interface RequestLine {
  method: string
  path: string
  status: number
  milliseconds: number
}

/** What the API is served from. */
export interface Surroundings {
  state: State
  tenant: Tenant
  takeTurn: () => Turn
  /** Milliseconds before each answer. */
  latency: number
  /** The clock, in milliseconds since the epoch. */
  now: () => number
  /** What Auth0 leaves to chance: a number from 0 to below 1, another each time. */
  random: () => number
  onRequest: (line: RequestLine) => void
  /** Aborted when the sandbox closes: what still waits then is not answered, and changes nothing. */
  closed: AbortSignal
}

type Env = { Variables: { grant: Grant } }

/** The tenant as an HTTP application: the token endpoint, and the Management API below /api/v2. */
export function tenantApp(surroundings: Surroundings): Hono<Env> {
  const { takeTurn, latency, now, onRequest, closed } = surroundings
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    const started = performance.now()
    if (latency > 0) await setTimeout(latency, undefined, { signal: closed })
    await next()
    const { pathname, search } = new URL(c.req.url)
    const milliseconds = Math.round(performance.now() - started)
    onRequest({ method: c.req.method, path: pathname + search, status: c.res.status, milliseconds })
  })
  app.post('/oauth/token', async c => {
    const form = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false
    const issuer = new URL('/', c.req.url).href
    const answer = answerTokenRequest({ body: await c.req.text(), form, issuer, scopes, time: now() })
    return send(c, answer.status, answer.body)
  })
  app.use('/api/v2/*', async (c, next) => {
    const turn = takeTurn()
    for (const [name, value] of Object.entries(turn.headers)) c.header(name, value)
    if (!turn.admitted) throw tooManyRequests()
    c.set('grant', grantOf(c.req.header('authorization'), now()))
    await next()
  })
  for (const { path, operations } of resources) {
    for (const method of methods) {
      const operation = operations[method]
      if (operation) app.on(method, `/api/v2${path}`, c => perform(c, method, operation, surroundings))
    }
  }
  app.notFound(c => send(c, 404, notFound().body))
  app.onError((error, c) => {
    const answer = error instanceof ApiError ? error : new ApiError(500, error.message)
    if (answer.status === 401) c.header('WWW-Authenticate', 'Bearer')
    return send(c, answer.status, answer.body)
  })
  return app
}

async function perform(
  c: Context<Env>,
  method: Method,
  operation: Operation,
  { state, tenant, now, random }: Surroundings,
) {
  requireScope(c.get('grant'), operation.scope)
  const text = operation.body ? await c.req.text() : ''
  // From here to the write nothing may wait, or two requests could overwrite each other's settings.
  const kept = state.read()
  const request = { params: c.req.param(), query: c.req.query(), kept, tenant, time: now(), random }
  operation.refuse?.(request)
  const body = operation.body ? parseBody(text) : null
  if (operation.body) validate(operation.body, body)
  const answer = operation.answer(request, body)
  if (method !== 'GET') state.write(kept)
  return 'body' in answer ? send(c, answer.status, answer.body) : c.body(null, 204)
}

function parseBody(text: string): Json {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    // Assumption: the words; a body that is not JSON was not recorded.
    throw new ApiError(400, 'Invalid request payload JSON format')
  }
}

function send(c: Context, status: 200 | 201 | 202 | ErrorStatus, body: Json) {
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/json; charset=utf-8' })
}
