/** A place among those who work at once. */
export interface Slot {
  /** Gives the place to another for as long as something else is waited for, and takes one again. */
  release<T>(wait: () => Promise<T>): Promise<T>
}

/** A number of places to work at; who finds none waits in line. */
export interface Slots {
  hold<T>(work: (slot: Slot) => Promise<T>): Promise<T>
}

/** Makes so many places. */
export function createSlots(count: number): Slots {
  let free = count
  const line: (() => void)[] = []

  const take = (): Promise<void> => {
    if (free > 0) {
      free--
      return Promise.resolve()
    }
    return new Promise(resolve => line.push(resolve))
  }
  const give = (): void => {
    const next = line.shift()
    if (next) next()
    else free++
  }

  return {
    async hold(work) {
      await take()
      // Several things of one worker can wait at once: the place is free while all do, or the first of them has begun.
      let held = true
      let ended = false
      let returning: Promise<void> | undefined
      const slot: Slot = {
        async release(wait) {
          if (held) {
            held = false
            give()
          }
          try {
            return await wait()
          } finally {
            // What a worker that has failed still waits for needs no place any more.
            if (!held && !ended) {
              returning ??= take().then(() => {
                held = true
                returning = undefined
              })
              await returning
            }
          }
        },
      }
      try {
        return await work(slot)
      } finally {
        ended = true
        if (held) give()
        else if (returning) void returning.then(give)
      }
    },
  }
}
