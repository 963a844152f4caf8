import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { environmentBlocks } from './environments.ts'
import type { Loaded } from './load.ts'
import { finderOf, realPath } from './own-credentials.ts'
import { type Closed, LARGEST, REFERENCE } from './reference.ts'
import { mapTexts, valueIn } from './tree.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * What the credentials of all environments of a file refer to: no setting may, by whatever name. An id of a client is no
 * secret, so that only its own name is closed.
 */
export function closedReferences(loaded: Loaded, env: Env): Closed {
  const variables = new Set<string>()
  const files = new Set<string>()
  const secrets = new Set<string | undefined>()
  for (const { file, content } of environmentBlocks(loaded)) {
    mapTexts(valueIn(content, ['credentials']), (text, path) => {
      for (const [, inside = ''] of text.matchAll(REFERENCE)) {
        const isFile = inside.startsWith('file:')
        const name = isFile ? realPath(resolve(dirname(file), inside.slice('file:'.length))) : inside
        const known = isFile ? files : variables
        known.add(name)
        if (path.at(-1) !== 'client_id') secrets.add(isFile ? textOf(name) : env[name])
      }
      return text
    })
  }
  return { variables, files, holds: finderOf([...secrets]) }
}

function textOf(file: string): string | undefined {
  try {
    const about = statSync(file)
    return about.isFile() && about.size <= LARGEST ? readFileSync(file, 'latin1') : undefined
  } catch {
    // Whoever needs it says that it cannot be read.
    return undefined
  }
}
