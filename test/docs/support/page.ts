import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** The pages for users, by their paths in the repository. */
export const PAGES: readonly string[] = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter(name => name.endsWith('.md'))
    .sort()
    .map(name => `docs/${name}`),
]

/** A block of code on a page. */
export interface Block {
  readonly page: string
  /** The line of its first fence, from 1. */
  readonly line: number
  /** The word after the fence: `sh`, `yaml`, `console`. */
  readonly language: string
  readonly text: string
  /** The line before it that is not empty. */
  readonly before: string
  /** The file that the reader is told to save it as. */
  readonly saveAs: string | undefined
}

/** The text of a file of the repository. */
export function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

/** The blocks of code of a page, in its order; one in a list is without its indentation. */
export function blocksOf(page: string): Block[] {
  const lines = textOf(page).split('\n')
  const blocks: Block[] = []
  let before = ''
  for (let at = 0; at < lines.length; at++) {
    const [, indent = '', language] = /^( *)```(\w*)$/.exec(lines[at] ?? '') ?? []
    if (language === undefined) {
      if (lines[at]?.trim()) before = lines[at] ?? ''
      continue
    }
    const end = lines.indexOf(`${indent}\`\`\``, at + 1)
    if (end < 0) throw new Error(`${page}:${at + 1}: a block without an end`)
    const text = lines.slice(at + 1, end).map(line => `${line.slice(indent.length)}\n`)
    const saveAs = /Save this as `?([^\s`]+)`?.*:$/.exec(before)?.[1]
    blocks.push({ page, line: at + 1, language, text: text.join(''), before, saveAs })
    at = end
    before = ''
  }
  return blocks
}

/** Every block of every page. */
export const BLOCKS: readonly Block[] = PAGES.flatMap(blocksOf)

/** Where a block stands, as editors understand it. */
export function placeOf({ page, line }: Block): string {
  return `${page}:${line}`
}
