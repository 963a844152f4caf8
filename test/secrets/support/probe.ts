import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { type Circumstances, emptyFolder, type Outcome, run } from '../../support/cli.ts'
import { foundIn } from './search.ts'

/** A secret has got out. */
export class Leak extends Error {}

/** How often a run was searched. */
export const count = { probes: 0 }

/** What a run did; without an exit code where it ended by a bug, which `bin/` prints the stack of. */
export interface Probed extends Partial<Omit<Outcome, 'requests'>> {
  readonly cwd: string
  readonly texts: Readonly<Record<string, string>>
  readonly stack?: string
}

interface Probe extends Circumstances {
  /** Secrets beside those that are planted: what the server saw, for one. Asked for after the run. */
  readonly more?: () => Readonly<Record<string, string>>
  /** What the person wrote on the command line, which is theirs to see. */
  readonly own?: readonly string[]
  /** It is to end by a bug, that is, with a stack. */
  readonly bug?: true
}

/** Runs a command and searches all that came of it for secrets: what it printed and asked, its files and their names. */
export async function probe(args: readonly string[], given: Probe = {}): Promise<Probed> {
  const { more = () => ({}), own = [], bug = false, ...circumstances } = given
  const cwd = circumstances.cwd ?? emptyFolder()
  let outcome: Partial<Outcome> = {}
  let stack: string | undefined
  try {
    outcome = await run(args, { ...circumstances, cwd })
  } catch (error) {
    stack = `${error instanceof Error ? error.stack : ''}\n${inspect(error, { depth: 10 })}`
  }
  if (!bug && stack !== undefined) throw new Error(`${args.join(' ')} ended by a bug: ${stack}`)
  const texts = {
    'standard output': outcome.out ?? '',
    'standard error': outcome.err ?? '',
    questions: outcome.questions?.join('\n') ?? '',
    stack: stack ?? '',
    ...filesWritten(cwd, circumstances.files ?? {}),
  }
  expectNoSecret(args, texts, { more: more(), own })
  return { ...outcome, ...(stack !== undefined && { stack }), cwd, texts }
}

interface Sought {
  readonly more?: Readonly<Record<string, string>>
  readonly own?: readonly string[]
}

/** Counts as a probe. */
export function expectNoSecret(
  what: readonly string[],
  texts: Readonly<Record<string, string>>,
  { more = {}, own = [] }: Sought = {},
): void {
  count.probes++
  for (const [where, text] of Object.entries(texts)) {
    const foreign = own.reduce((rest, argument) => rest.replaceAll(argument, ' … '), text)
    const found = foundIn(foreign, more)
    if (found.length > 0) throw new Leak(`${what.join(' ')}: ${where} has ${found.join(', ')}:\n${text}`)
  }
}

/** Every file below a folder that is not as the test put it there, as text after its name. */
export function filesWritten(folder: string, files: Circumstances['files'] = {}): Record<string, string> {
  if (!existsSync(folder)) return {}
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    statSync(join(folder, name)).isFile(),
  )
  return Object.fromEntries(
    names.flatMap(name => {
      const content = readFileSync(join(folder, name))
      const given = files[name]
      const isGiven = given !== undefined && content.equals(Buffer.from(given))
      return isGiven ? [] : [[name, `${name}\n${content.toString('latin1')}`]]
    }),
  )
}
