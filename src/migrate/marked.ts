import { mapTexts } from '../config/tree.ts'

/** A keyword of the Deploy CLI where it is written: `##KEY##` as it is, `@@KEY@@` as JSON. */
const MARKER = /(##|@@)([A-Za-z0-9_.-]+)\1/g

/** Characters that no file has, as wide as the signs that they stand for, so that places remain as they are. */
const STAND_INS: Readonly<Record<string, string>> = { '##': '\uE000\uE000', '@@': '\uE001\uE001' }
const STAND_IN = /(?<hash>\uE000\uE000)|\uE001\uE001/g

/**
 * A text in which keywords are what YAML takes for text, quoted or not: `sid: ##SID##` would be a comment, and
 * `sid: @@SID@@` an error. Where YAML has comments, `##KEY##` alone on a line stays one.
 */
export function hideMarkers(text: string, { hasComments }: { hasComments: boolean }): string {
  return text.replace(MARKER, (whole, sign: string, key: string, at: number) => {
    const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
    if (hasComments && sign === '##' && before.trim() === '') return whole
    return `${STAND_INS[sign]}${key}${STAND_INS[sign]}`
  })
}

/** What was parsed of such a text, with the keywords as they were written. */
export function showMarkers(tree: unknown): unknown {
  return mapTexts(tree, text =>
    text.replace(STAND_IN, (_, hash: string | undefined) => (hash === undefined ? '@@' : '##')),
  )
}

/** JSON in which keywords outside of texts are texts, as wide as they are. */
export function bareMarkersAsTexts(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|([\uE000\uE001]{2})[A-Za-z0-9_.-]+\1/g, found =>
    found.startsWith('"') ? found : `"${'x'.repeat(found.length - 2)}"`,
  )
}
