import { closest, distance } from 'fastest-levenshtein'

/** The known word that a mistyped one is closest to, if it is close: at most a third of its letters differ. */
export function closestWord(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const candidate = closest(word, [...known])
  return distance(word, candidate) <= Math.max(1, Math.floor(word.length / 3)) ? candidate : undefined
}
