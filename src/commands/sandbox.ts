import { resolve } from 'node:path'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { CommonOptions } from '../run/options.ts'
import { startSandbox } from '../run/start-sandbox.ts'
import { sandboxStateFiles } from '../run/tenant.ts'
import { emptyState } from '../sandbox/server.ts'

interface SandboxFlags extends CommonOptions {
  readonly port?: number
  readonly state?: string
  readonly unifiedPhone?: boolean
  readonly plan?: 'free' | 'enterprise'
  readonly latency?: number
  readonly reset?: boolean
}

const USUAL_PORT = 8787

/**
 * `sandbox`: serves a tenant on this machine until Ctrl-C. `--reset` alone empties the state of the sandboxes that
 * `--domain sandbox` uses, one for each environment, and serves nothing.
 */
export async function sandbox(host: Host, options: SandboxFlags): Promise<number> {
  const { port = USUAL_PORT, unifiedPhone = false, plan = 'enterprise', latency = 0 } = options
  const state = options.state === undefined ? undefined : resolve(host.cwd, options.state)
  if (options.reset) {
    for (const file of state === undefined ? sandboxStateFiles(host.cwd) : [state]) reset(file)
    if (options.port === undefined && state === undefined) {
      host.err('The sandbox of this folder is empty.\n')
      return 0
    }
  }
  const server = await startSandbox({
    port,
    unifiedPhone,
    plan,
    latency,
    ...(state !== undefined && { state }),
    ...(options.debug && {
      onRequest: ({ method, path, status, milliseconds }) =>
        host.err(`${method} ${path} ${status} ${milliseconds} ms\n`),
    }),
  })
  host.out(banner(server.url, state))
  await new Promise<void>(done => host.interrupt.addEventListener('abort', () => done(), { once: true }))
  await server.close()
  return 0
}

function reset(file: string): void {
  try {
    emptyState(file)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError('usage', `The state in ${file} cannot be emptied: ${reason}.`)
  }
}

function banner(url: string, state: string | undefined): string {
  return `A sandbox tenant at ${url} (${state ? `kept in ${state}` : 'nothing is kept'}). Ctrl-C ends it.

export AUTH0_DOMAIN=${url}
export AUTH0_CLIENT_ID=sandbox
export AUTH0_CLIENT_SECRET=sandbox
`
}
