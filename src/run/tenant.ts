import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Address } from '../config/config.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { makePrivateFolder, privateFolder } from '../private-folder.ts'
import { CATALOGUES, ENTRIES, type Entry } from '../settings/catalogue.ts'
import { type Connection, connect } from '../tenant/connect.ts'
import { type Credentials, credentialsFrom, credentialsOf } from '../tenant/credentials.ts'
import { chooseDomain, type Named, SANDBOX, type Target } from '../tenant/domain.ts'
import type { FieldNames } from '../tenant/hide.ts'
import type { Watch } from '../tenant/transport.ts'
import type { CommonOptions } from './options.ts'
import { startSandbox } from './start-sandbox.ts'

/** The tenant that a command works on. */
export interface Tenant extends Connection {
  readonly name: string
}

/** Where the sandbox that lives in the process keeps its state: that of an environment in a file of its own. */
async function sandboxStateFile(cwd: string, environment: string | null): Promise<string> {
  const name = environment === null ? 'sandbox' : `sandbox.${await fileNameOf(environment)}`
  return join(privateFolder(cwd), `${name}.json`)
}

/** A name that every file system takes, and that no other environment has. */
async function fileNameOf(environment: string): Promise<string> {
  if (/^[\w-]{1,60}$/.test(environment)) return environment
  const { createHash } = await import('node:crypto')
  return `~${createHash('sha256').update(environment, 'utf16le').digest('hex').slice(0, 32)}`
}

/** The state files of all sandboxes of a folder, those of its environments too. */
export function sandboxStateFiles(cwd: string): string[] {
  const folder = privateFolder(cwd)
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names
    .filter(name => /^sandbox(\..*)?\.json(\.key)?$/.test(name))
    .map(name => join(folder, name.replace(/\.key$/, '')))
}

/** Flags that say which tenant, and how to get in. */
export type Access = Pick<CommonOptions, 'domain' | 'debug'> & Pick<Named, 'isOneOfMany'>

/**
 * Connects to the tenant that the flag, the environment or the file names, does the work, and lets go of it.
 * Nothing is sent to any tenant before these agree.
 */
export async function withTenant<T>(
  host: Host,
  access: Access,
  address: Address,
  work: (tenant: Tenant) => Promise<T>,
): Promise<T> {
  const target = targetOf(host, access, address)
  if (target === SANDBOX) return withSandbox(host, access, address, work)
  const { domain, environmentCredentials } = target
  const credentials = await credentialsFor(host, domain.name, environmentCredentials, address)
  const isForThis = environmentCredentials || !access.isOneOfMany
  const options = { ...watch(host, access), audience: isForThis ? host.env.AUTH0_AUDIENCE : undefined }
  return work({ name: domain.name, ...(await connect(host, domain, credentials, options)) })
}

/** The tenant that would be spoken to, for a report on why it is not; `null` where that is not clear. */
export function namedTenant(
  host: Host,
  access: Access,
  address: Pick<Address, 'environment' | 'tenant'>,
): string | null {
  try {
    const target = targetOf(host, access, address)
    return target === SANDBOX ? SANDBOX : target.domain.name
  } catch {
    return null
  }
}

function targetOf(
  host: Host,
  { domain, isOneOfMany = false }: Access,
  { environment, tenant }: Address,
): Target {
  return chooseDomain({ flag: domain, env: host.env.AUTH0_DOMAIN, pin: tenant, environment, isOneOfMany })
}

/** Credentials for one host. What comes from the tool's own variables goes only where these, or a flag, say. */
async function credentialsFor(
  { env, cwd }: Host,
  name: string,
  environmentCredentials: boolean,
  { environment, credentials }: Address,
): Promise<Credentials> {
  if (environmentCredentials || (credentials && !credentials.areOwn)) {
    return credentials ? credentialsOf(credentials.given, environment, env) : credentialsFrom(env, cwd)
  }
  const what = environment === null ? 'The file' : `Environment ${environment}`
  const refers = credentials ? ', and its credentials are those of AUTH0_… variables' : ''
  const remedy = environment === null ? '' : ' Give it credentials of its own, under other names.'
  throw new UserError(
    'credentials_missing',
    `${what} is for ${name}, but neither AUTH0_DOMAIN nor --domain names it${refers}. Credentials from the environment go only to the host that one of these names, so that no file can send them elsewhere.${remedy}`,
  )
}

/** A tenant inside this process, spoken to over HTTP as any other; each environment has one of its own. */
async function withSandbox<T>(
  host: Host,
  access: Access,
  { environment }: Address,
  work: (tenant: Tenant) => Promise<T>,
): Promise<T> {
  await makePrivateFolder(host.cwd).catch(error => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError('usage', `The sandbox has no place for its state in this folder: ${reason}.`)
  })
  const sandbox = await startSandbox({ state: await sandboxStateFile(host.cwd, environment) })
  try {
    const domain = { name: SANDBOX, origin: sandbox.url }
    const credentials = { kind: 'token', accessToken: 'any-token-will-do' } as const
    return await work({ name: SANDBOX, ...(await connect(host, domain, credentials, watch(host, access))) })
  } finally {
    await sandbox.close()
  }
}

/** The API's names of what no output may show, and of what any may. */
const NAMES: FieldNames = {
  secret: new Set(ENTRIES.filter(({ field }) => field.secret).map(apiName)),
  shown: new Set([
    ...Object.values(CATALOGUES).flatMap(({ entries }) =>
      entries.filter(({ field }) => !field.secret).map(apiName),
    ),
    ...['name', 'type', 'syntax', 'text', 'from', 'default_from', 'mssid', 'relyingPartyIdentifier'],
  ]),
}

function apiName({ name, field }: Entry): string {
  return field.api ?? name.slice(name.lastIndexOf('.') + 1)
}

function watch(host: Host, { debug }: Access): Watch {
  return {
    ...(debug && {
      onExchange: ({ method, path, outcome, milliseconds }) =>
        host.err(`${method} ${path} ${outcome} ${milliseconds} ms\n`),
    }),
    names: NAMES,
    onWait: (milliseconds, reason) => host.err(`Waiting ${Math.ceil(milliseconds / 1000)} s (${reason}).\n`),
  }
}
