import { createHash } from 'node:crypto'

/** One of several equal parts of a fleet: `2/5` is the second fifth. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/**
 * The names of one part, in their own order. Parts are of one size, give or take one, and together all names. They
 * depend on the set of names alone, not on their order; and a name that is added or taken away moves at most one other
 * from each part to the next.
 */
export function shardOf(names: readonly string[], { index, count }: Shard): string[] {
  const ranked = names
    .map(name => ({ name, rank: createHash('sha256').update(name).digest('hex') }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
  const bound = (part: number): number => Math.floor((part * ranked.length) / count)
  const part = new Set(ranked.slice(bound(index - 1), bound(index)).map(({ name }) => name))
  return names.filter(name => part.has(name))
}
