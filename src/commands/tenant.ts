import { join } from 'node:path'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { makePrivateFolder, privateFolder } from '../private-folder.ts'
import type { Api } from '../tenant/api.ts'
import { connect } from '../tenant/connect.ts'
import { credentialsFrom } from '../tenant/credentials.ts'
import { chooseDomain, SANDBOX } from '../tenant/domain.ts'
import type { Watch } from '../tenant/transport.ts'
import type { CommonOptions } from './options.ts'

/** The tenant that a command works on. */
export interface Tenant {
  readonly name: string
  readonly api: Api
  readonly granted: ReadonlySet<string> | undefined
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

/** A tenant inside this process, spoken to over HTTP as any other. */
async function withSandbox<T>(
  host: Host,
  options: CommonOptions,
  work: (tenant: Tenant) => Promise<T>,
): Promise<T> {
  await makePrivateFolder(host.cwd)
  const { startSandbox } = await import('../sandbox/server.ts')
  const sandbox = await startSandbox({ state: sandboxStateFile(host.cwd) })
  try {
    const domain = { name: SANDBOX, origin: sandbox.url }
    const credentials = { kind: 'token', accessToken: SANDBOX } as const
    return await work({ name: SANDBOX, ...(await connect(host, domain, credentials, watch(host, options))) })
  } finally {
    await sandbox.close()
  }
}

function watch(host: Host, { debug }: CommonOptions): Watch {
  return {
    ...(debug && {
      onExchange: ({ method, path, outcome, milliseconds }) =>
        host.err(`${method} ${path} ${outcome} ${milliseconds} ms\n`),
    }),
    onWait: (milliseconds, reason) => host.err(`Waiting ${Math.ceil(milliseconds / 1000)} s (${reason}).\n`),
  }
}
