import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { EMPTY_CONFIG } from '../config/config.ts'
import { FILE_NAMES, findFile } from '../config/find.ts'
import { load } from '../config/load.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { pinnedTo, withSchemaLine } from '../init/first-file.ts'
import { findPreset, presets } from '../init/presets.ts'
import { writePrivately } from '../private-folder.ts'
import { canAsk } from '../run/agreement.ts'
import { configOf, theEnvironment } from '../run/configuration.ts'
import { type CommonOptions, isJson } from '../run/options.ts'
import { print } from '../run/screen.ts'
import { parseDomain, SANDBOX } from '../tenant/domain.ts'
import { renderJson } from '../views/documents.ts'
import { initDocument, renderInit } from '../views/init.ts'

/** Flags of `init`. */
export interface InitOptions extends CommonOptions {
  readonly preset?: string
  /** A file or a folder of the Deploy CLI. */
  readonly from?: string
  readonly fromTenant?: boolean
  readonly out?: string
  readonly force?: boolean
}

/** A first file, before it is written. */
interface Draft {
  readonly text: string
  /** What it was made of, to complete "from …". */
  readonly source: string
  /** What is left to do, a sentence each. */
  readonly notes: readonly string[]
}

/**
 * `init`: writes a first file: a preset, what a tenant has, or what a Deploy CLI export says. On a terminal it asks which,
 * if no flag says so. Nothing is overwritten without `--force`.
 */
export async function init(host: Host, options: InitOptions): Promise<number> {
  const { out = FILE_NAMES[0] } = options
  await requirePlace(host, options, out)
  const draft = await draftOf(host, await decided(host, options))
  const text = withSchemaLine(draft.text, host.cwd, out)
  if (out === '-') {
    if (isJson(options))
      throw new UserError('usage', '--out - prints the file itself, so it cannot print JSON.')
    host.out(text)
    for (const note of draft.notes) host.err(`${note}\n`)
    return 0
  }
  await write(resolve(host.cwd, out), text, out, options)
  const written = { file: out, source: draft.source, notes: draft.notes }
  if (isJson(options)) host.out(renderJson(initDocument(written)))
  else await print(host, renderInit(written))
  return 0
}

/** Refuses to lose a file, and to make a second one where one is found by itself. Throws `usage`. */
async function requirePlace({ cwd }: Host, { force, out }: InitOptions, file: string): Promise<void> {
  if (file === '-') return
  if (!force && existsSync(resolve(cwd, file))) {
    throw new UserError(
      'usage',
      `There is a file ${file} already. Name another with --out, or replace it with --force.`,
    )
  }
  const found = out === undefined ? await findFile(cwd) : undefined
  if (found !== undefined && found !== resolve(cwd, file)) {
    throw new UserError(
      'usage',
      `There is a configuration here already: ${found}. Name another file with --out.`,
    )
  }
}

async function write(path: string, text: string, name: string, { force }: InitOptions): Promise<void> {
  try {
    if (force) await writePrivately(path, text, 0o644)
    else await writeFile(path, text, { flag: 'wx' })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError('usage', `${name} cannot be written: ${reason}.`)
  }
}

/** The flags, with one that says what to start from: the answer, where none was given and there is somebody to ask. */
async function decided(host: Host, options: InitOptions): Promise<InitOptions> {
  const { preset, from, fromTenant } = options
  const given = [preset, from, fromTenant].filter(flag => flag !== undefined && flag !== false)
  if (given.length > 1) {
    throw new UserError(
      'usage',
      'A file is made of one thing: give one of --preset, --from and --from-tenant.',
    )
  }
  if (given.length === 1) return options
  const all = await presets()
  if (!canAsk(host)) {
    const names = all.map(({ name }) => name).join(', ')
    throw new UserError(
      'usage',
      `What to start from? --preset NAME (${names}), --from-tenant, or --from PATH for a Deploy CLI export.`,
    )
  }
  const TENANT = ' '
  const answer = await host.choose('What should the file start from?', [
    ...all.map(({ name, about }) => ({ value: name, name, description: about })),
    {
      value: TENANT,
      name: 'what the tenant has',
      description: 'Reads it, with the credentials of the environment.',
    },
  ])
  return answer === TENANT ? { ...options, fromTenant: true } : { ...options, preset: answer }
}

async function draftOf(host: Host, options: InitOptions): Promise<Draft> {
  if (options.from !== undefined) return fromDeployCli(host, options.from)
  if (options.fromTenant) return fromTenant(host, options)
  const preset = await findPreset(options.preset ?? '')
  const { domain } = options
  const pin =
    domain === undefined || domain.trim() === SANDBOX ? undefined : parseDomain(domain, '--domain').name
  return { text: pinnedTo(pin, preset.text), source: `the preset ${preset.name}`, notes: [] }
}

async function fromDeployCli(host: Host, path: string): Promise<Draft> {
  const { readDeployCli } = await import('../migrate/read-deploy-cli.ts')
  const { migrate } = await import('../migrate/migrate.ts')
  const { renderMigrated } = await import('../migrate/render.ts')
  const migrated = migrate(await readDeployCli(resolve(host.cwd, path), path))
  return { text: renderMigrated(migrated), source: path, notes: migrated.notes }
}

async function fromTenant(host: Host, options: InitOptions): Promise<Draft> {
  const { showOne } = await import('../run/show-one.ts')
  const { renderYaml } = await import('../views/yaml.ts')
  const environment = theEnvironment(options)
  const isNamed = options.config !== undefined || environment !== null
  const address = isNamed
    ? await configOf(host, await load(host, options.config), environment, 'settings')
    : EMPTY_CONFIG
  const { tenant, settings } = await showOne(host, options, address)
  const notes = settings.unreadable.map(({ path, message }) => `${path} is not in it: ${message}`)
  return { text: renderYaml(tenant, settings), source: tenant, notes }
}
