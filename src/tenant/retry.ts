import type { Incoming } from '../http.ts'
import { isDropped } from './unreachable.ts'

/** Statuses after which the same request can succeed, if it may be sent twice at all. */
const PASSING: ReadonlySet<number> = new Set([408, 500, 502, 503, 504])

/** Times that a request is sent again. */
const AFTER_RATE_LIMIT = 6
const AFTER_FAILURE = 2
/** No single wait is longer: the API's limits refill within a minute. Milliseconds. */
const LONGEST = 60_000
/** Nor do all waits for one request take longer. */
const LONGEST_IN_ALL = 180_000

/**
 * Why a request is worth sending again, in two words; `undefined` if it is not. One that the rate limit refused was not
 * carried out; one whose answer was lost may have been, so only what is `repeatable` is sent again then.
 */
export function worthRepeating(
  answer: Incoming | undefined,
  failure: unknown,
  repeatable: boolean,
): string | undefined {
  if (answer?.status === 429) return 'rate limit'
  if (!repeatable) return undefined
  if (answer) return PASSING.has(answer.status) ? `HTTP ${answer.status}` : undefined
  return isDropped(failure) ? 'no answer' : undefined
}

/**
 * How long to wait, in milliseconds, before sending again for the `tries`-th time; `undefined`: not again. `waited` are
 * the milliseconds that were waited for this request before.
 * The API's own headers come first: `Retry-After` in seconds, `X-RateLimit-Reset` in seconds since 1970.
 */
export function retryDelay(
  tries: number,
  answer: Incoming | undefined,
  now: number,
  waited: number,
): number | undefined {
  if (tries > (answer?.status === 429 ? AFTER_RATE_LIMIT : AFTER_FAILURE)) return undefined
  const after = Number(answer?.headers['retry-after'] ?? Number.NaN) * 1000
  const reset = Number(answer?.headers['x-ratelimit-reset'] ?? Number.NaN) * 1000 - now
  const told = [after, answer?.status === 429 ? reset : Number.NaN].find(delay => delay > 0)
  const delay = Math.min(told ?? 250 * 2 ** tries, LONGEST)
  return waited + delay > LONGEST_IN_ALL ? undefined : delay
}
