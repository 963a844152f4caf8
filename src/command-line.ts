import { Argument, Command, Option } from 'commander'
import about from '../package.json' with { type: 'json' }
import { SHELLS, type Shell } from './completion/shells.ts'
import { DOCUMENTS, type DocumentName } from './document-names.ts'
import { allowFlag, applyFlags, fleetFlags, formats, named, planFlags, wholeNumber } from './flags.ts'
import type { Host } from './host.ts'
import type { CommonOptions } from './run/options.ts'

/** Runs a command on the host that its flags ask for. */
export type Run = (options: CommonOptions, work: (host: Host) => Promise<number>) => Promise<void>

/** The commands and their flags; what a command does is loaded when it is run. */
export function describe(host: Pick<Host, 'out' | 'err'>, run: Run): Command {
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
      .addOption(
        new Option('--env <environment>', 'environment of the file').argParser(named).default([], 'none'),
      )
      .option('--domain <domain>', 'tenant, such as acme.eu.auth0.com; "sandbox" is one in this process')
      .option('--json', 'print the result as JSON')
      .option('--no-color', 'print without colours (also: NO_COLOR)')
      .option('--env-file <file>', 'take environment variables from a file too; those that are set win')
      .option('--debug', 'print each request to standard error: method, path, status, milliseconds')

  fleetFlags(command('show', 'print what the tenant has'))
    .addOption(new Option('--format <format>', 'form of the result').choices(['table', 'yaml', 'json']))
    .action(options => run(options, async host => (await import('./commands/show.ts')).show(host, options)))

  planFlags(fleetFlags(command('plan', 'print what differs between the file and the tenant')))
    .addOption(formats(['human', 'json', 'markdown']))
    .option('--detailed-exitcode', 'exit with 2 when there are changes')
    .option('--out <file>', 'also save the plan, for apply')
    .action(options => run(options, async host => (await import('./commands/plan.ts')).plan(host, options)))

  applyFlags(fleetFlags(command('apply', 'make the tenant what the file says')))
    .argument('[plan]', 'file that plan --out has saved: what it says is done, or nothing')
    .action((saved: string | undefined, options) =>
      run(options, async host =>
        saved === undefined
          ? (await import('./commands/apply.ts')).apply(host, options)
          : (await import('./commands/apply-saved.ts')).applySaved(host, saved, options),
      ),
    )

  fleetFlags(command('validate', 'check the file alone, without any request'))
    .option('--unset-ok', 'go on where a reference has no value')
    .option('--explain <check>', 'print what a check is about, such as F01')
    .action(options =>
      run(options, async host => (await import('./commands/validate.ts')).validate(host, options)),
    )

  allowFlag(
    fleetFlags(command('doctor', 'say whether apply would be able to do its work, and what is in its way')),
  ).action(options =>
    run(options, async host => (await import('./commands/doctor.ts')).doctor(host, options)),
  )

  command('diff', 'print what differs between two environments, as in --env dev --env prod')
    .option('--live', 'compare their tenants, and not what the file says of them')
    .option('--detailed-exitcode', 'exit with 2 when something differs')
    .action(options => run(options, async host => (await import('./commands/diff.ts')).diff(host, options)))

  applyFlags(command('restore', 'make a tenant what it was when a snapshot was saved'))
    .argument('[snapshot]', 'file of a snapshot, or the name of one that apply has saved here')
    .action((snapshot: string | undefined, options) =>
      run(options, async host => (await import('./commands/restore.ts')).restore(host, snapshot, options)),
    )

  command('init', 'write a first configuration file')
    .option('--preset <preset>', 'start from a preset, such as recommended')
    .option('--from-tenant', 'start from what the tenant has')
    .option('--from <path>', "start from a file or a folder of Auth0's Deploy CLI")
    .option('--out <file>', 'file to write (default: mfa-config.yaml); - prints it')
    .option('--force', 'replace a file that is there')
    .action(options => run(options, async host => (await import('./commands/init.ts')).init(host, options)))

  command('schema', 'print the JSON Schema of the configuration file, or of a JSON document')
    .addArgument(
      new Argument('[document]', 'a document that another command prints as JSON').choices(DOCUMENTS),
    )
    .action((document: DocumentName | undefined, options) =>
      run(options, async host => (await import('./commands/schema.ts')).schema(host, document)),
    )

  command('completion', 'print what makes a shell complete this command line')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .action((shell: Shell, options) =>
      run(options, async host => (await import('./commands/completion.ts')).completion(host, shell)),
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

  // What that script asks. Its flags are words like all others.
  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .action((words: readonly string[]) =>
      run(NO_FLAGS, async host =>
        (await import('./commands/completion.ts')).completeWords(host, program, words),
      ),
    )

  return program
}

const NO_FLAGS: CommonOptions = { env: [], color: false }
