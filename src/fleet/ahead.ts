/** Things that are made one after the other for names in a known order. */
export interface Ahead<T> {
  /** What was made for a name; what comes so much later is made next, when nothing else is to be done. */
  take(name: string): Promise<T>
}

/**
 * Makes what each of many needs before it can begin while others wait for answers, so that nobody waits for it: at most so
 * many ahead of those that have begun. What fails is told to whoever takes it.
 */
export function makeAhead<T>(
  names: readonly string[],
  ahead: number,
  make: (name: string) => Promise<T>,
): Ahead<T> {
  const made = new Map<string, Promise<T>>()
  const open = new Set(names)
  const places = new Map(names.map((name, place) => [name, place]))
  const begin = (name: string): Promise<T> => {
    const known = made.get(name)
    if (known) return known
    const making = make(name)
    // Whoever takes it is told; until then it is nobody's to catch.
    making.catch(() => {})
    made.set(name, making)
    return making
  }
  return {
    take(name) {
      const taken = begin(name)
      made.delete(name)
      open.delete(name)
      const later = names[(places.get(name) ?? names.length) + ahead]
      // After what this one sends.
      if (later !== undefined) setTimeout(() => void (open.has(later) && begin(later)))
      return taken
    },
  }
}
