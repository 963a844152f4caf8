import type { Plan } from './tenant.ts'

/** One request's turn at the limit: whether it may be answered, and the headers that its answer carries. */
export interface Turn {
  admitted: boolean
  headers: { 'X-RateLimit-Limit': string; 'X-RateLimit-Remaining': string; 'X-RateLimit-Reset': string }
}

/** Auth0's documented buckets: how many requests at once, and how many come back each second. */
const buckets = {
  free: { burst: 2, perSecond: 2 },
  enterprise: { burst: 50, perSecond: 16 },
} as const

/**
 * The token bucket over the whole Management API. Returns a function that takes one request's turn.
 * @param now the clock, in milliseconds since the epoch
 * @param enforced false: every turn is admitted, only the headers tell of the limit
 */
export function rateLimit(plan: Plan, now: () => number, enforced: boolean): () => Turn {
  const { burst, perSecond } = buckets[plan]
  let left: number = burst
  let counted = now()
  return () => {
    const time = now()
    left = Math.min(burst, left + (Math.max(0, time - counted) / 1000) * perSecond)
    counted = time
    const admitted = left >= 1
    if (admitted) left -= 1
    const remaining = Math.floor(left)
    return {
      admitted: admitted || !enforced,
      headers: {
        'X-RateLimit-Limit': String(burst),
        // A client that paces itself by this header would wait at 0 for a limit that is not enforced.
        'X-RateLimit-Remaining': String(enforced ? remaining : Math.max(1, remaining)),
        // Assumption: the second in which the bucket is full again; Auth0 says "when the limit resets".
        'X-RateLimit-Reset': String(Math.ceil((time + ((burst - left) / perSecond) * 1000) / 1000)),
      },
    }
  }
}
