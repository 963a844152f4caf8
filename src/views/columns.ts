import { printable } from './printable.ts'

/** What takes one column a UTF-16 unit, so that nothing has to be taken apart: nearly every text. */
const NARROW = /^[\u0020-\u007e\u00a1-\u02ff\u2010-\u2027\u2190-\u21ff\u2260]*$/

/** A character that takes two columns; the half-width forms of Katakana and Hangul do not. */
const WIDE =
  /^(?![\uff61-\uffdc])(?:\p{Emoji_Presentation}|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3001-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}\ufe0f|[\d#*]\ufe0f?\u20e3)/u

/**
 * A flag, an emoji with the colour of its skin, or any other character; with its accents, or with what completes a Korean
 * syllable. Intl's segmenter knows more of them, such as those that a joiner makes one, which is shown escaped; it is
 * much slower, at its first use most of all.
 */
const CHARACTER =
  /(?:\p{Regional_Indicator}{2}|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|.)[\p{M}\u1160-\u11ff]*/gsu

/**
 * How many columns of a terminal a text takes: two for what is wide, such as Chinese or an emoji, none for accents that
 * stand alone. Of colours it knows nothing: what is painted is measured before.
 */
export function columns(text: string): number {
  if (NARROW.test(text)) return text.length
  let taken = 0
  for (const { width } of characters(text)) taken += width
  return taken
}

/** A text from outside for a place in a table: one line, nothing at its ends that is not seen, and never empty. */
export function oneLine(text: string): string {
  return printable(text).trim() || '""'
}

/** The text with spaces after it up to a width. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)))
}

/** As much of a text as a width has room for: with `…` at its end where that is not all. */
export function cut(text: string, width: number): string {
  if (NARROW.test(text.slice(0, width + 1)))
    return text.length <= width ? text : `${text.slice(0, width - 1)}…`
  let taken = 0
  let kept = 0
  for (const character of characters(text)) {
    taken += character.width
    if (taken > width) return `${text.slice(0, kept)}…`
    if (taken < width) kept = character.end
  }
  return text
}

/** Pieces of text put together into lines of a width. A piece is parted only where it is longer than a line. */
export function fill(pieces: readonly string[], width: number): string[] {
  const lines = ['']
  let taken = 0
  for (const piece of pieces.flatMap(each => chop(each, width))) {
    if (taken > 0 && taken + columns(piece.trimEnd()) > width) {
      lines.push('')
      taken = 0
    }
    lines.push(`${lines.pop()}${piece}`)
    taken += columns(piece)
  }
  return lines.map(line => line.trimEnd())
}

function chop(piece: string, width: number): string[] {
  if (columns(piece.trimEnd()) <= width) return [piece]
  const parts: string[] = []
  let start = 0
  let taken = 0
  for (const character of characters(piece)) {
    taken += character.width
    if (taken > width) {
      parts.push(piece.slice(start, character.start))
      start = character.start
      taken = character.width
    }
  }
  return [...parts, piece.slice(start)]
}

/** What people see as characters, each with its place in the text and the columns that it takes. */
function* characters(text: string): Generator<{ start: number; end: number; width: number }> {
  for (const { 0: character, index } of text.matchAll(CHARACTER)) {
    const width = /^\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1
    yield { start: index, end: index + character.length, width }
  }
}
