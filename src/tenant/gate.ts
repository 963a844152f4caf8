/**
 * Lets a number of requests be under way at once: two until an answer tells how many the tenant still takes, then at
 * most that many. Requests wait in the order in which they came.
 */
export interface Gate {
  enter(): Promise<void>
  /** `remaining`: what the answer said is left of the rate limit. */
  leave(remaining: number | undefined): void
}

/** The number before anything is known: a Free tenant's burst, by Auth0's rate limit documentation. */
const AT_FIRST = 2

export function createGate(): Gate {
  let limit = AT_FIRST
  let underWay = 0
  const waiting: (() => void)[] = []

  const admit = (): void => {
    while (underWay < limit) {
      const next = waiting.shift()
      if (!next) return
      underWay++
      next()
    }
  }

  return {
    enter: () =>
      new Promise(resolve => {
        waiting.push(resolve)
        admit()
      }),
    leave: remaining => {
      underWay--
      // At nothing left, one goes on: its 429 says how long to wait.
      if (remaining !== undefined) limit = Math.max(1, remaining)
      admit()
    },
  }
}
