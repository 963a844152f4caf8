import { isRecord } from '../record.ts'
import { keywordsIn } from './keyword.ts'

/** What an export says of one setting, as it stands there. */
export interface Given {
  /** Where it stands, as messages name it. */
  readonly from: string
  /** The setting, as a path of the file. */
  readonly path: string
  readonly value: unknown
}

/** Something in an export that the file cannot take over. */
export interface Lost {
  readonly from: string
  readonly path?: string
  /** The end of a sentence without its full stop: "… is not carried over: why". */
  readonly why: string
}

/** One thing that an export says. */
export type Said = Given | Lost

/** Whether something cannot be taken over. */
export function isLost(said: Said): said is Lost {
  return 'why' in said
}

/** For keys that are looked at elsewhere, or that the API answers with and nobody sets. */
export const IGNORED = 'ignored'

/** What becomes of each key of an object: a path of the file, or the reason why there is none. */
export type Keys = Readonly<
  Record<string, { readonly path: string } | { readonly why: string } | typeof IGNORED>
>

/** Goes through the keys of an object. One that is not named is told as unknown. */
export function saidBy(from: string, object: unknown, keys: Keys): Said[] {
  if (object === undefined || object === null) return []
  if (!isRecord(object)) return [unusable(from, object, 'an object')]
  return Object.entries(object).flatMap(([key, value]): Said[] => {
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined
    const place = `${from}.${quoted(key)}`
    if (known === IGNORED) return []
    if (known === undefined) return [{ from: place, why: 'this version does not know it' }]
    return ['path' in known ? { from: place, path: known.path, value } : { from: place, why: known.why }]
  })
}

/** Goes through a list of objects. */
export function saidByEach(
  from: string,
  list: unknown,
  item: (object: Readonly<Record<string, unknown>>, index: number) => Said[],
): Said[] {
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) return [unusable(from, list, 'a list')]
  return list.flatMap((object: unknown, index) =>
    isRecord(object) ? item(object, index) : [unusable(`${from}[${index}]`, object, 'an object')],
  )
}

/** Why something is not what the Deploy CLI has in its place. */
export function unusable(from: string, given: unknown, expected: string): Lost {
  const [keyword] = typeof given === 'string' ? keywordsIn(given) : []
  const why =
    keyword === undefined
      ? `expected ${expected}`
      : `it is ${expected} that comes from the keyword ${keyword}. Write what the keyword holds`
  return { from, why }
}

/** A name from outside, quoted where it is more than a word. */
export function quoted(name: unknown): string {
  return typeof name === 'string' && /^[\w.-]+$/.test(name) ? name : (JSON.stringify(name) ?? 'nothing')
}
