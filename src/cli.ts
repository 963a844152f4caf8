import { type Command, CommanderError } from 'commander'
import { describe } from './command-line.ts'
import { withEnvFile } from './env-file.ts'
import { exitCodeOf, UserError } from './errors.ts'
import type { Host } from './host.ts'

export { realHost } from './real-host.ts'

/**
 * Runs one command line, without the program's name, and gives the exit code. The only place where errors are caught:
 * those that the user can mend become sentences on standard error, or one JSON document on standard output.
 */
export async function main(args: readonly string[], host: Host): Promise<number> {
  let exitCode = 0
  const program = describe(host, async (options, work) => {
    exitCode = await work(options.envFile === undefined ? host : withEnvFile(host, options.envFile))
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof UserError) return fail(host, args, error)
    if (!(error instanceof CommanderError)) throw error
    // Help and the version come as "errors" too; they have been printed.
    if (error.exitCode === 0 || error.code === 'commander.help') return error.exitCode
    return fail(host, args, new UserError('usage', usageError(error, program, args)))
  }
}

async function fail(host: Host, args: readonly string[], error: UserError): Promise<number> {
  const { CheckError } = await import('./checks/refused.ts')
  const { errorDocument, renderError } = await import('./views/error.ts')
  const { paintFor, print } = await import('./run/screen.ts')
  if (wantsJson(args)) {
    const findings = error instanceof CheckError ? error.findings : undefined
    host.out(`${JSON.stringify(errorDocument(error, findings), null, 2)}\n`)
  } else {
    const paint = await paintFor(host, { color: !args.includes('--no-color') }, 'err')
    await print(host, renderError(error, paint), 'err')
  }
  return exitCodeOf(error.code)
}

/** Even a command line that cannot be understood can ask for JSON. */
function wantsJson(args: readonly string[]): boolean {
  return args.some(
    (arg, i) => arg === '--json' || arg === '--format=json' || (arg === '--format' && args[i + 1] === 'json'),
  )
}

/** What is wrong with a command line, and where to look if that does not say what to do. */
function usageError(
  { code, message }: CommanderError,
  program: Command,
  [first = '']: readonly string[],
): string {
  if (code === 'commander.unknownOption' && first.startsWith('-')) {
    return 'A command comes first, then its flags, as in mfa-config plan --json. See mfa-config --help.'
  }
  const command = program.commands.find(command => command.name() === first)
  if (code === 'commander.excessArguments' && command) {
    const extra = command.args[command.registeredArguments.length]
    return `Unexpected argument '${extra}'. A configuration file is named with --config.`
  }
  const sentence = asSentence(message)
  if (code !== 'commander.unknownOption' && code !== 'commander.unknownCommand') return sentence
  const where = command ? `mfa-config ${first} --help` : 'mfa-config --help'
  return sentence.endsWith('?') ? sentence : `${sentence} See ${where}.`
}

/** Commander's `error: unknown option '--jsno'\n(Did you mean --json?)` as a sentence like all others. */
function asSentence(message: string): string {
  const text = message.replace(/^error: /, '').replace(/\n\((.*)\)$/, '. $1')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?]$/.test(text) ? '' : '.'}`
}
