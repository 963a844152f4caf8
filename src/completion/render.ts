import { printable } from '../views/printable.ts'
import type { Completion } from './completion.ts'

/** What no shell takes for anything but itself, wherever in a line it stands. */
const PLAIN = /^[\p{L}\p{N}_./-][\p{L}\p{N}\p{M}_.,:@%+/=-]*$/u

/**
 * What the shells' scripts read: a line for each candidate, its description after a tab; `:files` where the shell is to
 * complete files. A candidate that would have to be quoted is left out: it comes from a file, and a name such as
 * `$(rm -r .)` must not get into a command line unseen.
 */
export function renderCompletion({ candidates, files }: Completion): string {
  if (files) return ':files\n'
  return candidates
    .filter(({ value }) => PLAIN.test(value))
    .map(({ value, description }) => `${value}${description && `\t${printable(description)}`}\n`)
    .join('')
}
