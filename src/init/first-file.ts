import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import about from '../../package.json' with { type: 'json' }

const LINE = /^# yaml-language-server: \$schema=.*\n/

/** Where this package keeps the file's JSON Schema. */
const SCHEMA = 'schemas/config.json'

/**
 * The text of a first file, with the line that tells editors where its schema is: in the package where that is installed
 * for the project, else at a public copy of the package.
 *
 * Assumption: unpkg.com serves every file of a package that is published on npm.
 */
export function withSchemaLine(text: string, cwd: string, file: string): string {
  const installed = join(cwd, 'node_modules', about.name, SCHEMA)
  const folder = dirname(resolve(cwd, file))
  const where = existsSync(installed)
    ? `./${relative(folder, installed)}`.replace(/^\.\/\.\.\//, '../')
    : `https://unpkg.com/${about.name}@${about.version}/${SCHEMA}`
  return `# yaml-language-server: $schema=${where}\n${text.replace(LINE, '').replace(/^(?!\n)/, '\n')}`
}

/** A preset that is pinned to a tenant, before its first setting. */
export function pinnedTo(tenant: string | undefined, text: string): string {
  if (tenant === undefined) return text
  const lines = text.split('\n')
  const setting = lines.findIndex(line => line !== '' && !line.startsWith('#'))
  // The comment right above the first setting is about that.
  let before = setting < 0 ? lines.length : setting
  while (before > 0 && lines[before - 1]?.startsWith('#')) before--
  const pin = ['# Any other tenant is refused before the first request to it.', `tenant: ${tenant}`, '']
  return [...lines.slice(0, before), ...pin, ...lines.slice(before)].join('\n')
}
