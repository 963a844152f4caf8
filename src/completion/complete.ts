import type { Argument, Command, Option } from 'commander'
import type { Candidate, Completion, Sources } from './completion.ts'
import { asCandidate, type Values, valuesOf } from './values.ts'
import { findOption, type Given, isValueFor, readWords, visibleCommands, visibleOptions } from './words.ts'

const NOTHING: Completion = { candidates: [], files: false }

/**
 * What the last word of a command line can become. The words are those after the program's name up to the cursor; the
 * last is the one to complete, and may be empty. Rejects only if a source does.
 */
export async function complete(
  program: Command,
  words: readonly string[],
  sources: Sources,
): Promise<Completion> {
  const word = words.at(-1) ?? ''
  const given = readWords(program, words.slice(0, -1))
  const { command, operands, awaiting } = given
  const values = (of: Option | Argument): Promise<Values> =>
    valuesOf(of, { program, sources, config: configOf(given) })

  if (awaiting && isValueFor(awaiting, word)) {
    return matching(word, withoutGiven(await values(awaiting.option), given, awaiting.option))
  }
  if (!given.flagsEnded && word.startsWith('-')) {
    const [, flag, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? []
    if (flag === undefined || value === undefined) return flags(given, word)
    const option = findOption(command, flag)
    if (!option) return NOTHING
    return prefixed(`${flag}=`, matching(value, withoutGiven(await values(option), given, option)))
  }
  const argument = argumentAt(command, operands.length)
  if (argument) return matching(word, await values(argument))
  if (command.commands.length > 0) {
    const known = operands.length === 0 ? visibleCommands(command) : []
    return matching(word, { candidates: known.map(asCandidate), files: false })
  }
  // Nothing but a flag can come here, so one need not begin it to be told of them.
  return word === '' && !given.flagsEnded ? flags(given, word) : NOTHING
}

/** The file that `--config` names. */
function configOf({ command, flags }: Given): string | undefined {
  const option = findOption(command, '--config')
  return option && flags.get(option)?.at(-1)
}

function argumentAt({ registeredArguments }: Command, place: number): Argument | undefined {
  const last = registeredArguments.at(-1)
  return registeredArguments[place] ?? (last?.variadic ? last : undefined)
}

/** The flags that can still be given. A short one is offered once it is written, so that a space follows it. */
function flags({ command, flags: given }: Given, word: string): Completion {
  const candidates = visibleOptions(command)
    .filter(option => !given.has(option) || isRepeatable(option))
    .map(({ long, short, description }) => ({
      value: (word !== '' && word === short) || !long ? (short ?? '') : long,
      description,
    }))
  return matching(word, { candidates, files: false })
}

/** A flag whose values are gathered begins with none. */
function isRepeatable(option: Option): boolean {
  return option.variadic || Array.isArray(option.defaultValue)
}

/** A value need not be given twice. */
function withoutGiven({ candidates, files }: Values, { flags }: Given, option: Option): Values {
  const given = flags.get(option) ?? []
  return { candidates: candidates.filter(({ value }) => !given.includes(value)), files }
}

function matching(word: string, { candidates, files }: Values): Completion {
  const found = candidates.filter(({ value }) => value.startsWith(word))
  return { candidates: found, files: files && found.length === 0 }
}

function prefixed(prefix: string, { candidates, files }: Completion): Completion {
  const whole = ({ value, description }: Candidate): Candidate => ({
    value: `${prefix}${value}`,
    description,
  })
  return { candidates: candidates.map(whole), files }
}
