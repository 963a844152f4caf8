import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SOURCES = [
  'bin',
  'configs',
  'schemas',
  'src',
  'package.json',
  'package-lock.json',
  'rolldown.config.js',
  'LICENSE',
]

/**
 * The path of the program, built of the sources as they are now. It is not the checkout's own `dist/`, which may be old,
 * or be built just now: what is built is kept beside the machine's temporary files, under a name that comes of all that
 * it is made of. So it is built once for the same sources, and never old.
 */
export async function builtProgram(): Promise<string> {
  const folder = join(tmpdir(), `mfa-config-built-${fingerprint()}`)
  const program = join(folder, 'bin/mfa-config.js')
  if (existsSync(program)) return program
  const draft = mkdtempSync(join(tmpdir(), 'mfa-config-build-'))
  for (const name of SOURCES) cpSync(join(ROOT, name), join(draft, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(draft, 'node_modules'), 'junction')
  const rolldown = join(ROOT, 'node_modules/rolldown/bin/cli.mjs')
  await promisify(execFile)(process.execPath, [rolldown, '-c'], { cwd: draft })
  try {
    renameSync(draft, folder)
  } catch (error) {
    // Another worker was quicker.
    if (!existsSync(program)) throw error
  }
  return program
}

function fingerprint(): string {
  const hash = createHash('sha256').update(ROOT)
  for (const file of SOURCES.flatMap(filesOf)) hash.update(file).update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}

function filesOf(source: string): string[] {
  const path = join(ROOT, source)
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}
