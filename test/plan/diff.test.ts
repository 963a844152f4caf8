import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diff, MASK } from '../../src/plan/diff.ts'
import { CATALOGUES, ENTRIES } from '../../src/settings/catalogue.ts'
import type { Value } from '../../src/settings/field.ts'
import type { PhoneExperience } from '../../src/settings/phone-experience.ts'
import { pathOf } from '../../src/settings/setting.ts'
import { NOTHING_READ } from '../../src/settings/state.ts'
import { stateOf } from '../support/state.ts'
import { anyValues, entriesOf, everyValue, KINDS, samplesOf } from '../support/values.ts'

type Given = Readonly<Record<string, Value>>
const wanted = (values: Given): Map<string, Value> => new Map(Object.entries(values))
const changesOf = (file: Given, tenant: Given, phone?: PhoneExperience): unknown =>
  diff(wanted(file), stateOf(tenant, undefined, phone)).changes

describe('a value', () => {
  const readable = KINDS.flatMap(phone =>
    entriesOf(phone)
      .filter(({ field }) => !field.writeOnly)
      .map(entry => [entry.path, phone, entry] as const),
  )
  test.each(readable)(
    '%s (%s) that differs is a change, and one that does not is none',
    (path, phone, entry) => {
      const { field } = entry
      const [one, other] = samplesOf(entry, phone)
      const tenant = { [path]: one, 'factors.phone.enabled': true }
      expect(changesOf({ [path]: one }, tenant, phone)).toEqual([])
      const expected = path === 'factors.phone.enabled' ? { [path]: true } : tenant
      expect(changesOf({ [path]: other }, expected, phone)).toEqual([
        field.secret
          ? { path, before: MASK, after: MASK, secret: true }
          : { path, before: expected[path], after: other },
      ])
    },
  )

  test('that the tenant does not have is a change from null', () => {
    expect(changesOf({ 'factors.duo.host': 'a.example' }, {})).toEqual([
      { path: 'factors.duo.host', before: null, after: 'a.example' },
    ])
    expect(changesOf({ 'factors.duo.skey': 'a' }, {})).toEqual([
      { path: 'factors.duo.skey', before: null, after: MASK, secret: true },
    ])
  })

  test('that the file clears is a change to null, and none where there is nothing', () => {
    const path = 'factors.phone.twilio.from'
    expect(changesOf({ [path]: null }, { [path]: '+1555' })).toEqual([{ path, before: '+1555', after: null }])
    expect(changesOf({ [path]: null }, { [path]: null })).toEqual([])
    expect(changesOf({ [path]: null }, {})).toEqual([])
  })

  test.each(KINDS)('that the file does not mention is no change, whatever the %s tenant has', phone => {
    fc.assert(
      fc.property(anyValues({ dense: true, phone }), tenant => {
        const state = stateOf(Object.fromEntries(tenant), undefined, phone)
        expect(diff(new Map(), state)).toEqual({ changes: [], unverified: [] })
      }),
      { numRuns: 50 },
    )
  })

  test('is compared as a set where it is one: the order in the file makes no difference', () => {
    const entry = ENTRIES.find(({ path }) => path === 'factors.phone.message_types')
    const turned = entry?.field.schema.parse(['voice', 'sms', 'voice'])
    expect(turned).toEqual(['sms', 'voice'])
    const tenant = { 'factors.phone.enabled': true, 'factors.phone.message_types': ['sms', 'voice'] }
    expect(changesOf({ 'factors.phone.message_types': turned ?? null }, tenant)).toEqual([])
  })

  test.each(KINDS)('of a file and a %s tenant that have the same is no change, whatever it is', phone => {
    fc.assert(
      fc.property(anyValues({ dense: true, phone }), values => {
        const readable = entriesOf(phone)
          .filter(({ field }) => !field.writeOnly)
          .map(({ path }) => path)
        const file = new Map([...values].filter(([path]) => readable.includes(path)))
        expect(diff(file, stateOf(Object.fromEntries(file), undefined, phone)).changes).toEqual([])
      }),
      { numRuns: 50 },
    )
  })
})

describe('the message types of a phone', () => {
  const ENABLED = 'factors.phone.enabled'
  const TYPES = 'factors.phone.message_types'
  const changedPaths = (file: Given, tenant: Given): string[] =>
    diff(wanted(file), stateOf(tenant)).changes.map(({ path }) => path)

  test.each<[string, Given, Given, string[]]>([
    ['that is off are not compared', { [TYPES]: ['sms'] }, { [ENABLED]: false, [TYPES]: [] }, []],
    [
      'that stays off are not compared',
      { [ENABLED]: false, [TYPES]: ['sms'] },
      { [ENABLED]: false, [TYPES]: [] },
      [],
    ],
    [
      'that becomes off are not compared',
      { [ENABLED]: false, [TYPES]: ['sms'] },
      { [ENABLED]: true, [TYPES]: ['voice'] },
      [ENABLED],
    ],
    ['that is on are compared', { [TYPES]: ['sms'] }, { [ENABLED]: true, [TYPES]: ['voice'] }, [TYPES]],
    [
      'that becomes on are sent',
      { [ENABLED]: true, [TYPES]: ['sms'] },
      { [ENABLED]: false, [TYPES]: [] },
      [ENABLED, TYPES],
    ],
    [
      'that becomes on are sent also where the tenant lists them already',
      { [ENABLED]: true, [TYPES]: ['sms'] },
      { [ENABLED]: false, [TYPES]: ['sms'] },
      [ENABLED, TYPES],
    ],
    [
      'that becomes on are not sent where neither has any',
      { [ENABLED]: true, [TYPES]: [] },
      { [ENABLED]: false, [TYPES]: [] },
      [ENABLED],
    ],
    [
      'that becomes on are cleared where the tenant still lists some',
      { [ENABLED]: true, [TYPES]: [] },
      { [ENABLED]: false, [TYPES]: ['voice'] },
      [ENABLED, TYPES],
    ],
    ['whose switch cannot be seen are not compared', { [TYPES]: ['sms'] }, { [TYPES]: ['voice'] }, []],
  ])('%s', (_, file, tenant, expected) => {
    expect(changedPaths(file, tenant)).toEqual(expected)
  })

  test('that becomes on come from none, since what the tenant kept was not in force', () => {
    const file = { [ENABLED]: true, [TYPES]: ['sms'] }
    expect(changesOf(file, { [ENABLED]: false, [TYPES]: ['sms'] })).toContainEqual({
      path: TYPES,
      before: [],
      after: ['sms'],
    })
  })
})

describe('a secret that cannot be read back', () => {
  const SNS = 'factors.push-notification.sns'
  const SECRET = `${SNS}.aws_secret_access_key`
  const file = { [`${SNS}.aws_region`]: 'eu-west-1', [SECRET]: 'hush' }

  test('is unverified, and not sent, where its resource is configured and does not change', () => {
    const same = stateOf({ [`${SNS}.aws_region`]: 'eu-west-1' })
    expect(diff(wanted(file), same)).toEqual({ changes: [], unverified: [SECRET] })
  })

  test('is sent along with a change of its resource, over one that may be there', () => {
    const other = stateOf({ [`${SNS}.aws_region`]: 'us-east-1' })
    expect(diff(wanted(file), other)).toEqual({
      changes: [
        { path: `${SNS}.aws_region`, before: 'us-east-1', after: 'eu-west-1' },
        { path: SECRET, before: MASK, after: MASK, secret: true },
      ],
      unverified: [],
    })
  })

  test('is sent where nobody has ever configured its resource', () => {
    const never = stateOf({ [`${SNS}.aws_region`]: null })
    expect(diff(wanted({ [SECRET]: 'hush' }), never)).toEqual({
      changes: [{ path: SECRET, before: null, after: MASK, secret: true }],
      unverified: [],
    })
  })

  test('is sent with --write-secrets', () => {
    const same = stateOf({ [`${SNS}.aws_region`]: 'eu-west-1' })
    expect(diff(wanted(file), same, { writeSecrets: true })).toEqual({
      changes: [{ path: SECRET, before: MASK, after: MASK, secret: true }],
      unverified: [],
    })
  })

  test('that the file does not have is neither sent nor unverified', () => {
    const state = stateOf({ [`${SNS}.aws_region`]: 'us-east-1' })
    const values = wanted({ [`${SNS}.aws_region`]: 'eu-west-1' })
    expect(diff(values, state, { writeSecrets: true }).changes.map(({ path }) => path)).toEqual([
      `${SNS}.aws_region`,
    ])
    expect(diff(values, state).unverified).toEqual([])
  })

  const FCM = [
    'factors.push-notification.fcm.server_key',
    'factors.push-notification.fcmv1.server_credentials',
  ]

  describe.each(FCM)('and whose resource cannot be read at all, %s,', secret => {
    const ON = 'factors.push-notification.enabled'
    const PROVIDER = 'factors.push-notification.provider'
    const outcome = (file: Given, tenant: Given): string => {
      const { changes, unverified } = diff(wanted({ ...file, [secret]: 'hush' }), stateOf(tenant))
      const sent = changes.some(({ path }) => path === secret)
      expect(unverified).toEqual(sent ? [] : [secret])
      return sent ? 'sent' : 'unverified'
    }

    test.each<[string, Given, Given, string]>([
      ['unverified in a plan without push', {}, {}, 'unverified'],
      ['sent when push is switched on', { [ON]: true }, { [ON]: false }, 'sent'],
      ['unverified where push is on already', { [ON]: true }, { [ON]: true }, 'unverified'],
      ['unverified when push is switched off', { [ON]: false }, { [ON]: true }, 'unverified'],
      ['sent when the provider becomes direct', { [PROVIDER]: 'direct' }, { [PROVIDER]: 'guardian' }, 'sent'],
      ['unverified where it is direct', { [PROVIDER]: 'direct' }, { [PROVIDER]: 'direct' }, 'unverified'],
      ['unverified when it becomes sns', { [PROVIDER]: 'sns' }, { [PROVIDER]: 'direct' }, 'unverified'],
    ])('is %s', (_, file, tenant, expected) => {
      expect(outcome(file, tenant)).toBe(expected)
    })

    test('is sent with --write-secrets', () => {
      expect(diff(wanted({ [secret]: 'hush' }), NOTHING_READ, { writeSecrets: true }).changes).toEqual([
        { path: secret, before: MASK, after: MASK, secret: true },
      ])
    })
  })
})

test.each(KINDS)('no secret is in a change, readable or not, in no state of a %s tenant', phone => {
  const secrets = entriesOf(phone).filter(({ field }) => field.secret)
  expect(secrets.length).toBeGreaterThan(5)
  fc.assert(
    fc.property(
      anyValues({ dense: true, phone }),
      anyValues({ dense: true, phone }),
      fc.boolean(),
      (values, tenant, writeSecrets) => {
        const file = new Map([...values, ...secrets.map(({ path }) => [path, `new-hush-${path}`] as const)])
        const known = {
          ...Object.fromEntries(tenant),
          ...Object.fromEntries(secrets.map(({ path }) => [path, `old-hush-${path}`])),
        }
        const { changes } = diff(file, stateOf(known, undefined, phone), { writeSecrets })
        expect(changes.some(({ secret }) => secret)).toBe(true)
        expect(JSON.stringify(changes)).not.toContain('hush')
      },
    ),
    { numRuns: 50 },
  )
})

test.each(KINDS)('changes come in the order of the catalogue of a %s tenant', phone => {
  const rank = new Map(
    CATALOGUES[phone].settings.flatMap((setting, i) =>
      Object.keys(setting.fields).map(name => [pathOf(setting, name), i]),
    ),
  )
  const on = ['factors.phone.enabled', true] as const
  const file = new Map([...everyValue(1, phone), on].reverse())
  const tenant = Object.fromEntries([...everyValue(0, phone), on])
  const { changes } = diff(file, stateOf(tenant, undefined, phone), { writeSecrets: true })
  const ranks = changes.map(({ path }) => rank.get(path) ?? -1)
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
  expect(ranks).toHaveLength(entriesOf(phone).length - 1)
})
