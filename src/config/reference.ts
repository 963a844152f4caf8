import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ErrorCode } from '../errors.ts'
import {
  type Finder,
  holdsOwnCredentials,
  holdsPrivateKey,
  isOwnKeyFile,
  isOwnVariable,
  realPath,
} from './own-credentials.ts'

/** `$${` is a literal `${`; then `${…}`, whatever is inside. */
export const REFERENCE = /\$\$\{|\$\{([^}]*)\}?/g
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** What only credentials may refer to. */
export interface Closed {
  /** Names of variables. */
  readonly variables: ReadonlySet<string>
  /** Absolute paths of files, links followed. */
  readonly files: ReadonlySet<string>
  /** Whether a text has a secret in it that these variables and files hold. */
  readonly holds: Finder
}

/** Where references take their values from. */
export interface Outside {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Go on without what is unset or missing, leaving it out of the tree. */
  readonly unsetOk?: boolean
  /** What the credentials of the file's environments refer to: closed to settings as this tool's own are. */
  readonly closed?: Closed
  /** Whether credentials are resolved: they, and nothing else, may refer to credentials. */
  readonly forCredentials?: boolean
}

/** A value, and whether this tool's own credentials are in it. */
interface Found {
  readonly text: string
  readonly isOwn: boolean
}

/** Why a reference has no value. */
export interface Failure {
  readonly code: ErrorCode
  readonly message: string
}

/** Where a reference stands. */
export interface Mention {
  /** The file that mentions it. */
  readonly file: string | undefined
  /** Whether a private key may stand there. */
  readonly takesKey: boolean
}

/** What one reference stands for. `whole` is as it is written, `inside` what stands between the braces. */
export function resolveOne(
  whole: string,
  inside: string,
  { file, takesKey }: Mention,
  outside: Outside,
): Found | Failure {
  const found = lookUp(whole, inside, file, outside)
  if (takesKey || !('text' in found) || !holdsPrivateKey(found.text)) return found
  const remedy = outside.forCredentials ? 'It belongs under signing_key.' : 'Refer to something else.'
  return {
    code: 'config_invalid',
    message: `${inside} holds a private key, which is not sent anywhere. ${remedy}`,
  }
}

function lookUp(whole: string, inside: string, file: string | undefined, outside: Outside): Found | Failure {
  if (!whole.endsWith('}')) {
    return { code: 'config_invalid', message: 'A reference is not closed. Write $${ for a literal ${.' }
  }
  if (/^file:./.test(inside)) return fileReference(inside.slice('file:'.length), file, outside)
  if (!NAME.test(inside)) {
    // What stands there may be a secret with a brace in it.
    const message = 'A reference is ${NAME} or ${file:PATH}, and this is neither. Write $${ for a literal ${.'
    return { code: 'config_invalid', message }
  }
  const value = outside.env[inside]
  const isOwn = isOwnVariable(inside) || Boolean(value && holdsOwnCredentials(value, outside))
  if (!outside.forCredentials && (isOwn || isClosed(inside, value, outside))) return notHere(inside)
  if (value) return { text: value, isOwn }
  const message = `The environment variable ${inside} is ${value === '' ? 'empty' : 'not set'}.`
  return { code: 'reference_unset', message }
}

/** Whether a variable is one that an environment's credentials refer to, or has what they hold in it. */
function isClosed(name: string, value: string | undefined, { closed }: Outside): boolean {
  return closed !== undefined && (closed.variables.has(name) || closed.holds(value ?? ''))
}

/** The same for a file. */
function isClosedFile(file: string, content: string, { closed }: Outside): boolean {
  return closed !== undefined && (closed.files.has(realPath(file)) || closed.holds(content))
}

function fileReference(name: string, mentionedIn: string | undefined, outside: Outside): Found | Failure {
  const file = resolve(dirname(mentionedIn ?? outside.cwd), name)
  try {
    const { size, isFile } = about(file)
    if (!isFile || size > LARGEST)
      return { code: 'reference_missing', message: `${name} is no file of a size that a setting can have.` }
    const bytes = readFileSync(file)
    const content = bytes.toString('latin1')
    const isOwn = isOwnKeyFile(file, outside) || holdsOwnCredentials(content, outside)
    if (!outside.forCredentials && (isOwn || isClosedFile(file, content, outside))) return notHere(name)
    const text = textOf(bytes)
    return text ? { text, isOwn } : { code: 'reference_missing', message: `The file ${name} is empty.` }
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const message = missing ? `There is no file ${name}.` : `The file ${name} cannot be read.`
    return { code: 'reference_missing', message }
  }
}

/** Many times what the longest setting takes; a device has no end at all. Bytes. */
export const LARGEST = 1_000_000

function about(file: string): { size: number; isFile: boolean } {
  const stats = statSync(file)
  return { size: stats.size, isFile: stats.isFile() }
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
