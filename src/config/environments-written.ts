import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { environmentNames } from './environments.ts'
import { findFile } from './find.ts'
import { parseYaml } from './source.ts'
import { valueIn } from './tree.ts'

/**
 * The names of the environments that stand in a file itself. Nothing that it imports is read and no code is run: a key
 * that is pressed at a prompt is no consent to that. A program is no YAML with environments in it.
 */
export async function environmentsWritten(cwd: string, named: string | undefined): Promise<string[]> {
  const file = named === undefined ? await findFile(cwd) : resolve(cwd, named)
  if (file === undefined) return []
  const parsed = parseYaml(await readFile(file, 'utf8'), file, file)
  if (Array.isArray(parsed)) return []
  const tree = basename(file) === 'package.json' ? valueIn(parsed.content, ['mfa-config']) : parsed.content
  return environmentNames({ label: file, tree, sources: [] })
}
