import type { JsonObject } from './json.ts'

/**
 * Every setting that has been written, under the name it is kept by; a setting never written is not there.
 * A value is replaced as a whole and never changed in place, so that a copy of the map is a copy of the state.
 */
export type Kept = Map<string, JsonObject>

/** Where the sandbox keeps its settings between requests. */
export interface State {
  /** The settings as they are now. The map may be changed freely: nothing is kept before `write`. */
  read(): Kept
  /** Keeps these settings and forgets all others. */
  write(kept: Kept): void
}

/** A state that lasts as long as the server. */
export function memoryState(): State {
  let current: Kept = new Map()
  return {
    read: () => new Map(current),
    write: kept => {
      current = new Map(kept)
    },
  }
}
