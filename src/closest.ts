import { closest, distance } from 'fastest-levenshtein'

/** The known word that a mistyped one is closest to, if it is close: at most a third of its letters differ, whatever their case. */
export function closestWord(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const lower = known.map(candidate => candidate.toLowerCase())
  const candidate = closest(word.toLowerCase(), lower)
  return distance(word.toLowerCase(), candidate) <= Math.max(1, Math.floor(word.length / 3))
    ? known[lower.indexOf(candidate)]
    : undefined
}
