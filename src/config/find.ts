import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors.ts'

/** The names that a configuration file goes by, in the working directory only. */
export const FILE_NAMES = [
  'mfa-config.yaml',
  'mfa-config.yml',
  'mfa-config.json',
  'mfa-config.config.js',
  'mfa-config.config.mjs',
  'mfa-config.config.ts',
  '.mfa-configrc',
] as const

/**
 * The one configuration file of a folder, as an absolute path; `undefined` if there is none.
 * Throws `config_invalid` if there are two: which one was meant is not guessed.
 */
export async function findFile(folder: string): Promise<string | undefined> {
  const present = new Set(await readdir(folder))
  const found: string[] = FILE_NAMES.filter(name => present.has(name))
  if (present.has('package.json') && (await hasOwnKey(join(folder, 'package.json'))))
    found.push('package.json')
  if (found.length > 1) {
    throw new UserError(
      'config_invalid',
      `There are two configuration files here: ${found.join(' and ')}. Keep one, or name one with --config.`,
    )
  }
  return found[0] === undefined ? undefined : join(folder, found[0])
}

async function hasOwnKey(packageFile: string): Promise<boolean> {
  const text = await readFile(packageFile, 'utf8')
  if (!text.includes('"mfa-config"')) return false
  try {
    return Object.hasOwn(JSON.parse(text), 'mfa-config')
  } catch {
    return false
  }
}
