const closers: Record<string, string> = { '{{': '}}', '{%': '%}' }
const blocks = new Set(['if', 'unless', 'case', 'for', 'tablerow', 'capture', 'comment', 'raw'])

/** What is unbalanced in a Liquid template: an output or a tag not closed, a block not ended. Else undefined. */
export function liquidProblem(template: string): string | undefined {
  const open: string[] = []
  let rest = template
  for (;;) {
    const start = rest.search(/\{\{|\{%/)
    if (start < 0) return open.length === 0 ? undefined : `'${open.at(-1)}' tag was never closed`
    const opener = rest.slice(start, start + 2)
    const closer = closers[opener] ?? ''
    const end = rest.indexOf(closer, start + 2)
    const inside = rest.slice(start + 2, end)
    if (end < 0 || /\{\{|\{%/.test(inside)) return `'${opener}' was not properly terminated with '${closer}'`
    rest = rest.slice(end + 2)
    if (opener === '{{') continue
    const word = /^-?\s*(\w+)/.exec(inside)?.[1] ?? ''
    if (word === 'raw' || word === 'comment') {
      const ending = new RegExp(`\\{%-?\\s*end${word}\\s*-?%\\}`).exec(rest)
      if (ending === null) return `'${word}' tag was never closed`
      rest = rest.slice(ending.index + ending[0].length)
    } else if (blocks.has(word)) open.push(word)
    else if (word.startsWith('end') && open.pop() !== word.slice(3)) return `Unknown tag '${word}'`
  }
}
