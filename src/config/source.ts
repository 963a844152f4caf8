import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
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
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const problems = document.errors.map(error => ({
    file: label,
    ...place(error.pos[0]),
    message: error.message.replace(/\.?$/, '.'),
  }))
  if (problems.length > 0) return problems
  return {
    file,
    label,
    content: document.toJS(),
    position: path => {
      const offset = offsetOf(document.contents, [...under, ...path])
      return offset === undefined ? undefined : place(offset)
    },
  }
}

/** Where the key of a path begins, or of the deepest part of it that is there. */
function offsetOf(root: Node | null, path: TreePath): number | undefined {
  let node: unknown = root
  let offset = root?.range?.[0]
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(item => (isScalar(item.key) ? item.key.value : item.key) === step)
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
