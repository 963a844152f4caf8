/** A clock that stands still until a test moves it. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly wait: (milliseconds: number) => Promise<void>
  /** How many wait for it now. */
  readonly sleepers: () => number
  /** Moves it on, and wakes who has waited for that. */
  readonly pass: (milliseconds: number) => void
}

/** Starts a clock at the present. */
export function stoppedClock(): Clock {
  let time = Date.now()
  let asleep: { readonly until: number; readonly wake: () => void }[] = []
  return {
    now: () => time,
    wait: milliseconds => new Promise(wake => asleep.push({ until: time + milliseconds, wake })),
    sleepers: () => asleep.length,
    pass: milliseconds => {
      time += milliseconds
      const awake = asleep.filter(({ until }) => until <= time)
      asleep = asleep.filter(({ until }) => until > time)
      for (const { wake } of awake) wake()
    },
  }
}
