import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import about from '../package.json' with { type: 'json' }
import { closestWord } from './closest.ts'
import type { CommonOptions } from './commands/options.ts'
import { CHECK_IDS } from './config/check-ids.ts'
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

/** Runs a command on the host that its flags ask for. */
type Run = (options: CommonOptions, work: (host: Host) => Promise<number>) => Promise<void>

/** The commands and their flags; what a command does is loaded when it is run. */
function describe(host: Host, run: Run): Command {
  const program = new Command('mfa-config')
    .description(about.description)
    .version(about.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help')
    .exitOverride()
    .configureOutput({ writeOut: host.out, writeErr: host.err, outputError: () => {} })

  const command = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .option('-c, --config <file>', 'configuration file; - reads standard input')
      .option('--domain <domain>', 'tenant, such as acme.eu.auth0.com; "sandbox" is one in this process')
      .option('--json', 'print the result as JSON')
      .option('--no-color', 'print without colours (also: NO_COLOR)')
      .option('--env-file <file>', 'take environment variables from a file too; those that are set win')
      .option('--debug', 'print each request to standard error: method, path, status, milliseconds')

  command('show', 'print what the tenant has')
    .addOption(new Option('--format <format>', 'form of the result').choices(['table', 'yaml', 'json']))
    .action(options => run(options, async host => (await import('./commands/show.ts')).show(host, options)))

  planFlags(command('plan', 'print what differs between the file and the tenant'))
    .option('--detailed-exitcode', 'exit with 2 when there are changes')
    .action(options => run(options, async host => (await import('./commands/plan.ts')).plan(host, options)))

  planFlags(command('apply', 'make the tenant what the file says'))
    .option('-y, --yes', 'do not ask before writing')
    .option('--snapshot <folder>', 'where to save what the tenant has before; "none" saves nothing')
    .action(options => run(options, async host => (await import('./commands/apply.ts')).apply(host, options)))

  command('validate', 'check the file alone, without any request')
    .option('--unset-ok', 'go on where a reference has no value')
    .option('--explain <check>', 'print what a check is about, such as F01')
    .action(options =>
      run(options, async host => (await import('./commands/validate.ts')).validate(host, options)),
    )

  command('doctor', 'say whether apply would be able to do its work, and what is in its way')
    .option('--allow <check>', 'accept what a check finds, such as F06 (repeatable)', checkId, [])
    .action(options =>
      run(options, async host => (await import('./commands/doctor.ts')).doctor(host, options)),
    )

  command('schema', 'print the JSON Schema of the configuration file').action(options =>
    run(options, async host => (await import('./commands/schema.ts')).schema(host)),
  )

  command('sandbox', 'serve a tenant on this machine, to try things on')
    .option('--port <port>', 'port to listen on (default: 8787)', wholeNumber)
    .option('--state <file>', 'keep what the tenant has in a file')
    .option('--reset', 'empty the kept state: of --state, or of what --domain sandbox uses')
    .option('--unified-phone', 'a tenant with the unified phone experience')
    .addOption(new Option('--plan <plan>', 'what the tenant pays for').choices(['free', 'enterprise']))
    .option('--latency <ms>', 'milliseconds before each answer', wholeNumber)
    .action(options =>
      run(options, async host => (await import('./commands/sandbox.ts')).sandbox(host, options)),
    )

  return program
}

function planFlags(command: Command): Command {
  return command
    .option('--allow <check>', 'accept what a check finds, such as F06 (repeatable)', checkId, [])
    .option('--write-secrets', 'also send secrets that cannot be read back and so not compared')
    .addOption(new Option('--format <format>', 'form of the result').choices(['human', 'json']))
}

function checkId(given: string, earlier: readonly string[]): readonly string[] {
  const id = CHECK_IDS.find(known => known === given.toUpperCase())
  if (id) return [...earlier, id]
  const close = closestWord(given, CHECK_IDS)
  throw new InvalidArgumentError(
    `There is no such check.${close ? ` Did you mean ${close}?` : ' An id is like F01 or P10.'}`,
  )
}

function wholeNumber(given: string): number {
  if (/^\d{1,6}$/.test(given)) return Number(given)
  throw new InvalidArgumentError('It must be a whole number.')
}

async function fail(host: Host, args: readonly string[], error: UserError): Promise<number> {
  const { CheckError } = await import('./checks/refused.ts')
  const { errorDocument, renderError } = await import('./views/error.ts')
  const { choosePaint } = await import('./views/paint.ts')
  if (wantsJson(args)) {
    const findings = error instanceof CheckError ? error.findings : undefined
    host.out(`${JSON.stringify(errorDocument(error, findings), null, 2)}\n`)
  } else {
    const paint = await choosePaint({
      env: host.env,
      isTerminal: host.terminal.err,
      refused: args.includes('--no-color'),
    })
    host.err(renderError(error, paint))
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
    return `Unexpected argument '${command.args[0]}'. A configuration file is named with --config.`
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
