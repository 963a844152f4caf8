import { UserError } from '../errors.ts'
import type { Sandbox, SandboxOptions } from '../sandbox/server.ts'

/** Starts a sandbox. Throws `usage` where the port or the state file cannot be used. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { startSandbox, StateFileError } = await import('../sandbox/server.ts')
  try {
    return await startSandbox(options)
  } catch (error) {
    if (error instanceof StateFileError) throw new UserError('usage', error.message)
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const why = UNUSABLE[code]
    throw why ? new UserError('usage', `Port ${options.port} ${why} Take another with --port.`) : error
  }
}

const UNUSABLE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use.',
  EACCES: 'is not free for every user.',
  ERR_SOCKET_BAD_PORT: 'does not exist: ports end at 65535.',
}
