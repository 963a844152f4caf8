import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { UserError } from './errors.ts'
import type { Host } from './host.ts'

/**
 * Variables that no file may set. Node reads `--env-file` too, before this program, and obeys them: what one of them has
 * run by then has run, but it does not stay unnoticed.
 */
const STEERING = ['NODE_OPTIONS', 'NODE_TLS_REJECT_UNAUTHORIZED']

/** The same host, with the variables of a file where the environment has none. Throws `usage` if it cannot be read,
 * or sets what steers Node. */
export function withEnvFile(host: Host, file: string): Host {
  let text: string
  try {
    text = readFileSync(resolve(host.cwd, file), 'utf8')
  } catch {
    throw new UserError('usage', `--env-file names ${file}, which cannot be read.`)
  }
  const variables = parseEnv(text.replace(/^\uFEFF/, ''))
  const steering = STEERING.find(name => name in variables)
  if (steering !== undefined) {
    const message = `${file} sets ${steering}, which tells Node itself what to do. Take it out: set it outside, if it is meant.`
    throw new UserError('usage', message)
  }
  return { ...host, env: { ...variables, ...host.env } }
}
