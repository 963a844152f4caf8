import { describe, expect, test } from 'vitest'
import { CATALOGUES, type Entry } from '../../src/settings/catalogue.ts'
import type { Value } from '../../src/settings/field.ts'
import type { PhoneExperience } from '../../src/settings/phone-experience.ts'
import { ALLOW_ALL } from '../support/allow.ts'
import { makeTenant } from '../support/api.ts'
import type { Outcome } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant } from '../support/sandbox.ts'
import { entriesOf, everyValue, fileOf, KINDS, kindOf, samplesOf } from '../support/values.ts'
import { changeTenant } from './support/change-tenant.ts'
import { type Desk, deskOf, parseSaved, writesOf } from './support/desk.ts'

type Values = Readonly<Record<string, Value>>

const TYPES = 'factors.phone.message_types'
const PROVIDER = 'factors.phone.provider'
const FROM = 'factors.phone.twilio.from'
const DERIVED = 'factors.phone.delivery_methods'

/** What the API can be asked for, by kind of tenant; what both kinds have is asked for in one of them. */
const CASES = KINDS.flatMap(phone =>
  entriesOf(phone)
    .filter(({ field }) => !field.writeOnly)
    .filter(({ path }) => phone === 'legacy' || path.startsWith('factors.phone.'))
    .map(entry => [phone, entry.path, entry] as const),
)

/** The first of each API resource. */
const ONE_OF_EACH = CASES.filter(
  ([, , { setting }], index) => CASES.findIndex(([, , other]) => other.setting === setting) === index,
)

/** What it cannot be asked for. */
function writeOnlyOf(phone: PhoneExperience): Entry[] {
  return entriesOf(phone).filter(({ field }) => field.writeOnly)
}

/** A tenant that has one value and all that this needs, with the API resource around it set as well. */
async function tenantWith(phone: PhoneExperience, entry: Entry, value: Value) {
  const { url } = await startTenant(kindOf(phone))
  const provider = phone === 'unified' ? CATALOGUES.unified.entryAt(PROVIDER)?.setting : undefined
  const has = everyValue(0, phone).set(entry.path, value)
  for (const other of entriesOf(phone)) {
    const isAround = other.setting === entry.setting || other.setting === provider
    const isNeeded = isAround || other.path === entry.setting.onlyWhile
    const isSlow = other.field.secret && other !== entry
    if (!isNeeded || isSlow) has.delete(other.path)
  }
  if (entry.path === TYPES) has.set(TYPES, ['sms', 'voice'])
  await makeTenant(url, has, phone)
  // The provider delivers all of them by now, so that any can be chosen.
  if (entry.path === TYPES) await changeTenant(url, new Map([[TYPES, value]]), phone)
  return { url, desk: deskOf({ AUTH0_DOMAIN: url, AUTH0_ACCESS_TOKEN: 'test' }) }
}

/** Saves the plan of a file that says these values. */
async function plan({ desk, url }: { desk: Desk; url: string }, says: Values): Promise<void> {
  const { text, env } = fileOf(new Map(Object.entries(says)))
  const planned = await desk.with({ ...env, AUTH0_DOMAIN: url, AUTH0_ACCESS_TOKEN: 'test' }).plan(text)
  expect(planned.code, planned.err).toBe(0)
}

/** The paths that a saved plan changes. */
function changedIn(text: string): string[] {
  const { changes } = parseSaved(text).only.plan as { changes: { path: string }[] }
  return changes.map(({ path }) => path)
}

/** Applies the saved plan, with a file that says these values. */
function apply(
  { desk, url }: { desk: Desk; url: string },
  says: Values,
  ...args: readonly string[]
): Promise<Outcome> {
  const { text, env } = fileOf(new Map(Object.entries(says)))
  return desk.with({ ...env, AUTH0_DOMAIN: url, AUTH0_ACCESS_TOKEN: 'test' }).apply(text, ...args)
}

/** It was refused, nothing was sent but reads, and a line of standard error says of the path what is the matter. */
function expectStale(outcome: Outcome, path: string, matter: (path: string) => RegExp): void {
  expect(outcome.code, outcome.err).toBe(5)
  expect(writesOf(outcome)).toEqual([])
  expect(outcome.out).toBe('')
  expect(outcome.err).toMatch(matter(path.replaceAll('.', '\\.')))
}

const inTenant = (path: string) =>
  new RegExp(
    `^ {2}${path} {2}(was .+ when the plan was made, and is .+ now|is another one than when .+)\\.$`,
    'm',
  )
const whether = (path: string, before: boolean) =>
  new RegExp(
    `^ {2}${path} {2}was .+ when the plan was made, and is ${before ? 'not set' : '••••••'} now\\.$`,
    'm',
  )
const inFile = (path: string) =>
  new RegExp(
    `^ {2}standard input(:\\d+:\\d+)? {2}${path}: is something else in the file than when .+\\.$`,
    'm',
  )

describe('a plan is refused where there has been a change of', () => {
  test.each(CASES)('%s: %s', async (phone, path, entry) => {
    const [one, two, ...others] = samplesOf(entry, phone)
    const tenant = await tenantWith(phone, entry, one)
    const change = (value: Value) => changeTenant(tenant.url, new Map([[path, value]]), phone)

    for (const [before, after, third] of [
      [one, two, others.slice(0, 1)],
      [two, one, []],
    ] as const) {
      await plan(tenant, { [path]: after })
      // What the plan is to make of it has been made of it by somebody else; or something else.
      for (const moved of [after, ...third]) {
        await change(moved)
        expectStale(await apply(tenant, { [path]: after }), path, inTenant)
      }
      await change(before)
      const [other = before] = others
      expectStale(await apply(tenant, { [path]: other }), path, inFile)
      // With nothing changed, or changed back, it is not.
      const done = await apply(tenant, { [path]: after }, ...ALLOW_ALL)
      expect(done.code, done.err).toBe(0)
      expect(writesOf(done).length).toBeGreaterThan(0)
    }
  })

  test('everything that a tenant can be asked for', () => {
    const tested = new Set(CASES.map(([, , { setting }]) => setting))
    for (const { settings } of Object.values(CATALOGUES)) {
      const asked = settings.filter(({ fields }) => Object.values(fields).some(field => !field.writeOnly))
      expect(asked.filter(setting => !tested.has(setting))).toEqual([])
    }
  })
})

describe('a plan that leaves it as it is, for the file and the tenant agree, is refused where there has been a change of', () => {
  test.each(CASES)('%s: %s', async (phone, path, entry) => {
    const [one, two] = samplesOf(entry, phone)
    const besides = path === 'enrollment.show_factor_list' ? 'policy' : 'enrollment.show_factor_list'
    const says = { [path]: one, [besides]: besides === 'policy' ? 'always' : true }
    const tenant = await tenantWith(phone, entry, one)
    await plan(tenant, says)
    expect(changedIn(await tenant.desk.saved())).not.toContain(path)

    await changeTenant(tenant.url, new Map([[path, two]]), phone)
    expectStale(await apply(tenant, says), path, inTenant)
    await changeTenant(tenant.url, new Map([[path, one]]), phone)
    expectStale(await apply(tenant, { ...says, [path]: two }), path, inFile)
  })
})

test.each(ONE_OF_EACH.filter(([, path]) => path !== 'policy'))(
  'a plan is refused where the file names what it did not, or no longer what it did: %s: %s',
  async (phone, path, entry) => {
    const [one] = samplesOf(entry, phone)
    const tenant = await tenantWith(phone, entry, one)
    const says = { policy: 'always' }
    const more = { ...says, [path]: one }
    for (const [then, now] of [
      [says, more],
      [more, says],
    ] as const) {
      await plan(tenant, then)
      const refused = await apply(tenant, now)
      expectStale(refused, path, inFile)
      expect(refused.err).not.toMatch(inTenant(path))
    }
  },
)

test.each([
  ['tenant', (url: string) => ({ tenant: url })],
  ['allow', () => ({ allow: ['F06'] })],
  ['strict', () => ({ strict: true })],
])('a plan is refused where the file has another %s', async (path, besides) => {
  const { url, env } = await startTenant()
  const desk = deskOf(env)
  const says = (more: object) => fileOf(new Map([['policy', 'adaptive']]), more).text
  for (const [then, now] of [
    [{}, besides(url)],
    [besides(url), {}],
  ] as const) {
    expect((await desk.plan(says(then))).code).toBe(0)
    expectStale(await desk.apply(says(now)), path, inFile)
  }
})

test('a plan is refused where the tenant has gone over to the unified phone experience', async () => {
  const { url, env, patch } = await startTenant()
  await makeTenant(url, new Map([[FROM, '+1555']]))
  const desk = deskOf(env)
  const { text } = fileOf(new Map([[FROM, '+1556']]))
  expect((await desk.plan(text)).code).toBe(0)
  await patch('/tenants/settings', { phone_consolidated_experience: true })
  expectStale(await desk.apply(text), FROM, inTenant)
})

test('what follows from the file without being in it is looked at as well: how a provider delivers', async () => {
  const { url } = await startTenant(kindOf('unified'))
  await makeTenant(
    url,
    new Map([
      [PROVIDER, 'twilio'],
      ['factors.phone.twilio.sid', 'AC1'],
      [FROM, '+1555'],
    ]),
    'unified',
  )
  const tenant = { url, desk: deskOf({}) }
  const says = { [FROM]: '+1556' }
  await plan(tenant, says)
  await changeTenant(url, new Map([[DERIVED, ['text', 'voice']]]), 'unified')
  expectStale(await apply(tenant, says), DERIVED, inTenant)
})

describe('of a secret that cannot be read back is seen', () => {
  const seen = KINDS.flatMap(phone =>
    writeOnlyOf(phone).flatMap(({ path, setting }) =>
      setting.read ? [[phone, path, setting.read.path] as const] : [],
    ),
  )

  test.each(seen)(
    'of a %s tenant whether there is one, in either direction: %s',
    async (phone, path, read) => {
      const tenant = await startTenant(kindOf(phone))
      const nothing = await tenant.get(read)
      await makeTenant(tenant.url, everyValue(0, phone), phone)
      let isThere = false
      const rewrite = (body: unknown) => (isThere ? body : nothing)
      const faults = await startFaults(tenant, [{ method: 'GET', path: read, rewrite }])
      const says = { [path]: everyValue(0, phone).get(path) ?? null, 'enrollment.show_factor_list': false }
      const there = { url: faults.url, desk: deskOf({}) }
      for (const before of [true, false]) {
        isThere = before
        await plan(there, says)
        isThere = !before
        expectStale(await apply(there, says), path, path => whether(path, before))
        isThere = before
        // Where it was written, it is hidden from the read-back as well.
        expect((await apply(there, says, ...ALLOW_ALL)).code).toBe(before ? 0 : 4)
      }
    },
  )

  test.each(KINDS)('of a %s tenant whether the file names it', async phone => {
    const { url } = await startTenant(kindOf(phone))
    await makeTenant(url, everyValue(0, phone), phone)
    const tenant = { url, desk: deskOf({}) }
    const says = { 'enrollment.show_factor_list': false }
    for (const { path } of writeOnlyOf(phone)) {
      const more = { ...says, [path]: everyValue(0, phone).get(path) ?? null }
      await plan(tenant, says)
      expectStale(await apply(tenant, more), path, inFile)
      await plan(tenant, more)
      expectStale(await apply(tenant, says), path, inFile)
    }
  })

  test.each(KINDS.map(phone => [phone, writeOnlyOf(phone).map(({ path }) => path)] as const))(
    'of a %s tenant nothing else: not in the file and not in the tenant that it is another one than it was, of %j',
    async (phone, paths) => {
      const { url } = await startTenant(kindOf(phone))
      await makeTenant(url, everyValue(0, phone), phone)
      const tenant = { url, desk: deskOf({}) }
      const secrets = (nth: 0 | 1) =>
        paths.map(path => [path, everyValue(nth, phone).get(path) ?? null] as const)
      await plan(tenant, { ...Object.fromEntries(secrets(0)), 'enrollment.show_factor_list': false })
      await changeTenant(url, new Map(secrets(1)), phone)
      const says = { ...Object.fromEntries(secrets(1)), 'enrollment.show_factor_list': false }
      const done = await apply(tenant, says, ...ALLOW_ALL)
      expect(done.code, done.err).toBe(0)
      expect(writesOf(done)).toEqual(['PATCH /tenants/settings'])
    },
  )
})
