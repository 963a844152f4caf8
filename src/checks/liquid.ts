/** What can be seen of a Liquid template without running it. */
export interface LiquidOutline {
  /** What is not balanced, to complete "it has …". */
  readonly unbalanced: string | undefined
  /** The insides of its outputs, and of the tags that hand a value on, without quoted texts. */
  readonly expressions: readonly string[]
  /** Its tags, without those that end one, and what each is given, without quoted texts. */
  readonly tags: readonly { readonly name: string; readonly given: string }[]
}

const MARK = /\{\{|\{%|\}\}|%\}/g
const CLOSING: Readonly<Record<string, string>> = { '{{': '}}', '{%': '%}' }
/** Tags that have an end: `{% if … %} … {% endif %}`. */
const BLOCKS = new Set(['if', 'unless', 'case', 'for', 'tablerow', 'capture'])
/** Blocks whose inside is not Liquid. */
const VERBATIM = new Set(['raw', 'comment'])
/** Tags by which a value reaches the text. */
const HANDING_ON = new Set(['assign', 'echo', 'for', 'tablerow', 'cycle'])

/** Reads a template from left to right; stops at the first thing that is not balanced. */
export function outline(template: string): LiquidOutline {
  const expressions: string[] = []
  const tags: { name: string; given: string }[] = []
  const open: string[] = []
  const stop = (unbalanced: string): LiquidOutline => ({ unbalanced, expressions, tags })
  let at = 0
  for (;;) {
    MARK.lastIndex = at
    const mark = MARK.exec(template)
    if (!mark) break
    const [opening] = mark
    const closing = CLOSING[opening]
    if (closing === undefined) return stop(`${opening} without its opening pair`)
    const start = mark.index + 2
    const end = template.indexOf(closing, start)
    const inside = template.slice(start, end)
    if (end < 0 || /\{\{|\{%/.test(inside)) return stop(`${opening} without ${closing}`)
    at = end + 2

    const [, word = '', rest = ''] = /^-?\s*(\w*)([\s\S]*?)-?$/.exec(inside) ?? []
    if (opening === '{{') expressions.push(withoutTexts(inside.replace(/^-|-$/g, '')))
    else if (VERBATIM.has(word)) {
      const ending = new RegExp(`\\{%-?\\s*end${word}\\s*-?%\\}`, 'g')
      ending.lastIndex = at
      if (!ending.exec(template)) return stop(`{% ${word} %} without its end`)
      at = ending.lastIndex
    } else if (BLOCKS.has(word)) open.push(word)
    else if (word.startsWith('end') && open.pop() !== word.slice('end'.length))
      return stop(`{% ${word} %} in the wrong place`)
    if (opening === '{%' && !word.startsWith('end')) tags.push({ name: word, given: withoutTexts(rest) })
    if (opening === '{%' && HANDING_ON.has(word)) expressions.push(withoutTexts(rest))
  }
  const unended = open.at(-1)
  return unended === undefined
    ? { unbalanced: undefined, expressions, tags }
    : stop(`{% ${unended} %} without its end`)
}

/** Whether a template puts a variable into its text, as far as can be told without running it. */
export function puts({ expressions }: LiquidOutline, variable: string): boolean {
  const used = new RegExp(`(?<![\\w.-])${variable}(?![\\w-])`)
  return expressions.some(expression => used.test(expression))
}

function withoutTexts(expression: string): string {
  return expression.replace(/"[^"]*"|'[^']*'/g, '""')
}
