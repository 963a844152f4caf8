import { LostAnswer, UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Incoming } from '../http.ts'
import { createGate } from './gate.ts'
import { createSecrets, type FieldNames, secretTexts } from './hide.ts'
import { explainRefusal, parseRefusal } from './refusal.ts'
import { retryDelay, worthRepeating } from './retry.ts'
import { reasonOf, unreachable } from './unreachable.ts'

/** One exchange, as `--debug` shows it: no body, no header. */
export interface Exchange {
  readonly method: string
  readonly path: string
  /** The answer's status, or why there is none. */
  readonly outcome: number | string
  readonly milliseconds: number
}

/** What a run wants to know of its requests, and what it wants nobody to know. */
export interface Watch {
  readonly onExchange?: (exchange: Exchange) => void
  /** A request is held back, for so many milliseconds. */
  readonly onWait?: (milliseconds: number, reason: string) => void
  /** What of a body's fields may be shown: an error never repeats what was sent in the others. */
  readonly names?: FieldNames
}

/** JSON requests to one tenant. Every failure is a `UserError`. */
export interface Transport {
  /** A request to the Management API, under the tenant's rate limit. */
  json(method: string, url: string, accessToken: string, body?: unknown): Promise<unknown>
  /** A token request. Its body is made anew each time it is sent: an assertion is good for once, and for a minute. */
  token(url: string, body: () => Promise<unknown>): Promise<unknown>
}

const TIMEOUT = 30_000
const USER_AGENT = 'mfa-config'
const NONE: FieldNames = { secret: new Set(), shown: new Set() }
/** What a token request has, and who may see it. */
const OWN_NAMES: FieldNames = {
  secret: new Set(),
  shown: new Set(['grant_type', 'client_id', 'audience', 'client_assertion_type']),
}

/**
 * Sends for one tenant: a few requests at once, repeated only where that is safe: reads and token requests when the
 * answer is lost or the server failed, anything when the tenant said that it takes no more for now.
 */
export function createTransport(host: Host, tenant: string, watch: Watch): Transport {
  const gate = createGate()
  const secrets = createSecrets()

  async function once(
    method: string,
    url: string,
    headers: Record<string, string>,
    body: string | undefined,
  ): Promise<Incoming> {
    // The token endpoint has a limit of its own, which says nothing about the Management API's.
    const limited = headers.authorization !== undefined
    // A write that is under way is waited for, whatever happens: its outcome must be known.
    const isWrite = limited && method !== 'GET'
    if (limited) await gate.enter()
    const started = host.now()
    let remaining: number | undefined
    const tell = (outcome: number | string): void =>
      watch.onExchange?.({
        method,
        path: new URL(url).pathname,
        outcome,
        milliseconds: Math.round(host.now() - started),
      })
    try {
      const answer = await host.send({
        method,
        url,
        headers: { accept: 'application/json', 'user-agent': USER_AGENT, ...headers },
        ...(body !== undefined && { body }),
        timeout: TIMEOUT,
        ...(!isWrite && { signal: host.interrupt }),
      })
      remaining = numberIn(answer, 'x-ratelimit-remaining')
      tell(answer.status)
      return answer
    } catch (error) {
      if (host.interrupt.aborted && !isWrite) throw interrupted()
      tell(secrets.hide(reasonOf(error)))
      throw unreachable(tenant, error, secrets.hide)
    } finally {
      if (limited) gate.leave(remaining)
    }
  }

  async function patiently(repeatable: boolean, attempt: () => Promise<Incoming>): Promise<Incoming> {
    let waited = 0
    for (let tries = 1; ; tries++) {
      let answer: Incoming | undefined
      let failure: unknown
      try {
        answer = await attempt()
      } catch (error) {
        failure = error
      }
      const reason = worthRepeating(answer, failure, repeatable)
      const delay = reason ? retryDelay(tries, answer, host.now(), waited) : undefined
      if (reason && delay !== undefined) {
        if (!host.interrupt.aborted) {
          watch.onWait?.(delay, reason)
          await host.wait(delay)
          waited += delay
        }
        // Nothing was carried out so far, and nothing more is wanted.
        if (host.interrupt.aborted) throw interrupted()
      } else if (answer) return answer
      else throw failure
    }
  }

  return {
    async json(method, url, accessToken, body) {
      const text = body === undefined ? undefined : JSON.stringify(body)
      secrets.add([accessToken, ...secretTexts(body, watch.names ?? NONE)])
      const headers = { authorization: `Bearer ${accessToken}` }
      const what = `${method} ${new URL(url).pathname.replace(/^\/api\/v2/, '')}`
      const answer = await patiently(method === 'GET', () => once(method, url, headers, text))
      if (answer.status < 200 || answer.status > 299) throw refused(what, answer, secrets.hide)
      return parseJson(answer, what)
    },

    async token(url, makeBody) {
      const answer = await patiently(true, async () => {
        const body = await makeBody()
        secrets.add(secretTexts(body, OWN_NAMES))
        return once('POST', url, {}, JSON.stringify(body))
      })
      if (answer.status === 401 || answer.status === 403) throw rejected(tenant, answer)
      if (answer.status !== 200) throw refused('POST /oauth/token', answer, secrets.hide)
      return parseJson(answer, 'POST /oauth/token')
    },
  }
}

/** The error for an answer that is no success. What it says can repeat anything that was sent. */
function refused(what: string, { status, body }: Incoming, hide: (text: string) => string): UserError {
  const refusal = parseRefusal(status, body)
  return explainRefusal(what, { ...refusal, message: hide(refusal.message) })
}

function interrupted(): UserError {
  return new UserError('interrupted', 'Interrupted.')
}

function parseJson({ status, body }: Incoming, what: string): unknown {
  // Recorded for templates that were never set.
  if (status === 204) return undefined
  try {
    return JSON.parse(body)
  } catch {
    const got =
      body === '' ? 'an empty body' : /^\s*</.test(body) ? 'a web page' : 'something that is no JSON'
    throw new LostAnswer(
      'api_error',
      `${what}: the server answered ${status} with ${got}. Is the domain that of an Auth0 tenant?`,
    )
  }
}

/** What Auth0 says of why is never repeated; a 403 is about what the application may do, a 401 about who it is. */
function rejected(tenant: string, { status }: Incoming): UserError {
  const hint =
    status === 403
      ? 'Authorise the application for the Management API, with the client credentials grant, and check AUTH0_AUDIENCE.'
      : 'Check AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET or the signing key, or the credentials of the environment, and that they belong to this tenant.'
  return new UserError('credentials_rejected', `${tenant} rejected the credentials (${status}). ${hint}`)
}

function numberIn({ headers }: Incoming, name: string): number | undefined {
  const value = Number(headers[name] ?? Number.NaN)
  return Number.isFinite(value) ? value : undefined
}
