import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { selfSigned } from '../support/tls.ts'
import { closedPort, startServer } from '../tenant/support/server.ts'
import { runProgram } from './support/program.ts'

const CERTIFICATE = selfSigned()
const FILES = { 'mfa-config.yaml': 'policy: never\n', 'ca.pem': CERTIFICATE.cert }
const TRUSTED = { NODE_EXTRA_CA_CERTS: 'ca.pem' }

/** A proxy that leads wherever it is asked to, or answers every request with a status; it tells what it was asked. */
async function startProxy(refusal?: number) {
  const asked: { to: string; authorization: string | undefined }[] = []
  const sockets = new Set<Socket>()
  const server = createServer((_, response) => response.writeHead(500).end())
  server.on('connect', ({ url = '', headers }: IncomingMessage, client: Socket) => {
    asked.push({ to: url, authorization: headers['proxy-authorization'] })
    if (refusal !== undefined) return void client.end(`HTTP/1.1 ${refusal} No\r\ncontent-length: 0\r\n\r\n`)
    const [host, port] = url.split(':')
    const onward = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(client).pipe(onward)
    })
    for (const socket of [client, onward]) sockets.add(socket.on('error', () => socket.destroy()))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { host: `127.0.0.1:${port}`, asked }
}

async function planThrough(proxyEnv: (host: string) => Record<string, string>, refusal?: number) {
  const [server, proxy] = [await startServer({}, CERTIFICATE), await startProxy(refusal)]
  const env = { ...TRUSTED, ...server.env, ...proxyEnv(proxy.host) }
  return { server, proxy, ...(await runProgram(['plan'], { env, files: FILES })) }
}

describe('requests go through the proxy that the environment names', () => {
  test.each<[string, (host: string) => Record<string, string>]>([
    ['HTTPS_PROXY', host => ({ HTTPS_PROXY: `http://${host}` })],
    ['https_proxy', host => ({ https_proxy: `http://${host}/` })],
    ['ALL_PROXY', host => ({ ALL_PROXY: `http://${host}` })],
    ['HTTPS_PROXY, without a scheme', host => ({ HTTPS_PROXY: host })],
    ['HTTPS_PROXY, for all but another host', host => ({ HTTPS_PROXY: host, NO_PROXY: 'auth0.com,.local' })],
  ])('%s', async (_, proxyEnv) => {
    const { server, proxy, code, err } = await planThrough(proxyEnv)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(server.lines()).toEqual(['POST /oauth/token', 'GET /guardian/policies'])
    expect(proxy.asked.length).toBeGreaterThan(0)
    expect(new Set(proxy.asked.map(({ to }) => to))).toEqual(new Set([server.name]))
  })

  test('with the name and password that stand there', async () => {
    const { proxy, code } = await planThrough(host => ({ HTTPS_PROXY: `http://me:p%40ss@${host}` }))
    expect(code).toBe(0)
    expect(proxy.asked[0]?.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`)
  })
})

describe('they do not where the host is excepted', () => {
  test.each([
    ['NO_PROXY', { NO_PROXY: 'auth0.com,localhost' }],
    ['no_proxy', { no_proxy: 'localhost' }],
    ['NO_PROXY, all hosts', { NO_PROXY: '*' }],
  ])('%s', async (_, except) => {
    const { server, proxy, code } = await planThrough(host => ({ HTTPS_PROXY: `http://${host}`, ...except }))
    expect(code).toBe(0)
    expect(server.got).toHaveLength(2)
    expect(proxy.asked).toEqual([])
  })

  test('a sandbox on this machine, over HTTP', async () => {
    const [server, proxy] = [await startServer(), await startProxy()]
    const { code } = await runProgram(['plan'], {
      env: { ...server.env, HTTPS_PROXY: `http://${proxy.host}`, HTTP_PROXY: `http://${proxy.host}` },
      files: FILES,
    })
    expect(code).toBe(0)
    expect(server.got).toHaveLength(2)
    expect(proxy.asked).toEqual([])
  })
})

describe('a proxy that fails is said to be what failed', () => {
  test.each([403, 407, 502])('by its answer %i', async status => {
    const { server, proxy, code, err } = await planThrough(host => ({ HTTPS_PROXY: host }), status)
    expect(err).toBe(`Error: ${server.name} cannot be reached: the proxy answered ${status}.\n`)
    expect(code).toBe(1)
    expect(proxy.asked).toHaveLength(1)
    expect(server.got).toEqual([])
  })

  test('by not being there, without its password', async () => {
    const server = await startServer({}, CERTIFICATE)
    const host = `127.0.0.1:${await closedPort()}`
    const { code, err } = await runProgram(['plan', '--debug'], {
      env: { ...server.env, ...TRUSTED, HTTPS_PROXY: `http://me:hidden-word@${host}` },
      files: FILES,
    })
    expect(err).toMatch(
      new RegExp(
        `Error: ${server.name} cannot be reached: its proxy ${host} gives no connection \\(ECONNREFUSED\\)\\.\n$`,
      ),
    )
    expect(err).not.toMatch('hidden-word')
    expect(code).toBe(1)
  })

  test('by being no URL, without its password', async () => {
    const server = await startServer({}, CERTIFICATE)
    const { code, err } = await runProgram(['plan', '--debug'], {
      env: { ...server.env, ...TRUSTED, HTTPS_PROXY: 'http://me:hidden-word@:port' },
      files: FILES,
    })
    expect(err).toMatch(
      new RegExp(`Error: ${server.name} cannot be reached: what HTTPS_PROXY names is no URL\\.\n$`),
    )
    expect(err).not.toMatch('hidden-word')
    expect(code).toBe(1)
  })
})
