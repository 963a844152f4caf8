import { setMaxListeners } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import type { Host } from '../../../src/host.ts'
import { sender } from '../../../src/http.ts'
import { type Connection, connect } from '../../../src/tenant/connect.ts'
import type { Credentials } from '../../../src/tenant/credentials.ts'
import { parseDomain } from '../../../src/tenant/domain.ts'
import type { Watch } from '../../../src/tenant/transport.ts'
import type { ScriptedServer } from './server.ts'

interface Surroundings {
  readonly env?: Record<string, string>
  readonly now?: () => number
  readonly interrupt?: AbortSignal
  /** Told how long the program waits, in milliseconds; the test does not wait. */
  readonly onWait?: (milliseconds: number) => void
  /** Milliseconds after which a request is given up, in place of the program's own. */
  readonly timeout?: number
}

/** A host that has a network and nothing else. */
function networkHost(surroundings: Surroundings = {}): Host {
  const { env = {}, now = Date.now, onWait = () => {}, timeout } = surroundings
  const interrupt = surroundings.interrupt ?? new AbortController().signal
  setMaxListeners(0, interrupt)
  const send = sender({ http, https, env })
  const unused = (): never => {
    throw new Error('A connection has no use for this.')
  }
  return {
    cwd: '/',
    env,
    stdin: unused,
    out: unused,
    err: unused,
    terminal: { in: false, out: false, err: false },
    confirm: unused,
    choose: unused,
    progress: unused,
    send: request => send(timeout === undefined ? request : { ...request, timeout }),
    now,
    wait: async milliseconds => onWait(milliseconds),
    interrupt,
    runsTypeScript: false,
  }
}

interface Connecting extends Surroundings {
  readonly credentials?: Credentials
  readonly watch?: Watch
}

/** Connects to a server as the program does; with a token, where nothing else is said. */
export async function connectTo(
  { url }: Pick<ScriptedServer, 'url'>,
  {
    credentials = { kind: 'token', accessToken: 'opaque-1234567890' },
    watch,
    ...surroundings
  }: Connecting = {},
): Promise<Connection> {
  return connect(networkHost(surroundings), parseDomain(url, 'url'), credentials, watch)
}
