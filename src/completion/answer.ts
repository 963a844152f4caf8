import type { Command } from 'commander'
import { complete } from './complete.ts'
import type { Sources } from './completion.ts'
import { renderCompletion } from './render.ts'

/**
 * What `__complete` prints for the words of a command line. Never rejects: whatever is wrong, a person who presses a
 * key at a prompt is not told of it there.
 */
export async function answer(program: Command, words: readonly string[], sources: Sources): Promise<string> {
  try {
    return renderCompletion(await complete(program, words, sources))
  } catch {
    return ''
  }
}
