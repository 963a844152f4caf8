import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ErrorCode, Problem } from '../errors.ts'
import { isRecord } from '../record.ts'
import type { Loaded } from './load.ts'
import { holdsOwnCredentials, isOwnKeyFile, isOwnVariable } from './own-credentials.ts'
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
  readonly locate: (path: TreePath) => Place
}

/** Where a path stands: the file that gives it, and the place in it where there is one. */
export type Place = { readonly file: string } & Partial<Position>

/** `$${` is a literal `${`; then `${…}`, whatever is inside. */
const REFERENCE = /\$\$\{|\$\{([^}]*)\}?/g
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A problem, and the code of the error that it leads to. */
export interface Fault {
  readonly code: ErrorCode
  readonly problem: Problem
}

/** Where references take their values from. */
export interface Outside {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Go on without what is unset or missing, leaving it out of the tree. */
  readonly unsetOk?: boolean
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
  const locate = (path: TreePath): Place => placeOf(loaded.sources, path)

  const tree = mapTexts(loaded.tree, (text, path) => {
    const source = providing(loaded.sources, path)
    const failed: Failure[] = []
    const value = text.replace(REFERENCE, (whole, inside: string | undefined) => {
      if (whole === '$${') return '${'
      const part = resolveOne(whole, inside ?? '', path, source, outside)
      if (typeof part === 'string') return part
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
  return { label: loaded.label, tree, written: loaded.tree, unresolved, faults, locate }
}

interface Failure {
  readonly code: ErrorCode
  readonly message: string
}

function resolveOne(
  whole: string,
  inside: string,
  path: TreePath,
  source: Source | undefined,
  outside: Outside,
): string | Failure {
  if (!whole.endsWith('}')) {
    return { code: 'config_invalid', message: 'A reference is not closed. Write $${ for a literal ${.' }
  }
  if (/^file:./.test(inside)) return fileReference(inside.slice('file:'.length), path, source, outside)
  if (!NAME.test(inside)) {
    // What stands there may be a secret with a brace in it.
    const message = 'A reference is ${NAME} or ${file:PATH}, and this is neither. Write $${ for a literal ${.'
    return { code: 'config_invalid', message }
  }
  const value = outside.env[inside]
  const own = isOwnVariable(inside) || (value && holdsOwnCredentials(value, outside))
  if (own && !isCredential(path)) return notHere(inside)
  if (value) return value
  const message = `The environment variable ${inside} is ${value === '' ? 'empty' : 'not set'}.`
  return { code: 'reference_unset', message }
}

function fileReference(
  name: string,
  path: TreePath,
  source: Source | undefined,
  outside: Outside,
): string | Failure {
  const file = resolve(dirname(source?.file ?? outside.cwd), name)
  try {
    const { size, isFile } = about(file)
    if (!isFile || size > LARGEST)
      return { code: 'reference_missing', message: `${name} is no file of a size that a setting can have.` }
    const bytes = readFileSync(file)
    const own = isOwnKeyFile(file, outside) || holdsOwnCredentials(bytes.toString('latin1'), outside)
    if (own && !isCredential(path)) return notHere(name)
    return textOf(bytes) || { code: 'reference_missing', message: `The file ${name} is empty.` }
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const message = missing ? `There is no file ${name}.` : `The file ${name} cannot be read.`
    return { code: 'reference_missing', message }
  }
}

/** Many times what the longest setting takes; a device has no end at all. Bytes. */
const LARGEST = 1_000_000

function about(file: string): { size: number; isFile: boolean } {
  const stats = statSync(file)
  return { size: stats.size, isFile: stats.isFile() }
}

function isCredential(path: TreePath): boolean {
  return path.includes('credentials')
}

function notHere(name: string): Failure {
  const message = `${name} holds this tool's own credentials, which no setting may send. Refer to another variable or file.`
  return { code: 'config_invalid', message }
}

/** A file's text without one line end at its end; the base64 of what is not text. */
function textOf(bytes: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    if (!text.includes('\0')) return text.replace(/\r?\n$/, '')
  } catch {
    // Not UTF-8, so binary.
  }
  return bytes.toString('base64')
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
