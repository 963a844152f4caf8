import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { PROXY } from './planted.ts'

/** A proxy that does this with each tunnel that it is asked for; its URL has a password. */
export async function startProxy(act: (request: IncomingMessage, socket: Socket) => void): Promise<string> {
  const server = createServer()
  server.on('connect', (request, socket) => {
    socket.on('error', () => {})
    act(request, socket as Socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return proxyAt((server.address() as AddressInfo).port)
}

export function proxyAt(port: number): string {
  return `http://${PROXY.user}:${PROXY.password}@127.0.0.1:${port}`
}
