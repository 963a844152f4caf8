import { Argument, Command, Option } from 'commander'
import type { Sources } from '../../../src/completion/completion.ts'
import { SHELLS, type Shell } from '../../../src/completion/shells.ts'

/** Names that do harm where a shell, or its terminal, does not take them for text alone. */
export const HOSTILE = [
  ':files',
  '-x $(touch pwned)',
  '$(touch pwned)',
  '`touch pwned`',
  'a;touch pwned',
  'a b',
  'a\tb',
  'a\nb',
  "a'b",
  'a"b',
  'a\\b',
  '~',
  'a*',
  '\u001b]0;pwned\u0007',
  '\u202eprod',
]

/** Where the names of a small program come from. */
export const SOURCES: Sources = {
  environments: async config =>
    config === 'other file.yaml' ? ['elsewhere'] : ['dev', 'prod', 'pre:prod', 'größe', ...HOSTILE],
  checks: [
    { id: 'F01', title: 'Users are locked out' },
    { id: 'F06', title: 'Recovery codes: off' },
    { id: 'P10', title: 'A weaker policy' },
  ],
  presets: async () => ['recommended', 'passkeys'],
  snapshots: async () => ['.mfa-config/snapshots/acme.yaml', '.mfa-config/snapshots/globex.yaml'],
}

/** What the small program's commands for shells do; the others do nothing. */
interface ForShells {
  completion(shell: Shell): void
  completeWords(words: readonly string[]): Promise<void>
}

const NOTHING: ForShells = { completion: () => {}, completeWords: async () => {} }

/** A program with the kinds of flags and arguments that the real one has. */
export function smallProgram({ completion, completeWords }: ForShells = NOTHING): Command {
  const program = new Command('mfa-config')
    .version('1.0.0', '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help')
  const command = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .option('-c, --config <file>', 'configuration file')
      .option('--no-color', 'print without colours')
      .option('--env-file <file>', 'take environment variables from a file too')
  const gather = (given: string, earlier: readonly string[]): readonly string[] => [...earlier, given]

  command('plan', 'print what differs')
    .option('--env <environment>', 'environment of the file')
    .option('--allow <check>', 'accept what a check finds', gather, [])
    .option('--latency <ms>', 'milliseconds before each answer')
    .addOption(new Option('--format <format>', 'form of the result').choices(['human', 'json']))
    .addOption(new Option('--fault', 'for tests').hideHelp())
  command('apply', 'make the tenant what the file says')
    .argument('[plan]', 'saved plan')
    .option('-y, --yes', 'do not ask')
    .option('--snapshot <folder>', 'where to save')
  command('init', 'a first file')
    .option('--preset <preset>', 'preset to begin with')
    .addOption(new Option('--like [kind]', 'what to begin with').choices(['tenant', 'file']))
  command('diff', 'what differs between two').option('--env <environment...>', 'environments')
  command('restore', 'plan and apply a snapshot').argument('<snapshot>', 'snapshot')
  program
    .command('completion')
    .description('print a script that completes commands')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .action(completion)
  program.command('__complete', { hidden: true }).argument('[words...]').action(completeWords)
  return program
}
