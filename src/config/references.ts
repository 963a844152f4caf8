import type { ErrorCode, Problem } from '../errors.ts'
import { isRecord } from '../record.ts'
import { entryAt } from '../settings/catalogue.ts'
import type { Loaded } from './load.ts'
import { type Failure, type Outside, REFERENCE, resolveOne } from './reference.ts'
import type { Position, Source, TreePath } from './source.ts'
import { mapTexts, valueIn } from './tree.ts'

/** A configuration with its references resolved. */
export interface Resolved {
  readonly label: string
  readonly tree: unknown
  /** The same tree as it is written, so that messages show what stands there and not what a reference holds. */
  readonly written: unknown
  /** Paths, with dots, whose references have no value. The tree lacks them. */
  readonly unresolved: ReadonlySet<string>
  /** What is wrong with references, in the order of the file. */
  readonly faults: readonly Fault[]
  /** Whether something in it comes from this tool's own credentials. */
  readonly hasOwnCredentials: boolean
  readonly locate: (path: TreePath) => Place
}

/** Where a path stands: the file that gives it, and the place in it where there is one. */
export type Place = { readonly file: string } & Partial<Position>

/** A problem, and the code of the error that it leads to. */
export interface Fault {
  readonly code: ErrorCode
  readonly problem: Problem
}

/** Whether a written text takes its value from elsewhere. */
export function isReference(text: string): boolean {
  return [...text.matchAll(REFERENCE)].some(([found]) => found !== '$${')
}

/** Whether a written text is made of references alone, with nothing of its own beside them. */
export function isOnlyReferences(text: string): boolean {
  return isReference(text) && text.replace(REFERENCE, found => (found === '$${' ? found : '')) === ''
}

/** A text that stands for itself: `${` is escaped. */
export function escapeReference(text: string): string {
  // As a function, since `$$` in a replacement means `$`.
  return text.replaceAll('${', () => '$${')
}

/**
 * Resolves `${NAME}` and `${file:PATH}` everywhere in a configuration. What cannot be resolved is left out of the tree
 * and told as a fault: `reference_unset`, `reference_missing`, or `config_invalid` where it is malformed or not allowed.
 */
export function resolveReferences(loaded: Loaded, outside: Outside): Resolved {
  const faults: Fault[] = []
  const unresolved = new Set<string>()
  let hasOwnCredentials = false
  const locate = (path: TreePath): Place => placeOf(loaded.sources, path)

  const tree = mapTexts(loaded.tree, (text, path) => {
    const source = providing(loaded.sources, path)
    const failed: Failure[] = []
    const takesKey = outside.forCredentials
      ? path.at(-1) === 'signing_key'
      : entryAt(path.join('.'))?.field.secret === true
    const value = text.replace(REFERENCE, (whole, inside: string | undefined) => {
      if (whole === '$${') return '${'
      const part = resolveOne(whole, inside ?? '', { file: source?.file, takesKey }, outside)
      if ('text' in part) {
        hasOwnCredentials ||= part.isOwn
        return part.text
      }
      failed.push(part)
      return ''
    })
    if (failed.length === 0) return value
    unresolved.add(path.join('.'))
    // A list with an item that is not known is not known.
    if (typeof path.at(-1) === 'number') unresolved.add(path.slice(0, -1).join('.'))
    for (const { code, message } of failed) {
      if (outside.unsetOk && code !== 'config_invalid') continue
      faults.push({ code, problem: { path: path.join('.'), ...locate(path), message } })
    }
    return undefined
  })
  return { label: loaded.label, tree, written: loaded.tree, unresolved, faults, hasOwnCredentials, locate }
}

/** The file that gives a path its value: the first, in order of precedence, that has it, or what is around it. */
function providing(sources: readonly Source[], path: TreePath): Source | undefined {
  if (path.length === 0) return sources[0]
  return sources.find(({ content }) => decides(content, path)) ?? providing(sources, path.slice(0, -1))
}

/** Whether a tree has a path, or something above it that lets nothing below it through: `otp: true` decides `otp.enabled`. */
function decides(tree: unknown, path: TreePath): boolean {
  for (let depth = 1; depth < path.length; depth++) {
    const above = valueIn(tree, path.slice(0, depth))
    if (!isRecord(above)) return above !== undefined
  }
  return valueIn(tree, path) !== undefined
}

function placeOf(sources: readonly Source[], path: TreePath): Place {
  const source = providing(sources, path)
  return { file: source?.label ?? '', ...source?.position(path) }
}
