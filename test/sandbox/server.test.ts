import { Agent, get } from 'node:http'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import { startTenant, temporaryFolder } from './support/tenant.ts'

test('the sandbox listens on any free port', async () => {
  const [one, two] = [await startTenant(), await startTenant()]
  expect(one.url).toBe(`http://127.0.0.1:${one.port}`)
  expect(one.port).not.toBe(two.port)
})

test('it is reached at 127.0.0.1 and at no other address', async () => {
  const { port } = await startTenant()
  const error = await new Promise(resolve => {
    get(`http://127.0.0.2:${port}/`, answer => resolve(answer.statusCode)).on('error', resolve)
  })
  expect(error).toBeInstanceOf(Error)
})

test('it listens on the port it is given, and says when that is taken', async () => {
  const { port } = await startTenant()
  await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test.each([
  ['GET', '/guardian'],
  ['GET', '/guardian/factors/'],
  ['POST', '/guardian/factors'],
  ['PATCH', '/guardian/policies'],
  ['PUT', '/risk-assessments/settings'],
  ['DELETE', '/tenants/settings'],
])('%s %s does not exist', async (method, path) => {
  const tenant = await startTenant()
  const { status, text } = await tenant.call(method, path)
  expect(status).toBe(404)
  expect(text).toBe('{"statusCode":404,"error":"Not Found","message":"Not Found"}')
})

test('answers are JSON in UTF-8', async () => {
  const tenant = await startTenant()
  const message = { enrollment_message: 'Grüezi', verification_message: '☎' }
  const { headers, body } = await tenant.put('/guardian/factors/phone/templates', message)
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(body).toEqual(message)
})

test('each request is told of once it is answered', async () => {
  const lines: object[] = []
  const tenant = await startTenant({ onRequest: line => lines.push(line) })
  await tenant.token({ grant_type: 'client_credentials', client_id: 'id', client_secret: 'secret' })
  await tenant.get('/tenants/settings?fields=flags')
  await tenant.put('/guardian/factors/otp', {})
  await tenant.call('GET', '/guardian/factors', undefined, {})
  const milliseconds = expect.any(Number)
  expect(lines).toEqual([
    { method: 'POST', path: '/oauth/token', status: 200, milliseconds },
    { method: 'GET', path: '/api/v2/tenants/settings?fields=flags', status: 200, milliseconds },
    { method: 'PUT', path: '/api/v2/guardian/factors/otp', status: 400, milliseconds },
    { method: 'GET', path: '/api/v2/guardian/factors', status: 401, milliseconds },
  ])
})

test('with a latency each answer waits; closed meanwhile, nothing is changed afterwards', async () => {
  const state = join(temporaryFolder(), 'sandbox.json')
  const slow = await startTenant({ state, latency: 700 })
  const written = slow.put('/guardian/policies', ['all-applications']).catch(() => 'ended')
  expect(await Promise.race([written, setTimeout(50, 'waiting')])).toBe('waiting')
  await slow.close()
  expect(await written).toBe('ended')
  await setTimeout(800)
  const tenant = await startTenant({ state, latency: 1 })
  expect((await tenant.get('/guardian/policies')).body).toEqual([])
})

test('close ends connections that are kept alive, and frees the port', async () => {
  const tenant = await startTenant()
  const agent = new Agent({ keepAlive: true })
  const ended = new Promise(resolve => agent.on('free', socket => socket.once('close', resolve)))
  const kept = new Promise((resolve, reject) => {
    agent.once('free', resolve)
    get(`${tenant.url}/api/v2/guardian/factors`, { agent }, answer => answer.resume()).on('error', reject)
  })
  await kept
  await tenant.close()
  await ended
  await startTenant({ port: tenant.port })
})
