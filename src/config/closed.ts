import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { environmentBlocks } from './environments.ts'
import type { Loaded } from './load.ts'
import { realPath } from './own-credentials.ts'
import { type Closed, LARGEST, REFERENCE } from './reference.ts'
import { mapTexts, valueIn } from './tree.ts'

type Env = Readonly<Record<string, string | undefined>>

/** What the credentials of all environments of a file refer to: no setting may, by whatever name. */
export function closedReferences(loaded: Loaded, env: Env): Closed {
  const variables = new Set<string>()
  const files = new Set<string>()
  for (const { file, content } of environmentBlocks(loaded)) {
    mapTexts(valueIn(content, ['credentials']), text => {
      for (const [, inside = ''] of text.matchAll(REFERENCE)) {
        if (inside.startsWith('file:'))
          files.add(realPath(resolve(dirname(file), inside.slice('file:'.length))))
        else variables.add(inside)
      }
      return text
    })
  }
  const contents = [...[...variables].map(name => env[name]), ...[...files].map(textOf)]
  return { variables, files, contents: contents.filter(content => content !== undefined) }
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
