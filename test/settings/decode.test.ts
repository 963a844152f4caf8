import { describe, expect, test } from 'vitest'
import { CATALOGUES } from '../../src/settings/catalogue.ts'
import { clearable, decodeValue, integer, set, text } from '../../src/settings/field.ts'
import type { Setting } from '../../src/settings/setting.ts'

function settingWith(at: string, ...names: string[]): Setting {
  const found = CATALOGUES.legacy.settings.find(
    setting => setting.at === at && names.every(name => name in setting.fields),
  )
  if (!found) throw new Error(`There is no setting at ${at} with ${names}.`)
  return found
}

describe('what the API says of a field', () => {
  const size = integer({ description: 'A size', example: 6, min: 4, max: 10 })
  const words = set(['sms', 'voice'], { description: 'Ways', example: ['sms'] })
  const link = { ...clearable(text({ description: 'A link', example: 'a', max: 5 })), empty: '' } as const

  test.each([
    ['is normalised where the file could say it', words, ['voice', 'sms'], ['sms', 'voice']],
    ['is nothing where it is not there', size, undefined, null],
    ['is nothing where it is null', size, null, null],
    ['is nothing where it is what the API writes for that', link, '', null],
    ['is as it came where the file could not say it', size, 12, 12],
    ['is not known where it is of another type', size, 'twelve', undefined],
    ['is as it came where it is too long', link, 'too long', 'too long'],
    ['is the list that came where a word in it is new', words, ['sms', 'whatsapp'], ['sms', 'whatsapp']],
    ['is not known where it is an object', size, { digits: 6 }, undefined],
    ['is not known where it is text instead of a list', words, '', undefined],
  ])('%s', (_, field, given, expected) => {
    expect(decodeValue(field, given)).toEqual(expected)
  })
})

describe('the policy', () => {
  const policy = settingWith('', 'policy')

  test.each([
    [[], 'never'],
    [['all-applications'], 'always'],
    [['confidence-score'], 'adaptive'],
    [['from-the-future'], ['from-the-future']],
    [
      ['all-applications', 'confidence-score'],
      ['all-applications', 'confidence-score'],
    ],
  ])('that the API answers as %j is %j', (answer, expected) => {
    expect(policy.decode(answer).values).toEqual({ policy: expected })
  })

  test.each([[{}], [null], ['always'], [undefined], [[1]]])(
    'is not guessed from an answer of another shape: %j',
    answer => {
      expect(() => policy.decode(answer)).toThrow('GET /guardian/policies is not what')
    },
  )

  test.each([
    ['always', 'always'],
    ['all-applications', 'always'],
    ['adaptive', 'adaptive'],
    ['confidence-score', 'adaptive'],
    ['never', 'never'],
  ])('that the file writes as %s is %s', (given, expected) => {
    expect(policy.fields.policy?.schema.parse(given)).toBe(expected)
  })
})

describe('a factor', () => {
  const otp = CATALOGUES.legacy.settings.find(
    ({ at, fields }) => at === 'factors.otp' && 'enabled' in fields,
  ) as Setting
  const phone = settingWith('factors.phone', 'enabled')

  test('is on or off as the list of all says', () => {
    const list = [
      { name: 'sms', enabled: true, trial_expired: false },
      { name: 'otp', enabled: false },
    ]
    expect(otp.decode(list).values).toEqual({ enabled: false })
    expect(phone.decode(list).values).toEqual({ enabled: true })
  })

  test('that the list does not have is not set', () => {
    expect(otp.decode([]).values).toEqual({ enabled: null })
  })

  test.each([[{}], [null], [[{ name: 'otp' }]], [[{ name: 'otp', enabled: 'yes' }]], ['']])(
    'is not guessed from an answer of another shape: %j',
    answer => {
      expect(() => otp.decode(answer)).toThrow('GET /guardian/factors is not what')
    },
  )

  test('that this version does not know is told, and none other is', () => {
    const list = ['sms', 'otp', 'passkey'].map(name => ({ name, enabled: true }))
    expect(otp.unknown?.(list)).toEqual([{ path: 'factors.passkey', enabled: true }])
  })
})

describe('a relying party', () => {
  const roaming = settingWith('factors.webauthn-roaming', 'relying_party')

  test.each([
    [{ overrideRelyingParty: false }, false],
    [{ overrideRelyingParty: true }, null],
    [{ overrideRelyingParty: false, relyingPartyIdentifier: 'auth.acme.com' }, false],
    [{ overrideRelyingParty: true, relyingPartyIdentifier: 'auth.acme.com' }, 'auth.acme.com'],
    [{ overrideRelyingParty: true, relyingPartyIdentifier: 'Not A Host' }, 'Not A Host'],
  ])('that the API answers as %j is %j', (answer, expected) => {
    const verified = { userVerification: 'required', ...answer }
    expect(roaming.decode(verified).values.relying_party).toBe(expected)
  })

  test.each([[{}], [undefined], [[]], ['x'], [{ overrideRelyingParty: 'yes' }]])(
    'is not guessed from an answer of another shape: %j',
    answer => {
      expect(() => roaming.decode(answer)).toThrow('is not what')
    },
  )

  test.each([
    ['auth.acme.com', { overrideRelyingParty: true, relyingPartyIdentifier: 'auth.acme.com' }],
    [false, { overrideRelyingParty: false }],
  ])('%j is sent as %j, and the verification with it', (given, expected) => {
    const before = roaming.decode({
      userVerification: 'required',
      overrideRelyingParty: true,
      relyingPartyIdentifier: 'old.acme.com',
    })
    expect(roaming.request(before, { relying_party: given })).toEqual({
      method: 'PUT',
      path: '/guardian/factors/webauthn-roaming/settings',
      scope: 'update:guardian_factors',
      body: { userVerification: 'required', ...expected },
    })
  })

  test('that the file clears is the domain of the tenant', () => {
    expect(roaming.fields.relying_party?.schema.parse(null)).toBe(false)
  })

  test.each([
    [{ overrideRelyingParty: true, relyingPartyIdentifier: 'Not A Host' }],
    [{ overrideRelyingParty: false, relyingPartyIdentifier: 'auth.acme.com' }],
    [{ overrideRelyingParty: true }],
    [{ overrideRelyingParty: false }],
  ])('stays exactly as it came where only the verification is written: %j', kept => {
    const before = roaming.decode({ userVerification: 'discouraged', ...kept })
    expect(roaming.request(before, { user_verification: 'required' }).body).toEqual({
      userVerification: 'required',
      ...kept,
    })
  })
})

describe('a provider counts as configured', () => {
  test.each([
    ['sns', {}, false],
    ['sns', { aws_region: null, aws_access_key_id: null }, true],
    ['sns', { aws_region: 'eu-west-1' }, true],
    ['apns', { enabled: false }, false],
    ['apns', { enabled: false, bundle_id: 'com.acme.app' }, false],
    ['apns', { enabled: true }, true],
  ])('%s that answers %j: %s', (name, answer, expected) => {
    expect(settingWith(`factors.push-notification.${name}`).decode(answer).configured).toBe(expected)
  })
})

describe('an answer of another shape is not taken for "not set"', () => {
  const settings = new Set(Object.values(CATALOGUES).flatMap(catalogue => catalogue.settings))
  const readable = [...settings]
    .filter(({ read }) => read)
    .map(setting => [setting.read?.path, setting] as const)

  test.each(readable)('GET %s', (path, setting) => {
    for (const answer of [
      null,
      'ok',
      5,
      true,
      path === '/guardian/factors' || path === '/guardian/policies' ? {} : [],
    ])
      expect(() => setting.decode(answer)).toThrow(`GET ${path} is not what`)
  })

  test.each([
    ['factors.duo', { ikey: { a: 1 } }],
    ['factors.phone.twilio', { sid: 5 }],
    ['risk', { enabled: 'yes' }],
    ['session', {}],
    ['risk.new_device', { remember_for: '30' }],
  ])('%s that answers %j', (at, answer) => {
    expect(() => settingWith(at).decode(answer)).toThrow('is not what')
  })

  test('a provider whose answer is wrapped in another object', () => {
    const provider = settingWith('factors.phone', 'provider')
    expect(() => provider.decode({ data: { provider: 'twilio' } })).toThrow('is not what')
  })
})

test('an answer without content is that nothing is set', () => {
  const templates = settingWith('factors.phone.templates')
  expect(templates.decode(undefined)).toMatchObject({
    values: { enrollment_message: null, verification_message: null },
    configured: false,
  })
})

const WHOLE = CATALOGUES.legacy.settings.filter(({ fields }) => {
  const all = Object.values(fields)
  return all.length > 1 && all.every(field => field.default !== undefined && field.kind !== 'text')
})

test.each(WHOLE.map(setting => [setting.write.path, setting] as const))(
  'what is replaced as a whole is sent as a whole, where the tenant tells nothing of it: %s',
  (_, setting) => {
    const nothing = undefined
    const defaults = Object.entries(setting.fields).map(
      ([name, field]) => [name, field.default ?? null] as const,
    )
    const { body } = setting.request(nothing, Object.fromEntries(defaults))
    for (const [name, value] of defaults)
      expect(setting.request(nothing, { [name]: value }).body).toEqual(body)
  },
)

test('what the API wants whole is completed by what Auth0 documents, where the tenant has nothing', () => {
  const templates = settingWith('factors.phone.templates')
  expect(templates.request(templates.decode(undefined), { enrollment_message: 'Hello' }).body).toEqual({
    enrollment_message: 'Hello',
    verification_message: '{{code}} is your verification code for {{tenant.friendly_name}}',
  })
})
