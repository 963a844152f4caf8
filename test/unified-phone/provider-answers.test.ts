import { describe, expect, test } from 'vitest'
import { json, type Outcome, run } from '../support/cli.ts'
import { type Faults, startFaults } from '../support/faults.ts'
import type { TestTenant } from '../support/sandbox.ts'
import {
  ACCOUNT,
  brandingWrites,
  changes,
  command,
  giveProvider,
  PROVIDERS,
  providersOf,
  startUnified,
} from './support/tenant.ts'

const SAME_ACCOUNT = 'twilio: { sid: AC1, from: "+1555" }'

/** A tenant with the unified phone experience, and what it sees of every request. */
async function start(tenant?: TestTenant): Promise<{ tenant: TestTenant; proxy: Faults }> {
  const there = tenant ?? (await startUnified())
  return { tenant: there, proxy: await startFaults(there) }
}

/** The file of a phone. */
function phone(inside: string): string {
  return `factors: { phone: { ${inside} } }`
}

/** `apply` with nothing accepted but what `args` say. */
function apply(
  there: { readonly env: Record<string, string> },
  file: string,
  ...args: string[]
): Promise<Outcome> {
  return command(there, file, 'apply', '--yes', '--snapshot', 'none', ...args)
}

describe('a provider that the tenant does not have', () => {
  test('has no token where the file has none', async () => {
    const { proxy } = await start()
    const done = await apply(proxy, phone(`provider: twilio, ${SAME_ACCOUNT}`), '--allow', 'H07')
    expect(done.code).toBe(0)
    expect(brandingWrites(proxy)).toMatchObject([{ method: 'POST', body: { credentials: {} } }])
  })

  test('that the API refuses is a write that failed', async () => {
    const { proxy } = await start(await startUnified({ actions: [] }))
    const done = await apply(proxy, phone('provider: custom'), '--allow', 'H08')
    expect(done.code).toBe(4)
    expect(json(done)).toMatchObject({
      failed: [
        { path: 'factors.phone.provider', error: expect.stringContaining('Custom phone provider conflict') },
      ],
      error: { code: 'apply_incomplete' },
    })
  })
})

describe('a provider that the tenant has', () => {
  test('that is not disabled counts, where there are several', async () => {
    const { tenant, proxy } = await start()
    await giveProvider(tenant, { disabled: true })
    const { id } = await giveProvider(tenant, {
      configuration: { sid: 'AC9', default_from: '+1999', delivery_methods: ['text'] },
    })
    const file = phone('provider: twilio, twilio: { sid: AC9 }')
    expect(await changes(tenant, file)).toEqual([])
    expect((await apply(proxy, phone('twilio: { sid: AC8 }'))).code).toBe(0)
    expect(brandingWrites(proxy)).toMatchObject([{ path: `${PROVIDERS}/${id}` }])
  })

  test('keeps what this version does not know of its configuration', async () => {
    const known = { sid: 'AC1', default_from: '+1555', delivery_methods: ['text'] }
    const tenant = await startUnified()
    const { id } = await giveProvider(tenant)
    const future = { from_the_future: { deep: [1] }, nothing: null }
    const proxy = await startFaults(tenant, [
      {
        method: 'GET',
        path: PROVIDERS,
        rewrite: () => ({
          providers: [{ id, name: 'twilio', disabled: false, configuration: { ...known, ...future } }],
        }),
      },
      { method: 'PATCH', path: `${PROVIDERS}/${id}`, answer: { status: 200, body: '{}' } },
    ])
    await apply(proxy, phone('twilio: { sid: AC2 }'))
    expect(brandingWrites(proxy)[0]?.body).toEqual({
      configuration: { ...known, sid: 'AC2', from_the_future: { deep: [1] } },
    })
  })

  test.each([
    `Payload validation error: 'Additional properties not allowed: from_the_future' on property configuration.`,
    `Payload validation error: 'Data does not match any schemas from 'anyOf'' on property configuration.`,
  ])('and does without that where the API says %j', async message => {
    const tenant = await startUnified()
    const { id } = await giveProvider(tenant)
    const proxy = await startFaults(tenant, [
      {
        method: 'GET',
        path: PROVIDERS,
        rewrite: answer => {
          const { providers } = answer as { providers: { configuration: object }[] }
          return {
            providers: providers.map(one => ({
              ...one,
              configuration: { ...one.configuration, from_the_future: 1 },
            })),
          }
        },
      },
      {
        method: 'PATCH',
        path: `${PROVIDERS}/${id}`,
        nth: 1,
        answer: { status: 400, body: JSON.stringify({ statusCode: 400, error: 'Bad Request', message }) },
      },
    ])
    const done = await apply(proxy, phone('twilio: { sid: AC2 }'))
    expect(done.code).toBe(0)
    expect(brandingWrites(proxy).map(({ body }) => body)).toEqual([
      {
        configuration: { sid: 'AC2', default_from: '+1555', delivery_methods: ['text'], from_the_future: 1 },
      },
      { configuration: { sid: 'AC2', default_from: '+1555', delivery_methods: ['text'] } },
    ])
  })
})

describe('how a provider reaches a phone', () => {
  const METHODS = 'factors.phone.delivery_methods'
  const both = { configuration: { sid: 'AC1', default_from: '+1555', delivery_methods: ['text', 'voice'] } }

  test('is widened by message types, and the plan shows it', async () => {
    const { tenant, proxy } = await start()
    const { id } = await giveProvider(tenant)
    const file = phone(`enabled: true, message_types: [voice], provider: twilio, ${SAME_ACCOUNT}`)
    const planned = await command(tenant, file, 'plan')
    expect(json(planned).changes).toContainEqual({
      path: METHODS,
      before: ['text'],
      after: ['text', 'voice'],
    })
    const done = await apply(proxy, file)
    expect(done.code).toBe(0)
    expect(json(done)).toMatchObject({ verified: true })
    expect(json(done).applied).toContainEqual({ path: METHODS, before: ['text'], after: ['text', 'voice'] })
    expect(brandingWrites(proxy)).toMatchObject([
      { path: `${PROVIDERS}/${id}`, body: { configuration: { delivery_methods: ['text', 'voice'] } } },
    ])
    expect(proxy.writes()[0]).toBe(`PATCH ${PROVIDERS}/${id}`)
    expect(await changes(tenant, file)).toEqual([])
  })

  test('is in no file: show does not say it, and a file cannot', async () => {
    const tenant = await startUnified()
    await giveProvider(tenant, both)
    for (const format of ['yaml', 'json', 'table'])
      expect((await run(['show', '--format', format], { env: tenant.env })).out).not.toContain(
        'delivery_methods',
      )
    const refused = await command(tenant, phone('delivery_methods: [text]'), 'plan')
    expect(json(refused)).toMatchObject({ error: { problems: [{ path: METHODS }] } })
  })
})

describe('a provider whose creation has no answer', () => {
  const writes = (proxy: Faults): string[] =>
    brandingWrites(proxy).map(({ method, path }) => `${method} ${path}`)

  test.each([
    ['that is chosen', phone(`provider: twilio, ${ACCOUNT}`)],
    ['that is an account alone', phone(ACCOUNT)],
  ])('is looked for, and not created twice: one %s', async (_, file) => {
    const tenant = await startUnified()
    const proxy = await startFaults(tenant, [
      { method: 'POST', path: PROVIDERS, nth: 1, delivered: true, closed: true },
    ])
    const done = await apply(proxy, file)
    expect(done.code).toBe(0)
    expect(json(done)).toMatchObject({ verified: true, failed: [], notAttempted: [] })
    expect(writes(proxy)).toEqual([`POST ${PROVIDERS}`])
    expect(
      proxy.seen.findLastIndex(({ method, path }) => method === 'GET' && path === PROVIDERS),
    ).toBeGreaterThan(proxy.seen.findIndex(({ method }) => method === 'POST'))
    expect(await providersOf(tenant)).toHaveLength(1)
    expect(await changes(tenant, file)).toEqual([])
  })

  test('is created again where it was not', async () => {
    const tenant = await startUnified()
    const proxy = await startFaults(tenant, [
      { method: 'POST', path: PROVIDERS, nth: 1, delivered: false, closed: true },
    ])
    expect((await apply(proxy, phone(`provider: twilio, ${ACCOUNT}`))).code).toBe(0)
    expect(writes(proxy)).toEqual([`POST ${PROVIDERS}`, `POST ${PROVIDERS}`])
    expect(await providersOf(tenant)).toHaveLength(1)
  })

  test('is changed where what is there by then is another', async () => {
    const tenant = await startUnified()
    const proxy = await startFaults(tenant, [
      {
        method: 'POST',
        path: PROVIDERS,
        nth: 1,
        delivered: false,
        closed: true,
        hook: async () => void (await giveProvider(tenant, { name: 'custom' })),
      },
    ])
    expect((await apply(proxy, phone(`provider: twilio, ${ACCOUNT}`))).code).toBe(0)
    const [one, ...others] = await providersOf(tenant)
    expect(others).toEqual([])
    expect(one).toMatchObject({ name: 'twilio', disabled: false })
    expect(writes(proxy)).toEqual([`POST ${PROVIDERS}`, `PATCH ${PROVIDERS}/${one?.id}`])
  })

  test('is in doubt where nothing answers any more', async () => {
    const tenant = await startUnified()
    const proxy = await startFaults(tenant, [
      { method: 'POST', path: PROVIDERS, lasting: 'every', delivered: true, closed: true },
    ])
    const done = await apply(proxy, phone(`provider: twilio, ${ACCOUNT}`))
    expect(done.code).toBe(4)
    expect(done.out).toContain('It may have been made all the same.')
    expect(writes(proxy)).toEqual([`POST ${PROVIDERS}`])
  })
})

test('each write is checked to be allowed before the first one', async () => {
  const tenant = await startUnified()
  const reads = ['tenant_settings', 'guardian_factors', 'phone_providers', 'actions'].map(
    name => `read:${name}`,
  )
  const withToken = async (more: string) => ({
    env: { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: await tenant.token(...reads, more) },
  })
  const lacks = (scope: string) => ({
    error: {
      code: 'scope_missing',
      problems: expect.arrayContaining([
        {
          path: 'factors.phone.twilio.sid',
          message: `Writing it needs the scope ${scope}, which the token lacks.`,
        },
      ]),
    },
  })
  const [may, mayNot] = [await withToken('create:phone_providers'), await withToken('update:phone_providers')]
  const file = phone(`provider: twilio, ${ACCOUNT}`)
  expect(json(await apply(mayNot, file))).toMatchObject(lacks('create:phone_providers'))
  expect(await providersOf(tenant)).toEqual([])
  expect((await apply(may, file)).code).toBe(0)
  const other = phone('twilio: { sid: AC2 }')
  expect(json(await apply(may, other))).toMatchObject(lacks('update:phone_providers'))
  expect((await apply(mayNot, other)).code).toBe(0)
})
