/** The cells of a table's row as GitHub divides it, as Markdown: a backslash keeps the bar after it. */
export function cellsOf(row: string): string[] {
  return row
    .replace(/^\| (.*) \|$/, '$1')
    .split(/(?<!\\)\|/)
    .map(cell => cell.trim().replaceAll('\\|', '|'))
}

/** The same as programs divide it for which a backslash keeps a backslash, too. */
export function cellsOfOthers(row: string): number {
  return row.replaceAll(/\\[\\|]/g, '').split('|').length - 2
}

const SPAN = /(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g

/** What is read of inline Markdown that has code and comments alone. */
export function readable(markdown: string): string {
  return markdown
    .replaceAll('`<!-- -->`', '`\u0000`')
    .replaceAll(SPAN, (_, _fence: string, code: string) =>
      /^ .*[^ ].* $/.test(code) ? code.slice(1, -1) : code,
    )
    .replaceAll('\u0000', '')
}

/** What of Markdown is no code, neither Markdown's nor HTML's, with a space where code was. */
export function withoutCode(markdown: string): string {
  return markdown
    .replaceAll('`<!-- -->`', '` `')
    .replaceAll(/<code>.*?<\/code>/g, ' ')
    .replaceAll(SPAN, ' ')
}
