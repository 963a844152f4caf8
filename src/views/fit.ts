import { columns } from './columns.ts'

/** What chalk writes for a colour: the only control characters in a view but line ends. */
const COLOUR = /\p{Cc}\[[\d;]*m/gu

/** The colours and spaces that a line begins with; and these with the sign after them. */
const SPACES = /^(?:\p{Cc}\[[\d;]*m)* */u
const SIGN = /^(?:\p{Cc}\[[\d;]*m| )*[^\p{Cc}\s](?:\p{Cc}\[[\d;]*m)* (?! )/u

/** A column with less room than this is hard to read. */
const NARROW = 24

/** How a long line is laid out: what begins it, and what is wrapped and goes on so far to the right. */
interface Layout {
  readonly head: string
  readonly text: string
  readonly indent: number
}

/**
 * A view for people, in a terminal so many columns wide. Longer lines go on below the beginning of their last column;
 * where that leaves too little room, the last column itself goes below, a little to the right. A word is broken only where
 * it fits nowhere.
 */
export async function fitInto(view: string, width: number): Promise<string> {
  const lines = view.split('\n')
  if (width < 1 || lines.every(line => columns(line) <= width)) return view
  const { default: wrap } = await import('wrap-ansi')
  return lines
    .flatMap(line => {
      if (columns(line) <= width) return [line]
      const { head, text, indent } = layOut(line, width)
      // Rows after the first are to have the colours that the head begins.
      const colours = (head.match(COLOUR) ?? []).join('')
      const [first = '', ...rest] = wrap(`${colours}${text}`, width - indent, { hard: true }).split('\n')
      return [`${head}${first.slice(colours.length)}`, ...rest.map(row => `${' '.repeat(indent)}${row}`)]
    })
    .join('\n')
}

/** The first layout that is not too narrow and breaks no word; else the first that is not too narrow. */
function layOut(line: string, width: number): Layout {
  const indented = [inColumn(line), ...[6, 4, 2].map(indent => below(line, indent, width))]
  const roomy = indented.filter(({ indent }) => width - indent >= NARROW)
  const atLeft = below(line, 0, width)
  const breaksNothing = ({ text, indent }: Layout): boolean =>
    text.split(' ').every(word => columns(word) <= width - indent)
  return [...roomy, atLeft].find(breaksNothing) ?? roomy[0] ?? atLeft
}

/** Rows begin where the last column does. */
function inColumn(line: string): Layout {
  const head = line.slice(0, lastColumn(line))
  return { head, text: line.slice(head.length), indent: columns(head) }
}

/** The last column begins a row of its own, since there is no room beside the gap before it. */
function below(line: string, indent: number, width: number): Layout {
  const start = lastColumn(line)
  const { begun, head } = beginning(line, indent)
  const before = line.slice(begun, start).trimEnd()
  const text = line.slice(Math.max(start, begun))
  // With so many spaces between both, what follows does not fit into the row.
  return { head, text: before ? `${before}${' '.repeat(width)}${text}` : text, indent }
}

/** What a line begins with, no wider than so many columns, and where it goes on. */
function beginning(line: string, most: number): { begun: number; head: string } {
  const sign = SIGN.exec(line)?.[0] ?? ''
  if (sign !== '' && columns(sign) <= most) return { begun: sign.length, head: sign }
  const spaces = SPACES.exec(line)?.[0] ?? ''
  return { begun: spaces.length, head: spaces.trimEnd() + ' '.repeat(Math.min(columns(spaces), most)) }
}

/** Where the last column begins: after the last two spaces in a row. */
function lastColumn(line: string): number {
  const gap = line.lastIndexOf('  ')
  return gap < 0 ? 0 : gap + 2
}
