import { printable } from './printable.ts'

/** A word of prose, what stands before it, and what stands after it. */
const WORD = /^([("'“‘]*)(.*?)([)"'”’.,;:!?…]*)$/u

/** What can mean nothing but itself: letters, or a number too short for a commit's. */
const HARMLESS = /^(?:\p{L}[\p{L}\p{M}'’-]*|\d{1,6})?$/u

/**
 * A text from outside in a sentence. Every word that GitHub could take for markup, a link, a mention, a reference, an
 * emoji or a formula stands in code: GitHub looks for mentions and references when entities and escapes are gone, and
 * then leaves out code alone.
 */
export function prose(text: string, most = 1000): string {
  const { shown, rest } = shorten(text, most)
  const words = shown.split(/ +/).map(word => {
    const [, before = '', core = word, after = ''] = WORD.exec(word) ?? []
    return `${before}${HARMLESS.test(core) ? core : span(core)}${after}`
  })
  return `${words.join(' ').trim()}${rest}`
}

/** A value, a path or a name from outside, in code: as it is, but for what is hidden in it. */
export function code(text: string, most = 1000): string {
  const { shown, rest } = shorten(text, most)
  return `${span(shown)}${rest}`
}

/** The same where a line begins with HTML, so that Markdown counts for nothing. */
export function htmlCode(text: string, most = 200): string {
  const { shown, rest } = shorten(text, most)
  const inert = shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<code>${inert}</code>${rest}`
}

/** A row of a table, of cells that are Markdown. A bar divides cells even in code, unless a backslash precedes it. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

/** The head of a table. */
export function tableHead(names: readonly string[]): string {
  return `${row(names)}\n${row(names.map(() => '---'))}`
}

/**
 * Programs that read Markdown disagree about a bar in a table that follows two backslashes, and so about one that
 * follows a backslash of the text: there the code is in two pieces.
 */
function span(text: string): string {
  return text
    .split(/(?<=\\)(?=\|)/)
    .map(fenced)
    .join('<!-- -->')
}

function fenced(text: string): string {
  if (text === '') return ''
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  // One space at either end belongs to the fence; a text of spaces alone keeps them.
  const isAmbiguous = /^`|`$|^ .*[^ ].* $/u.test(text)
  return isAmbiguous ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`
}

function shorten(text: string, most: number): { shown: string; rest: string } {
  const characters = [...printable(text)]
  const more = characters.length - most
  if (more <= 0) return { shown: characters.join(''), rest: '' }
  return {
    shown: characters.slice(0, most).join(''),
    rest: ` … (${more} more character${more === 1 ? '' : 's'})`,
  }
}
