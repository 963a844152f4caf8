import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { selfSigned } from '../support/tls.ts'
import { startServer } from '../tenant/support/server.ts'
import { runProgram } from './support/program.ts'

const FILE = 'policy: always\nfactors: { otp: true, recovery-code: true }\n'
const CERTIFICATE = selfSigned()
const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
const FILES = { 'mfa-config.yaml': FILE, 'ca.pem': CERTIFICATE.cert, 'key.pem': KEY }
const TRUSTED = { NODE_EXTRA_CA_CERTS: 'ca.pem' }

describe('a tenant behind HTTPS with a certificate of its own', () => {
  const reads = ['GET /guardian/factors', 'GET /guardian/policies']

  test.each<[string, Record<string, string>, string[]]>([
    [
      "a client's secret",
      { AUTH0_CLIENT_ID: 'client', AUTH0_CLIENT_SECRET: 'secret' },
      ['POST /oauth/token', ...reads],
    ],
    [
      'a private key',
      { AUTH0_CLIENT_ID: 'client', AUTH0_CLIENT_SIGNING_KEY_PATH: 'key.pem' },
      ['POST /oauth/token', ...reads],
    ],
    ['an access token', { AUTH0_ACCESS_TOKEN: 'opaque-1234567890' }, reads],
  ])('is planned for with %s', async (_, credentials, requests) => {
    const server = await startServer({}, CERTIFICATE)
    const { code, out, err } = await runProgram(['plan', '--detailed-exitcode'], {
      env: { ...TRUSTED, ...credentials, AUTH0_DOMAIN: server.name },
      files: FILES,
    })
    expect(err).toBe('')
    expect(code).toBe(2)
    expect(out).toMatch(new RegExp(`^${server.name}\n\n  ~ factors\\.otp\\.enabled +off → on\n`))
    expect(out).toMatch(/3 changes in 3 requests/)
    // The two reads are under way at once, after the token request where there is one.
    const before = requests.length - reads.length
    const lines = server.lines()
    expect([...lines.slice(0, before), ...lines.slice(before).sort()]).toEqual(requests)
  })

  test('is applied to', async () => {
    let otp = false
    const server = await startServer(
      {
        'GET /guardian/factors': response =>
          void response.end(JSON.stringify([{ name: 'otp', enabled: otp }])),
        'PUT /guardian/factors/otp': (response, { body }) => {
          otp = JSON.parse(body).enabled
          response.end(body)
        },
      },
      CERTIFICATE,
    )
    const { code, out } = await runProgram(['apply', '--yes', '-c', '-'], {
      env: { ...server.env, ...TRUSTED },
      files: FILES,
      stdin: 'factors: { otp: true }',
    })
    expect(out).toMatch(/1 change applied, read back and as it should be\.\n$/)
    expect(code).toBe(0)
    expect(otp).toBe(true)
  })
})

describe('what does not let itself be trusted gets nothing', () => {
  test.each([
    [
      'a certificate that nobody vouches for',
      {},
      {},
      'its certificate is signed by itself; NODE_EXTRA_CA_CERTS can name one to trust',
    ],
    [
      'a certificate for another host',
      { names: ['other.test'], addresses: [] },
      TRUSTED,
      'its certificate is for another host',
    ],
    [
      'a certificate of yesterday',
      { until: new Date(Date.now() - 3_600_000) },
      TRUSTED,
      'its certificate has expired',
    ],
  ])('%s', async (_, wanted, env, sentence) => {
    const certificate = selfSigned(wanted)
    const server = await startServer({}, certificate)
    const { code, out, err } = await runProgram(['plan'], {
      env: { ...server.env, ...env },
      files: { ...FILES, 'ca.pem': certificate.cert },
    })
    expect(err).toBe(`Error: ${server.name} cannot be reached: ${sentence}.\n`)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(server.got).toEqual([])
  })

  test('a server that speaks no TLS', async () => {
    const server = await startServer()
    const { code, err } = await runProgram(['plan'], {
      env: { ...server.env, AUTH0_DOMAIN: server.name },
      files: FILES,
    })
    expect(err).toBe(
      `Error: ${server.name} cannot be reached: it does not speak TLS; a sandbox on this machine is named with http://.\n`,
    )
    expect(code).toBe(1)
    expect(server.got).toEqual([])
  })

  test('plain HTTP to another machine', async () => {
    const { code, out, err } = await runProgram(['plan', '--json'], {
      env: { AUTH0_DOMAIN: 'http://acme.eu.auth0.com', AUTH0_ACCESS_TOKEN: 'opaque-1234567890' },
      files: FILES,
    })
    expect(JSON.parse(out)).toMatchObject({
      error: {
        code: 'usage',
        message:
          'AUTH0_DOMAIN is "http://acme.eu.auth0.com": without TLS only this machine is spoken to. Use https.',
      },
    })
    expect({ code, err }).toEqual({ code: 1, err: '' })
  })
})
