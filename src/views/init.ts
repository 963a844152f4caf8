import { blocks } from './human.ts'
import { printable } from './printable.ts'

/** What `init` has written. */
export interface FirstFile {
  readonly file: string
  /** What it was made of. */
  readonly source: string
  /** What it does not have, and what is left to do. */
  readonly notes: readonly string[]
}

/** What was written, what is to be done about it, and how to go on. */
export function renderInit({ file, source, notes }: FirstFile): string {
  const next = file === 'mfa-config.yaml' ? '' : ` -c ${file}`
  return blocks([
    [`${file} is written, from ${printable(source)}.`],
    notes.map(note => `  - ${printable(note)}`),
    [`Look at it, then see what it would change: mfa-config plan${next}`],
  ])
}

/** The JSON document `mfa-config/init/1`. */
export function initDocument({ file, source, notes }: FirstFile): object {
  return { format: 'mfa-config/init/1', file, source, notes }
}
