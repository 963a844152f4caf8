import stringWidth from 'string-width'
import { once } from '../once.ts'
import { printable } from './printable.ts'

/** What takes one column a UTF-16 unit, so that nothing has to be taken apart: nearly every text. */
const NARROW = /^[\u0020-\u007e\u00a1-\u02ff\u2010-\u2027\u2190-\u21ff\u2260]*$/

/**
 * How many columns of a terminal a text takes: two for what is wide, such as Chinese or an emoji, none for accents that
 * stand alone, none for colours.
 */
export function columns(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text)
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

/** Made when it is needed: that takes a while, and nearly no text does. */
const segmenter = once(() => new Intl.Segmenter())

/** What people see as characters, each with its place in the text and the columns that it takes. */
function* characters(text: string): Generator<{ start: number; end: number; width: number }> {
  for (const { segment, index } of segmenter().segment(text)) {
    yield { start: index, end: index + segment.length, width: stringWidth(segment) }
  }
}
