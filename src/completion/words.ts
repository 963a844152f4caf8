import type { Command, Option } from 'commander'

/** A flag that still has to get a value, or may. */
export interface Awaiting {
  readonly option: Option
  /** Whether the next word is its value whatever that word is. */
  readonly must: boolean
}

/** What the words before the one that is completed say. */
export interface Given {
  readonly command: Command
  /** Every flag that was given, with its values. */
  readonly flags: ReadonlyMap<Option, readonly string[]>
  /** The words that are neither a command, nor a flag, nor a flag's value. */
  readonly operands: readonly string[]
  /** Whether `--` was given: nothing after it is a flag. */
  readonly flagsEnded: boolean
  readonly awaiting: Awaiting | undefined
}

/** Reads words as commander does, but puts up with mistakes: what is not understood is passed over. */
export function readWords(program: Command, words: readonly string[]): Given {
  let command = program
  let awaiting: Awaiting | undefined
  let flagsEnded = false
  const operands: string[] = []
  const flags = new Map<Option, string[]>()
  const note = (option: Option, values: readonly string[]): void => {
    flags.set(option, [...(flags.get(option) ?? []), ...values])
  }
  for (const word of words) {
    if (awaiting && isValueFor(awaiting, word)) {
      note(awaiting.option, [word])
      awaiting = awaiting.option.variadic ? { option: awaiting.option, must: false } : undefined
      continue
    }
    awaiting = undefined
    const named = operands.length === 0 ? findCommand(command, word) : undefined
    if (!flagsEnded && word === '--') flagsEnded = true
    else if (!flagsEnded && isFlag(word)) {
      for (const { option, value } of readFlags(optionsOf(command), word)) {
        note(option, value === undefined ? [] : [value])
        if (value === undefined && takesValue(option)) awaiting = { option, must: option.required }
      }
    } else if (named) command = named
    else operands.push(word)
  }
  return { command, flags, operands, flagsEnded, awaiting }
}

/** Whether a word is the value that a flag before it waits for. */
export function isValueFor({ must }: Awaiting, word: string): boolean {
  return must || !isFlag(word)
}

/** The flags of a command that its help shows. */
export function visibleOptions(command: Command): readonly Option[] {
  return command.createHelp().visibleOptions(command)
}

/** The commands of a command that its help shows, `help` among them. */
export function visibleCommands(command: Command): readonly Command[] {
  return command.createHelp().visibleCommands(command)
}

/** The flag of a command that goes by this long name. */
export function findOption(command: Command, long: string): Option | undefined {
  return optionsOf(command).find(option => option.long === long)
}

/** `--help` is not among the flags that commander keeps, nor are the hidden ones among those that it shows. */
function optionsOf(command: Command): readonly Option[] {
  return [...command.options, ...visibleOptions(command)]
}

function findCommand(command: Command, word: string): Command | undefined {
  return visibleCommands(command).find(one => one.name() === word || one.aliases().includes(word))
}

function isFlag(word: string): boolean {
  return word.length > 1 && word.startsWith('-')
}

function takesValue(option: Option): boolean {
  return option.required || option.optional
}

interface Flag {
  readonly option: Option
  readonly value?: string
}

/** `--format=json`, `-cFILE`, or several short flags in one word. */
function readFlags(options: readonly Option[], word: string): readonly Flag[] {
  if (word.startsWith('--')) {
    const [long = word] = word.split('=', 1)
    const option = options.find(option => option.long === long)
    if (!option) return []
    return [long === word ? { option } : { option, value: word.slice(long.length + 1) }]
  }
  const option = options.find(({ short }) => short === word.slice(0, 2))
  const rest = word.slice(2)
  if (!option) return []
  if (rest === '') return [{ option }]
  return takesValue(option) ? [{ option, value: rest }] : [{ option }, ...readFlags(options, `-${rest}`)]
}
