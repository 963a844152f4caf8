import { randomBytes } from 'node:crypto'

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** A new id as Auth0 forms them: what it is of, and text without look-alikes. Never the same again, seed or not. */
export function newId(prefix: string, length: number): string {
  const characters = [...randomBytes(length)].map(byte => alphabet[byte % alphabet.length])
  return prefix + characters.join('')
}

/** Numbers from 0 to below 1 that look random and are the same for the same seed (the algorithm mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The items in an order drawn from `random`, which gives numbers from 0 to below 1. Each order is as likely. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const drawn: T[] = []
  for (const item of items) drawn.splice(Math.floor(random() * (drawn.length + 1)), 0, item)
  return drawn
}
