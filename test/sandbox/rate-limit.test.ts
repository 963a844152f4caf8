import { expect, test } from 'vitest'
import { startTenant } from './support/tenant.ts'

const start = 1_800_000_000_000

test('every answer tells of the limit', async () => {
  const tenant = await startTenant({ now: () => start })
  const answers = [
    await tenant.get('/guardian/factors'),
    await tenant.get('/no/such/path'),
    await tenant.put('/guardian/policies', 'no'),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 400])
  expect(answers.map(({ headers }) => headers.get('x-ratelimit-limit'))).toEqual(['50', '50', '50'])
  expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['49', '48', '47'])
  for (const { headers } of answers) expect(headers.get('x-ratelimit-reset')).toBe(String(start / 1000 + 1))
})

test('the limit is refilled as time passes, up to the burst', async () => {
  let now = start
  const tenant = await startTenant({ now: () => now })
  const remaining = async () => (await tenant.get('/guardian/factors')).headers.get('x-ratelimit-remaining')
  for (let request = 0; request < 10; request++) await remaining()
  now += 250
  expect(await remaining()).toBe('43')
  now += 60_000
  expect(await remaining()).toBe('49')
})

test('without enforcement the bucket never looks empty', async () => {
  const tenant = await startTenant({ plan: 'free', now: () => start })
  for (let request = 0; request < 5; request++) {
    const { status, headers } = await tenant.get('/guardian/factors')
    expect(status).toBe(200)
    expect(headers.get('x-ratelimit-limit')).toBe('2')
    expect(headers.get('x-ratelimit-remaining')).toBe('1')
  }
})

test('with enforcement an empty bucket is 429, until it is refilled', async () => {
  let now = start
  const tenant = await startTenant({ plan: 'free', enforceRateLimit: true, now: () => now })
  const first = await tenant.put('/guardian/policies', ['all-applications'])
  const second = await tenant.get('/guardian/policies')
  const third = await tenant.put('/guardian/policies', [])
  expect([first.status, second.status, third.status]).toEqual([200, 200, 429])
  expect(second.headers.get('x-ratelimit-remaining')).toBe('0')
  expect(third.text).toBe(
    '{"statusCode":429,"error":"Too Many Requests","message":"Global limit has been reached","errorCode":"too_many_requests"}',
  )
  const reset = Number(third.headers.get('x-ratelimit-reset')) * 1000
  expect(reset).toBe(start + 1000)
  now = reset
  expect(await tenant.get('/guardian/policies')).toMatchObject({ status: 200, body: ['all-applications'] })
})

test('the token endpoint is outside of the limit', async () => {
  const tenant = await startTenant({ plan: 'free', enforceRateLimit: true, now: () => start })
  const body = { grant_type: 'client_credentials', client_id: 'id', client_secret: 'secret' }
  for (let request = 0; request < 4; request++) expect((await tenant.token(body)).status).toBe(200)
})
