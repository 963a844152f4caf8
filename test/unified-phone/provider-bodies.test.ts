import { describe, expect, test } from 'vitest'
import { json } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import {
  ACCOUNT,
  apply,
  brandingWrites,
  changes,
  command,
  findingsIn,
  giveProvider,
  HUSH,
  PROVIDERS,
  providersOf,
  sentFor,
  startUnified,
} from './support/tenant.ts'

const TYPES = 'enabled: true, message_types'
const phone = (inside: string): string => `factors: { otp: true, phone: { ${inside} } }`
const HAS = { sid: 'AC1', default_from: '+1555', delivery_methods: ['text'] }
const CUSTOM = { name: 'custom', disabled: false, credentials: {} }
const TWILIO = { name: 'twilio', disabled: false, credentials: { auth_token: HUSH } }

describe('a provider that is not there yet is created', () => {
  test.each<[name: string, inside: string, body: object]>([
    ['Twilio', `provider: twilio, ${ACCOUNT}`, { ...TWILIO, configuration: HAS }],
    [
      'for the message types of the file',
      `${TYPES}: [voice, sms], provider: twilio, ${ACCOUNT}`,
      { ...TWILIO, configuration: { ...HAS, delivery_methods: ['text', 'voice'] } },
    ],
    [
      'for voice alone',
      `${TYPES}: [voice], provider: twilio, ${ACCOUNT}`,
      { ...TWILIO, configuration: { ...HAS, delivery_methods: ['voice'] } },
    ],
    [
      'with a messaging service, and no number',
      'provider: twilio, twilio: { sid: AC1, auth_token: "${TOKEN}", from: null, messaging_service_sid: MG1 }',
      { ...TWILIO, configuration: { sid: 'AC1', mssid: 'MG1', delivery_methods: ['text'] } },
    ],
    ['disabled, by an account alone', ACCOUNT, { ...TWILIO, disabled: true, configuration: HAS }],
    ['an Action', 'provider: custom', { ...CUSTOM, configuration: { delivery_methods: ['text'] } }],
    [
      'for no types of a phone that is off',
      'enabled: false, message_types: [voice], provider: custom',
      { ...CUSTOM, configuration: { delivery_methods: ['text'] } },
    ],
  ])('%s', async (_, inside, body) => {
    const tenant = await startUnified()
    expect(await sentFor(tenant, phone(inside))).toStrictEqual([{ method: 'POST', path: PROVIDERS, body }])
    expect(await providersOf(tenant)).toHaveLength(1)
  })
})

describe('a provider that is there is changed', () => {
  test.each<[name: string, there: object, inside: string, body: object]>([
    ['whole', {}, 'twilio: { from: "+1777" }', { configuration: { ...HAS, default_from: '+1777' } }],
    [
      'with the token of the file',
      {},
      'twilio: { from: "+1777", auth_token: "${TOKEN}" }',
      { configuration: { ...HAS, default_from: '+1777' }, credentials: { auth_token: HUSH } },
    ],
    [
      'where the file clears',
      { configuration: { ...HAS, mssid: 'MG1' } },
      'twilio: { from: null }',
      { configuration: { sid: 'AC1', mssid: 'MG1', delivery_methods: ['text'] } },
    ],
    ['to another', {}, 'provider: custom', { name: 'custom', disabled: false, configuration: HAS }],
    [
      'to enabled, when it is named',
      { disabled: true },
      'provider: twilio',
      { name: 'twilio', disabled: false, configuration: HAS },
    ],
    [
      'and stays disabled when its account alone is',
      { disabled: true },
      'twilio: { sid: AC2 }',
      { configuration: { ...HAS, sid: 'AC2' } },
    ],
    [
      'to cover the message types',
      {},
      `${TYPES}: [voice], twilio: { sid: AC1 }`,
      { configuration: { ...HAS, delivery_methods: ['text', 'voice'] } },
    ],
  ])('%s', async (_, there, inside, body) => {
    const tenant = await startUnified()
    const { id } = await giveProvider(tenant, there)
    expect(await sentFor(tenant, phone(inside))).toStrictEqual([
      { method: 'PATCH', path: `${PROVIDERS}/${id}`, body },
    ])
    expect(await providersOf(tenant)).toHaveLength(1)
  })

  test.each([
    ['narrower message types', `${TYPES}: [sms], provider: twilio`],
    ['no message types', `${TYPES}: [], twilio: { sid: AC1 }`],
    ['a phone that goes off', 'enabled: false, message_types: [sms], provider: twilio'],
    ['a file that leaves the provider alone', `${TYPES}: [sms, voice]`],
    [
      'the same account',
      'provider: twilio, twilio: { sid: AC1, from: "+1555", messaging_service_sid: null }',
    ],
    ['a token alone', 'twilio: { auth_token: "${TOKEN}" }'],
  ])('not for %s', async (_, inside) => {
    const tenant = await startUnified()
    const configuration = { ...HAS, delivery_methods: ['voice', 'text'] }
    await giveProvider(tenant, { configuration })
    expect(await sentFor(tenant, phone(inside))).toEqual([])
    expect(await providersOf(tenant)).toMatchObject([{ configuration }])
  })

  test('not to cover the types of a phone that goes off', async () => {
    const tenant = await startUnified()
    await giveProvider(tenant)
    const file = phone('enabled: false, message_types: [sms, voice], provider: twilio')
    expect(await sentFor(tenant, file)).toEqual([])
  })

  test('by its id, which is no part of a path as it is', async () => {
    const tenant = await startUnified()
    await giveProvider(tenant)
    const rewrite = (answer: unknown) => {
      const { providers } = answer as { providers: object[] }
      return { providers: providers.map(provider => ({ ...provider, id: 'a/b?c' })) }
    }
    const proxy = await startFaults(tenant, [{ method: 'GET', path: PROVIDERS, rewrite }])
    await apply(proxy, phone('twilio: { sid: AC9 }'))
    expect(brandingWrites(proxy)[0]?.path).toBe(`${PROVIDERS}/a%2Fb%3Fc`)
  })

  test('the first, where all are disabled', async () => {
    const tenant = await startUnified()
    const { id } = await giveProvider(tenant, { disabled: true })
    await giveProvider(tenant, { disabled: true })
    const [write] = await sentFor(tenant, phone('twilio: { sid: AC4 }'))
    expect(write?.path).toBe(`${PROVIDERS}/${id}`)
  })
})

test('it covers the message types that the tenant has already, though the file names none', async () => {
  const tenant = await startUnified()
  await giveProvider(tenant, { disabled: true })
  await tenant.put('/guardian/factors/sms', { enabled: true })
  await tenant.put('/guardian/factors/phone/message-types', { message_types: ['sms', 'voice'] })
  const [write, ...others] = await sentFor(tenant, phone('provider: custom'))
  expect(others).toEqual([])
  expect(write?.body).toMatchObject({ configuration: { delivery_methods: ['text', 'voice'] } })
})

test('how it reaches a phone is a line of the plan for a provider that is there alone', async () => {
  const tenant = await startUnified()
  const file = phone(`${TYPES}: [voice, sms], provider: twilio, ${ACCOUNT}`)
  expect((await changes(tenant, file)).filter(line => line.includes('delivery_methods'))).toEqual([])
  await giveProvider(tenant)
  expect(await changes(tenant, file)).toContain('factors.phone.delivery_methods: ["text"] → ["text","voice"]')
})

test('the token cannot be compared: it is unverified, X03 says so, and --write-secrets sends it', async () => {
  const tenant = await startUnified()
  await giveProvider(tenant)
  const file = phone(`provider: twilio, ${ACCOUNT}`)
  const token = 'factors.phone.twilio.auth_token'
  const planned = await command(tenant, file, 'plan')
  expect(json(planned)).toMatchObject({ unverified: [token] })
  expect(findingsIn(planned)).toContainEqual(expect.objectContaining({ check: 'X03', path: token }))
  expect(await sentFor(tenant, file)).toEqual([])
  for (const _ of [1, 2]) {
    const [write, ...others] = await sentFor(tenant, file, { args: ['--write-secrets'] })
    expect(others).toEqual([])
    expect(write?.body).toStrictEqual({ ...TWILIO, configuration: HAS })
  }
})

test.each([
  ['plan', [], 0],
  ['apply', ['--yes', '--snapshot', 'none'], 4],
  ['doctor', [], 0],
])('the token is in no output of %s, not even from a refusal', async (name, args, code) => {
  const body = JSON.stringify({ statusCode: 400, error: 'Bad Request', message: `No such token: ${HUSH}` })
  const faults = [{ method: 'POST', path: PROVIDERS, answer: { status: 400, body } }]
  const proxy = await startFaults(await startUnified(), faults)
  // `command` throws where it finds the token.
  const outcome = await command(proxy, phone(`provider: twilio, ${ACCOUNT}`), name, ...args)
  expect(outcome.code).toBe(code)
})
