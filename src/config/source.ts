import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import type { Problem } from '../errors.ts'

/** A place in a file, counted from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

export type TreePath = readonly (string | number)[]

/** One file of a configuration, as it stands there: references not resolved, imports not merged. */
export interface Source {
  /** Absolute path; references to files are relative to its folder. */
  readonly file: string
  /** How messages name it. */
  readonly label: string
  readonly content: unknown
  /** Where a path stands, or the nearest thing around it. Nothing for files of code. */
  readonly position: (path: TreePath) => Position | undefined
}

/**
 * Parses YAML, of which JSON is a part, keeping positions.
 * What does not parse comes back as problems, with their places.
 */
export function parseYaml(
  text: string,
  file: string,
  label: string,
  under: TreePath = [],
): Source | Problem[] {
  const lines = new LineCounter()
  // A byte order mark is no column.
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false })
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const faults = faultsIn(document)
  if (faults.length > 0) return faults.map(({ at, message }) => ({ file: label, ...place(at), message }))
  let content: unknown
  try {
    content = document.toJS()
  } catch {
    return [{ file: label, message: 'Its aliases (*) stand for more than can be held.' }]
  }
  return {
    file,
    label,
    content,
    position: path => {
      const offset = offsetOf(document.contents, [...under, ...path])
      return offset === undefined ? undefined : place(offset)
    },
  }
}

interface YamlFault {
  readonly at: number
  readonly message: string
}

/** What is wrong with a document, once a place: what follows from a fault is told at the same place. */
function faultsIn(document: Document.Parsed): YamlFault[] {
  const faults = [...document.errors, ...document.warnings].map(error => ({
    at: error.pos[0],
    message: sentenceOf(error),
  }))
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return
      const message = 'This alias (*) has no anchor (&) before it; quote the text if it is none.'
      faults.push({ at: alias.range?.[0] ?? 0, message })
    },
  })
  return faults.filter(({ at }, i) => faults.findIndex(fault => fault.at === at) === i)
}

/** Where the parser's words are about its own interface, or repeat what may be a secret. */
const SENTENCES: Partial<Record<YAMLError['code'], string>> = {
  BAD_DIRECTIVE: 'This line begins with %, as a directive does, and is none that is known.',
  BAD_DQ_ESCAPE: 'In double quotes a \\ begins an escape sequence, and this is none. Use single quotes.',
  DUPLICATE_KEY: 'This key stands here a second time.',
  MULTIPLE_DOCS: 'A second document begins here; a configuration is one.',
  TAG_RESOLVE_FAILED: 'This tag (!) is not known; quote the text if it is none.',
}

function sentenceOf({ code, message }: YAMLError): string {
  const own = SENTENCES[code]
  if (own) return own
  // This one ends in the text that was not expected.
  const words = code === 'UNEXPECTED_TOKEN' ? message.replace(/: [\s\S]*$/, '') : message
  return words.replace(/\.?$/, '.')
}

/** Where the key of a path begins, or of the deepest part of it that is there. */
function offsetOf(root: Node | null, path: TreePath): number | undefined {
  let node: unknown = root
  let offset = root?.range?.[0]
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        item => String(isScalar(item.key) ? item.key.value : item.key) === String(step),
      )
      if (!pair) return offset
      offset = rangeStart(pair.key) ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      offset = rangeStart(node) ?? offset
    } else {
      return offset
    }
  }
  return offset
}

function rangeStart(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined
}
