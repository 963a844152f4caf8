import type { Argument, Command, Option } from 'commander'
import { describe } from '../../../src/command-line.ts'

/** What the definition of a command does not say: how it can end, and a command line that works. */
interface Told {
  readonly exits: string
  readonly example: string
}

const TOLD: Readonly<Record<string, Told>> = {
  show: { exits: '0 or 1', example: 'mfa-config show --env prod --format yaml' },
  plan: { exits: '0, 1 or 2', example: 'mfa-config plan --all --out mfa-plan.json' },
  apply: { exits: '0, 1, 3, 4, 5 or 130', example: 'mfa-config apply mfa-plan.json --yes' },
  validate: { exits: '0, 1 or 3', example: 'mfa-config validate --all --unset-ok' },
  doctor: { exits: '0 or 1', example: 'mfa-config doctor --env prod' },
  diff: { exits: '0, 1 or 2', example: 'mfa-config diff --env dev --env prod --live' },
  restore: {
    exits: '0, 1, 3, 4 or 130',
    example:
      'mfa-config restore "$(ls -t .mfa-config/snapshots | tail -n 1)" --env prod --yes --allow P06 --allow F01',
  },
  init: { exits: '0 or 1', example: 'mfa-config init --preset recommended --out recommended.yaml' },
  schema: { exits: '0 or 1', example: 'mfa-config schema > mfa-config.schema.json' },
  completion: { exits: '0 or 1', example: 'mfa-config completion bash > mfa-config.bash' },
  sandbox: { exits: '0 or 1', example: 'mfa-config sandbox --reset' },
}

const program = describe({ out: () => {}, err: () => {} }, async () => {})

/** The commands, in the order of the help. */
const COMMANDS: readonly Command[] = program.commands.filter(command => !command.name().startsWith('_'))

/** Flags that every command has, by what is written. */
function everywhere(): ReadonlySet<string> {
  const [first, ...others] = COMMANDS.map(({ options }) => options.map(({ flags }) => flags))
  return new Set(first?.filter(flags => others.every(other => other.includes(flags))))
}

/** The flags that all commands share, as a Markdown table. */
export function renderCommonFlags(): string {
  const shared = everywhere()
  return flagTable((COMMANDS[0]?.options ?? []).filter(({ flags }) => shared.has(flags)))
}

/** The reference of the commands, in Markdown, from their own definition. Throws where one has no example. */
export function renderCommands(): string {
  const shared = everywhere()
  return COMMANDS.map(command => {
    const told = TOLD[command.name()]
    if (!told) throw new Error(`${command.name()} has no example in the documentation.`)
    const own = command.options.filter(({ flags, hidden }) => !shared.has(flags) && !hidden)
    const usage = [
      'mfa-config',
      command.name(),
      '[flags]',
      ...command.registeredArguments.map(argumentName),
    ].join(' ')
    return [
      `## \`${command.name()}\``,
      `${sentence(command.description())}.`,
      `Usage: \`${usage}\`. It exits with ${told.exits}.`,
      ...argumentList(command.registeredArguments),
      ...(own.length > 0 ? [flagTable(own)] : []),
      `\`\`\`sh\n${told.example}\n\`\`\``,
    ].join('\n\n')
  }).join('\n\n')
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function argumentName(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`
}

function argumentList(given: readonly Argument[]): string[] {
  if (given.length === 0) return []
  return [
    given
      .map(
        argument => `- \`${argumentName(argument)}\`: ${argument.description}${choices(argument.argChoices)}`,
      )
      .join('\n'),
  ]
}

function choices(words: readonly string[] | undefined): string {
  return words === undefined ? '' : `: ${words.map(word => `\`${word}\``).join(', ')}`
}

function flagTable(options: readonly Option[]): string {
  const rows = options.map(
    ({ flags, description, argChoices, defaultValue }) =>
      `| \`${flags}\` | ${description}${choices(argChoices)}${byDefault(defaultValue)} |`,
  )
  return ['| flag | what it does |', '| --- | --- |', ...rows].join('\n')
}

function byDefault(value: unknown): string {
  return typeof value === 'number' ? ` (default: ${value})` : ''
}
