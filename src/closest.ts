import { closest, distance } from 'fastest-levenshtein'

/**
 * The known word that a mistyped one is closest to, whatever their case, if it is close: it has the same letters in
 * another order, or at most a third of its letters differ.
 */
export function closestWord(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const given = word.toLowerCase()
  const lower = known.map(candidate => candidate.toLowerCase())
  const shuffled = lower.findIndex(candidate => letters(candidate) === letters(given))
  if (shuffled >= 0) return known[shuffled]
  const candidate = closest(given, lower)
  const isClose = distance(given, candidate) <= Math.max(1, Math.floor(word.length / 3))
  return isClose ? known[lower.indexOf(candidate)] : undefined
}

function letters(word: string): string {
  return [...word].sort().join('')
}
