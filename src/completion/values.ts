import type { Argument, Command, Option } from 'commander'
import type { Candidate, Sources } from './completion.ts'
import { visibleCommands } from './words.ts'

/** What a flag's value, or an argument, can be. */
export interface Values {
  readonly candidates: readonly Candidate[]
  /** Whether it can be any file besides. */
  readonly files: boolean
}

/** What is known when values are looked for. */
export interface Known {
  readonly program: Command
  readonly sources: Sources
  /** What `--config` names. */
  readonly config: string | undefined
}

/** The name of a value says what it is: `--env <environment>` takes an environment wherever it stands. */
const NAMED: Readonly<Record<string, (known: Known) => Promise<readonly Candidate[]>>> = {
  environment: async ({ sources, config }) => plain(await sources.environments(config)),
  check: async ({ sources }) => sources.checks.map(({ id, title }) => ({ value: id, description: title })),
  preset: async ({ sources }) => plain(await sources.presets()),
  snapshot: async ({ sources }) => plain((await sources.snapshots?.()) ?? []),
  // `help` shows all but itself, and only itself is not among the program's own.
  command: async ({ program }) => visibleCommands(program).filter(isOneOf(program.commands)).map(asCandidate),
}

/** `<plan>` is a saved plan where it is not one of several choices. */
const FILES: readonly string[] = ['file', 'folder', 'path', 'plan', 'snapshot']

/** The values of a flag or an argument: its choices, or what its name stands for. */
export async function valuesOf(of: Option | Argument, known: Known): Promise<Values> {
  if (of.argChoices) return { candidates: plain(of.argChoices), files: false }
  const name = valueName(of)
  return { candidates: (await NAMED[name]?.(known)) ?? [], files: FILES.includes(name) }
}

/** A command as something to choose. */
export function asCandidate(command: Command): Candidate {
  return { value: command.name(), description: command.description() }
}

/** `file` of `-c, --config <file>`. */
function valueName(of: Option | Argument): string {
  if ('flags' in of) return /[<[]([^\].>]+)/.exec(of.flags)?.[1] ?? ''
  return of.name()
}

function plain(values: readonly string[]): readonly Candidate[] {
  return values.map(value => ({ value, description: '' }))
}

function isOneOf<T>(all: readonly T[]): (one: T) => boolean {
  return one => all.includes(one)
}
