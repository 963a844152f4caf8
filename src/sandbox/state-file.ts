import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod/mini'
import type { JsonObject } from './json.ts'
import { readSealingKey, seal, sealingKey, unseal } from './seal.ts'
import type { Kept, State } from './state.ts'

const format = 'mfa-config/sandbox/1'
const Document = z.object({
  format: z.literal(format),
  settings: z.record(z.string(), z.record(z.string(), z.json())),
})

/** A state file that cannot be used. The message names the file and says what to do. */
export class StateFileError extends Error {
  constructor(path: string, why: string) {
    super(`The sandbox cannot use its state file ${path}: ${why}. Start it with --reset to begin afresh.`)
    this.name = 'StateFileError'
  }
}

/**
 * A state in a file, read again before every request, so that processes that share the file see each other's writes.
 * Between `read` and `write` nothing may wait: within a process no write is lost then. Of two processes that write at
 * once one can lose what the other wrote in between; the file is always a whole one.
 * @param secrets the names of the fields whose text is sealed in the file
 */
export function fileState(path: string, secrets: ReadonlySet<string>): State {
  let last: { text: string | undefined; kept: Kept } = { text: undefined, kept: new Map() }
  return {
    read() {
      const text = readText(path)
      if (text !== last.text)
        last = { text, kept: text === undefined ? new Map() : parse(path, text, secrets) }
      return new Map(last.kept)
    },
    write(kept) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      const settings = eachSecret(kept, secrets, (text, name) => seal(text, name, sealingKey(path)))
      replaceFile(path, `${JSON.stringify({ format, settings }, null, 2)}\n`)
    },
  }
}

/** Forgets the state kept at `path`, and the key of its secrets. A file that is not there is no error. */
export function emptyState(path: string): void {
  rmSync(path, { force: true })
  rmSync(`${path}.key`, { force: true })
}

/** The file's text; undefined where there is no file. Throws StateFileError. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new StateFileError(path, error instanceof Error ? error.message : 'it cannot be read')
  }
}

function parse(path: string, text: string, secrets: ReadonlySet<string>): Kept {
  const document = Document.safeParse(parseJson(path, text))
  if (!document.success) throw new StateFileError(path, `it is not of the format ${format}`)
  const sealed = new Map(Object.entries(document.data.settings))
  try {
    const settings = eachSecret(sealed, secrets, (text, name) => unseal(text, name, readSealingKey(path)))
    return new Map(Object.entries(settings))
  } catch {
    throw new StateFileError(path, `its secrets cannot be opened with the key in ${path}.key`)
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new StateFileError(path, 'it is not JSON')
  }
}

/** A copy in which `change` replaced the text of every field that is a secret. */
function eachSecret(
  kept: Kept,
  secrets: ReadonlySet<string>,
  change: (text: string, name: string) => string,
) {
  const changed: { [setting: string]: JsonObject } = {}
  for (const [setting, fields] of kept) {
    const entries = Object.entries(fields).map(([name, value]) => [
      name,
      secrets.has(name) && typeof value === 'string' ? change(value, `${setting}#${name}`) : value,
    ])
    changed[setting] = Object.fromEntries(entries)
  }
  return changed
}

/** Puts a whole new file in place of the old: whoever reads meanwhile sees the one or the other. */
function replaceFile(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}.tmp`
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}
