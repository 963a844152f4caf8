import { describe, expect, test } from 'vitest'
import { isRecord } from '../../src/record.ts'
import {
  deskOf,
  expectRefusedUnasked,
  FILE,
  parseSaved,
  startDesk,
  startWithPlan,
  writesOf,
} from './support/desk.ts'

type Json = Record<string, unknown>

/** Paths to every key of a document, but for the items of lists of changes and the like. */
function keysIn(value: unknown, at: readonly string[] = []): string[][] {
  if (Array.isArray(value)) return value.slice(0, 1).flatMap(item => keysIn(item, [...at, '0']))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...keysIn(inner, [...at, key])])
}

/** The same document with something done to what holds a key. */
function edited(text: string, path: readonly string[], edit: (holder: Json, key: string) => void): unknown {
  const document: unknown = JSON.parse(text)
  const holder = path
    .slice(0, -1)
    .reduce<unknown>(
      (at, key) => (Array.isArray(at) ? at[Number(key)] : isRecord(at) ? at[key] : undefined),
      document,
    )
  if (!isRecord(holder)) throw new Error(`There is no ${path.join('.')}.`)
  edit(holder, path.at(-1) ?? '')
  return document
}

/** What follows from the rest of the plan, and what is said of a finding: it is made anew, and never read. */
const REDUNDANT = /^plans\.0\.plan\.(format|summary.*|findings\.0\.(message|allowed))$/
/** Without what no file names, a plan is like that of a client that cannot see it. */
const UNSEEN = /^plans\.0\.state\.(?!policy$|factors\.otp\.enabled$)/

/** The keys without which a file is no saved plan of this tenant and this configuration. */
function keysThatCount(text: string): string[][] {
  return keysIn(JSON.parse(text)).filter(path => ![REDUNDANT, UNSEEN].some(some => some.test(path.join('.'))))
}

describe('a file that is damaged is refused', () => {
  test('with each key taken away, before anything is written', async () => {
    const { desk } = await startDesk()
    const file = 'policy: always\nfactors: { otp: true }'
    await desk.plan(file)
    const text = await desk.saved()
    const keys = keysThatCount(text)
    expect(keys.length).toBeGreaterThan(20)
    for (const path of keys) {
      await desk.save(edited(text, path, (holder, key) => delete holder[key]))
      const refused = await desk.apply(file)
      const isRead = /^plans\.0\.(configuration|state)\../.test(path.join('.'))
      expect([path, refused.code]).toEqual([path, path[0] === 'format' ? 1 : 5])
      expect(writesOf(refused)).toEqual([])
      if (!isRead) expect([path, refused.requests]).toEqual([path, []])
    }
    await desk.save(text)
    expect((await desk.apply(file)).code).toBe(0)
  })

  test('with each value replaced by one of another kind, before any request', async () => {
    const { desk } = await startWithPlan()
    const text = await desk.saved()
    for (const path of keysThatCount(text)) {
      if (/\.(before|after)$/.test(path.join('.'))) continue
      await desk.save(
        edited(text, path, (holder, key) => {
          holder[key] = isRecord(holder[key]) ? 7 : {}
        }),
      )
      const refused = await desk.apply(FILE)
      expect([path, refused.code, refused.requests]).toEqual([path, path[0] === 'format' ? 1 : 5, []])
    }
  })

  test.each<[string, (plan: Json, saved: Json) => void, RegExp]>([
    [
      'a value after a change',
      plan => {
        first(plan.changes).after = false
      },
      /otp\.enabled {2}what would be done/,
    ],
    [
      'a value before a change',
      plan => {
        first(plan.changes).before = null
      },
      /otp\.enabled {2}what would be done/,
    ],
    [
      'the path of a change',
      plan => {
        first(plan.changes).path = 'factors.duo.enabled'
      },
      /duo\.enabled/,
    ],
    [
      'a change less',
      plan => {
        listOf(plan.changes).shift()
      },
      /otp\.enabled {2}what would be done/,
    ],
    [
      'a change more',
      plan => {
        listOf(plan.changes).push({ path: 'factors.duo.enabled', before: false, after: true })
      },
      /duo/,
    ],
    [
      'a request less',
      plan => {
        listOf(plan.requests).pop()
      },
      /policy.* {2}what would be done/,
    ],
    [
      'requests in another order',
      plan => {
        listOf(plan.requests).reverse()
      },
      /policy.* {2}what would be done/,
    ],
    [
      'something that is unverified',
      plan => {
        plan.unverified = ['factors.push-notification.fcm.server_key']
      },
      /fcm\.server_key/,
    ],
    [
      'a finding more',
      plan => {
        plan.findings = [{ check: 'F06', severity: 'warning', path: 'policy', message: '', allowed: true }]
      },
      /F06 no longer finds/,
    ],
    [
      'the salt',
      (_, saved) => {
        saved.salt = 'AAAA'
      },
      /policy: is something else in the file/,
    ],
  ])('or edited by hand, where that makes it another plan: %s', async (_, edit, said) => {
    const { desk } = await startWithPlan()
    const { document, only } = parseSaved(await desk.saved())
    if (!isRecord(only.plan)) throw new Error('There is no plan.')
    edit(only.plan, only)
    await desk.save(document)
    const refused = await desk.apply(FILE)
    expect(refused.code, refused.err).toBe(5)
    expect(refused.err).toMatch(said)
    expect(writesOf(refused)).toEqual([])
  })

  test.each<[string, (plan: Json) => void, RegExp]>([
    [
      'the tenant',
      plan => {
        plan.tenant = 'acme.eu.auth0.com'
      },
      /is a plan for acme\.eu\.auth0\.com, and this is/,
    ],
    [
      'the environment',
      plan => {
        plan.environment = 'prod'
      },
      /is a plan for prod, which standard input no longer/,
    ],
  ])('or edited by hand, where that makes it that of another tenant: %s', async (_, edit, said) => {
    const { desk } = await startWithPlan()
    const { document, only } = parseSaved(await desk.saved())
    if (!isRecord(only.plan)) throw new Error('There is no plan.')
    edit(only.plan)
    await desk.save(document)
    expectRefusedUnasked(await desk.apply(FILE), said)
  })

  test('or edited by hand, where that has a secret sent that was not to be', async () => {
    const { tenant } = await startDesk()
    const desk = deskOf({ ...tenant.env, KEY: 'hush-hush' })
    const file = 'factors: { push-notification: { fcm: { server_key: "${KEY}" } } }'
    await desk.plan(file)
    const { document, only } = parseSaved(await desk.saved())
    only.options = { writeSecrets: true, allow: [] }
    await desk.save(document)
    const refused = await desk.apply(file)
    expect(refused.code).toBe(5)
    expect(refused.err).toMatch(/fcm\.server_key {2}X03 no longer finds/)
    expect(writesOf(refused)).toEqual([])
  })

  test('where it accepts a check that there is not', async () => {
    const { desk } = await startWithPlan()
    const { document, only } = parseSaved(await desk.saved())
    only.options = { writeSecrets: false, allow: ['F99'] }
    await desk.save(document)
    expectRefusedUnasked(await desk.apply(FILE), /is damaged/)
  })
})

function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error('This is not a list.')
  return value
}

function first(value: unknown): Json {
  const [item] = listOf(value)
  if (!isRecord(item)) throw new Error('This has no objects.')
  return item
}
