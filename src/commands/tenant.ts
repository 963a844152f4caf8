import { join } from 'node:path'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { makePrivateFolder, privateFolder } from '../private-folder.ts'
import { CATALOGUES, ENTRIES, type Entry } from '../settings/catalogue.ts'
import { type Connection, connect } from '../tenant/connect.ts'
import { credentialsFrom } from '../tenant/credentials.ts'
import { chooseDomain, SANDBOX } from '../tenant/domain.ts'
import type { FieldNames } from '../tenant/hide.ts'
import type { Watch } from '../tenant/transport.ts'
import type { CommonOptions } from './options.ts'
import { startSandbox } from './start-sandbox.ts'

/** The tenant that a command works on. */
export interface Tenant extends Connection {
  readonly name: string
}

/** Where the sandbox that lives in the process keeps its state. */
export function sandboxStateFile(cwd: string): string {
  return join(privateFolder(cwd), 'sandbox.json')
}

/**
 * Connects to the tenant that the flag, the environment or the file names, does the work, and lets go of it.
 * Nothing is sent to any tenant before these agree.
 */
export async function withTenant<T>(
  host: Host,
  options: CommonOptions,
  pin: string | undefined,
  work: (tenant: Tenant) => Promise<T>,
): Promise<T> {
  const target = chooseDomain({ flag: options.domain, env: host.env.AUTH0_DOMAIN, pin })
  if (target === SANDBOX) return withSandbox(host, options, work)
  const { domain, environmentCredentials } = target
  if (!environmentCredentials) {
    throw new UserError(
      'credentials_missing',
      `The file is for ${domain.name}, but neither AUTH0_DOMAIN nor --domain names it. Credentials from the environment go only to the host that one of these names, so that no file can send them elsewhere.`,
    )
  }
  const credentials = await credentialsFrom(host.env, host.cwd)
  return work({ name: domain.name, ...(await connect(host, domain, credentials, watch(host, options))) })
}

/** The tenant that would be spoken to, for a report on why it is not; `null` where that is not clear. */
export function namedTenant(host: Host, { domain }: CommonOptions, pin: string | undefined): string | null {
  try {
    const target = chooseDomain({ flag: domain, env: host.env.AUTH0_DOMAIN, pin })
    return target === SANDBOX ? SANDBOX : target.domain.name
  } catch {
    return null
  }
}

/** A tenant inside this process, spoken to over HTTP as any other. */
async function withSandbox<T>(
  host: Host,
  options: CommonOptions,
  work: (tenant: Tenant) => Promise<T>,
): Promise<T> {
  await makePrivateFolder(host.cwd).catch(error => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError('usage', `The sandbox has no place for its state in this folder: ${reason}.`)
  })
  const sandbox = await startSandbox({ state: sandboxStateFile(host.cwd) })
  try {
    const domain = { name: SANDBOX, origin: sandbox.url }
    const credentials = { kind: 'token', accessToken: 'any-token-will-do' } as const
    return await work({ name: SANDBOX, ...(await connect(host, domain, credentials, watch(host, options))) })
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

function watch(host: Host, { debug }: CommonOptions): Watch {
  return {
    ...(debug && {
      onExchange: ({ method, path, outcome, milliseconds }) =>
        host.err(`${method} ${path} ${outcome} ${milliseconds} ms\n`),
    }),
    names: NAMES,
    onWait: (milliseconds, reason) => host.err(`Waiting ${Math.ceil(milliseconds / 1000)} s (${reason}).\n`),
  }
}
