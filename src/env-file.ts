import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { UserError } from './errors.ts'
import type { Host } from './host.ts'

/** The same host, with the variables of a file where the environment has none. Throws `usage` if it cannot be read. */
export function withEnvFile(host: Host, file: string): Host {
  let text: string
  try {
    text = readFileSync(resolve(host.cwd, file), 'utf8')
  } catch {
    throw new UserError('usage', `--env-file names ${file}, which cannot be read.`)
  }
  return { ...host, env: { ...parseEnv(text.replace(/^\uFEFF/, '')), ...host.env } }
}
