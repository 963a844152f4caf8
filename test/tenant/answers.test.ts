import { describe, expect, test } from 'vitest'
import { CATALOGUES, type Catalogue } from '../../src/settings/catalogue.ts'
import { json, run } from '../support/cli.ts'
import { connectTo } from './support/api.ts'
import { FULL_FILE } from './support/full-file.ts'
import { type Act, factorsWith, startServer } from './support/server.ts'

/** JSON that no resource answers with. */
const SHAPES: [string][] = [
  null,
  {},
  [],
  [null],
  [[]],
  [{}],
  'text',
  5,
  true,
  { message_types: 'sms', provider: [], auth_token: {}, bundle_id: 5, flags: [], userVerification: null },
].map(shape => [JSON.stringify(shape)])

const MORE = `
session: { display_remember_me_checkbox: true }
risk: { enabled: true, new_device: { remember_for: 30 } }
enrollment: { show_factor_list: true }
`

describe('an answer that is no JSON is told with the request it was for', () => {
  test.each<[string, Act, string]>([
    ['a web page', { body: '<!doctype html><title>Log in</title>' }, '200 with a web page'],
    ['a web page after a line end', { body: '\r\n <html>' }, '200 with a web page'],
    ['an empty body', { body: '' }, '200 with an empty body'],
    ['an empty body of another kind', { status: 201, body: '' }, '201 with an empty body'],
    ['half of its JSON', { body: '["all-appl' }, '200 with something that is no JSON'],
    ['text', { body: 'OK', headers: { 'content-type': 'text/plain' } }, '200 with something that is no JSON'],
  ])('%s', async (_, act, got) => {
    const server = await startServer({ 'GET /guardian/policies': act })
    const outcome = await run(['plan', '-c', '-', '--json'], {
      env: server.env,
      stdin: 'policy: always',
    })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'api_error',
        problems: [
          {
            path: 'policy',
            message: `GET /guardian/policies: the server answered ${got}. Is the domain that of an Auth0 tenant?`,
          },
        ],
      },
    })
    expect(outcome.waits).toEqual([])
  })

  test('after a write it is a write that failed', async () => {
    const server = await startServer({
      'GET /guardian/factors': [factorsWith(), factorsWith('otp')],
      'PUT /guardian/policies': { body: '<html>' },
    })
    const outcome = await run(['apply', '--yes', '-c', '-', '--json', '--allow', 'F01'], {
      env: server.env,
      stdin: 'policy: always\nfactors: { otp: true }',
    })
    expect(outcome.code).toBe(4)
    expect(json(outcome)).toMatchObject({
      applied: [{ path: 'factors.otp.enabled' }],
      failed: [
        {
          path: 'policy',
          error: expect.stringMatching(/^PUT \/guardian\/policies: .* 200 with a web page\./),
        },
      ],
    })
  })
})

test('an answer is read as UTF-8, however it is cut', async () => {
  const text = JSON.stringify({ enrollment_message: 'Grüezi ☎ 👋' })
  const bytes = Buffer.from(text)
  const server = await startServer({
    'GET /guardian/factors/phone/templates': async response => {
      response.writeHead(200)
      for (const byte of bytes) {
        await new Promise(resolve => response.write(Buffer.of(byte), resolve))
      }
      response.end()
    },
  })
  const { api } = await connectTo(server)
  expect(await api.request('GET', '/guardian/factors/phone/templates')).toEqual(JSON.parse(text))
})

test('a body is sent as JSON in UTF-8, with its length in bytes', async () => {
  const server = await startServer()
  const { api } = await connectTo(server)
  await api.request('PUT', '/guardian/factors/phone/templates', { enrollment_message: 'Grüezi ☎' })
  const [got] = server.got
  expect(got?.body).toBe('{"enrollment_message":"Grüezi ☎"}')
  expect(got?.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '36' })
})

test('204 says nothing', async () => {
  const server = await startServer({ 'GET /guardian/policies': { status: 204, body: '' } })
  const { api } = await connectTo(server)
  expect(await api.request('GET', '/guardian/policies')).toBeUndefined()
})

test('the SDK and plain requests go the same way: one rate limit, one token, one user agent', async () => {
  const server = await startServer()
  const { api } = await connectTo(server)
  await (await api.guardian()).factors.list()
  await api.request('GET', '/prompts/mfa-push')
  const headers = server.got.map(({ headers: { authorization, 'user-agent': agent, accept } }) => ({
    authorization,
    agent,
    accept,
  }))
  expect(headers[0]).toEqual({
    authorization: 'Bearer opaque-1234567890',
    agent: 'mfa-config',
    accept: 'application/json',
  })
  expect(headers[1]).toEqual(headers[0])
})

describe('an answer of another shape never ends in a crash', () => {
  const pathsOf = ({ settings }: Catalogue): string[] => [
    ...new Set(settings.flatMap(({ read }) => read?.path ?? [])),
  ]
  const kinds = Object.values(CATALOGUES).map(pathsOf)
  const paths = kinds.flat()

  test.each<[string]>(SHAPES)('%s from every resource', async body => {
    const script = Object.fromEntries(paths.map(path => [`GET ${path}`, { body }]))
    const server = await startServer(script)
    const outcome = await run(['show', '--json'], { env: server.env })
    expect(outcome.code).toBe(0)
    expect(json(outcome)).toMatchObject({ format: 'mfa-config/show/1' })
    // Of one kind of tenant or the other, by what the answer seems to say.
    const expected = kinds.map(paths => paths.map(path => `GET ${path}`).sort())
    expect(expected).toContainEqual(server.lines().slice(1).sort())
  })

  test.each<[string]>(SHAPES)('%s, to a plan of everything', async body => {
    const script = Object.fromEntries(paths.map(path => [`GET ${path}`, { body }]))
    const server = await startServer(script)
    const env = { TWILIO_AUTH_TOKEN: 'a', AWS_SECRET: 'b', FCM_SERVER_KEY: 'c', DUO_SKEY: 'd' }
    const outcome = await run(['plan', '--json', '--write-secrets'], {
      env: { ...server.env, ...env },
      files: { 'mfa-config.yaml': `${FULL_FILE}${MORE}`, 'push.p12': 'cDEy', 'firebase.json': '{}' },
    })
    expect([0, 1]).toContain(outcome.code)
    expect(json(outcome).format).toMatch(/^mfa-config\/(plan|error)\/1$/)
  })

  test.each(['/guardian/factors', '/guardian/policies'])('%s is told, with its name', async path => {
    const server = await startServer({ [`GET ${path}`]: { body: { surprise: true } } })
    const outcome = await run(['plan', '-c', '-', '--json'], {
      env: server.env,
      stdin: 'policy: always\nfactors: { otp: true }',
    })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'api_error',
        problems: [
          {
            message: `The answer to GET ${path} is not what the Management API documents. Is this an Auth0 tenant?`,
          },
        ],
      },
    })
  })
})
