import { describe, expect, test } from 'vitest'
import { migrate } from '../../src/migrate/migrate.ts'
import type { Migrated } from '../../src/migrate/migrated.ts'

function migrated(sections: Record<string, unknown>): Migrated {
  return migrate({ label: 'tenant.yaml', sections })
}

function valuesOf(sections: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(migrated(sections).values)
}

function notesOf(sections: Record<string, unknown>): readonly string[] {
  return migrated(sections).notes
}

const twilio = (account: object) => ({
  guardianFactorProviders: [{ name: 'sms', provider: 'twilio', ...account }],
})

describe('what is carried over', () => {
  test.each([
    ['a switch', { guardianFactors: [{ name: 'sms', enabled: true }] }, { 'factors.phone.enabled': true }],
    ['no policy', { guardianPolicies: { policies: [] } }, { policy: 'never' }],
    ['a policy', { guardianPolicies: { policies: ['confidence-score'] } }, { policy: 'adaptive' }],
    ['the bare list of old versions', { guardianPolicies: ['all-applications'] }, { policy: 'always' }],
    [
      'a list in any order',
      { guardianPhoneFactorMessageTypes: { message_types: ['voice', 'sms'] } },
      { 'factors.phone.message_types': ['sms', 'voice'] },
    ],
    [
      'seconds, in a larger unit',
      { guardianSettings: { mfa_session_overall_timeout: 7200 } },
      { 'session.mfa_session_overall_timeout': '2h' },
    ],
    ['a field to clear', twilio({ from: null }), { 'factors.phone.twilio.from': null }],
    [
      'the phone under its other name',
      { guardianFactorTemplates: [{ name: 'phone', verification_message: '{{code}}' }] },
      { 'factors.phone.templates.verification_message': '{{code}}' },
    ],
    ['text that looks like a reference', twilio({ sid: 'a${b}' }), { 'factors.phone.twilio.sid': 'a$${b}' }],
    [
      'risk as versions before had it',
      { riskAssessments: { enabled: true, newDevice: { remember_for: 7 } } },
      { 'risk.enabled': true, 'risk.new_device.remember_for': 7 },
    ],
    [
      'and in a section of its own',
      { riskAssessmentsNewDevice: { remember_for: 7 } },
      { 'risk.new_device.remember_for': 7 },
    ],
    [
      'the tenant’s flag',
      { tenant: { flags: { mfa_show_factor_list_on_enrollment: false } } },
      { 'enrollment.show_factor_list': false },
    ],
  ])('%s', (_, sections, values) => {
    expect(valuesOf(sections)).toEqual(values)
    expect(notesOf(sections).filter(note => !note.startsWith('Left to'))).toEqual([])
  })

  test('empty sections say nothing', () => {
    const sections = {
      guardianFactors: [],
      guardianFactorProviders: null,
      guardianPolicies: null,
      tenant: {},
    }
    expect(valuesOf(sections)).toEqual({})
    expect(notesOf(sections)).toEqual([
      'Left to the Deploy CLI, since they are not MFA settings: the rest of tenant.',
    ])
  })
})

describe('what is not carried over', () => {
  test.each([
    [
      'an unknown factor',
      { guardianFactors: [{ name: 'pigeon', enabled: true }] },
      'guardianFactors[0] is not carried over: the factor pigeon is not known.',
    ],
    [
      'a factor without a name',
      { guardianFactors: [{}] },
      'guardianFactors[0] is not carried over: the factor nothing is not known.',
    ],
    [
      'an unknown provider',
      { guardianFactorProviders: [{ name: 'duo', provider: 'duo' }] },
      'guardianFactorProviders[0] is not carried over: the provider duo of duo is not known.',
    ],
    [
      'an unknown key',
      twilio({ region: 'eu' }),
      'guardianFactorProviders (sms, twilio).region is not carried over: this version does not know it.',
    ],
    [
      'a value outside of its bounds',
      { guardianPhoneFactorSettings: { otp_length: 12 } },
      'guardianPhoneFactorSettings.otp_length is not carried over: expected a whole number from 4 to 10.',
    ],
    [
      'a text in a switch’s place',
      { guardianFactors: [{ name: 'otp', enabled: 'yes' }] },
      'guardianFactors (otp).enabled is not carried over: expected true or false.',
    ],
    [
      'two policies',
      { guardianPolicies: { policies: ['all-applications', 'confidence-score'] } },
      'guardianPolicies.policies is not carried over: it names more than one policy.',
    ],
    [
      'a section of another shape',
      { guardianFactors: 'otp' },
      'guardianFactors is not carried over: expected a list.',
    ],
    [
      'a list of accounts of another shape',
      { guardianFactorProviders: 7 },
      'guardianFactorProviders is not carried over: expected a list.',
    ],
    [
      'an account of another shape',
      { guardianFactorProviders: [7] },
      'guardianFactorProviders[0] is not carried over: expected an object.',
    ],
    [
      'an item of another shape',
      { guardianFactors: ['otp'] },
      'guardianFactors[0] is not carried over: expected an object.',
    ],
    [
      'an empty secret',
      twilio({ auth_token: '' }),
      'guardianFactorProviders (sms, twilio).auth_token is not carried over: it is empty.',
    ],
    [
      'MFA in Actions',
      { tenant: { customize_mfa_in_postlogin_action: true } },
      'tenant.customize_mfa_in_postlogin_action is not carried over: it concerns Actions, so leave it to the Deploy CLI.',
    ],
    [
      'biometrics as the first factor',
      { prompts: { webauthn_platform_first_factor: true } },
      'prompts.webauthn_platform_first_factor is not carried over: it concerns the first factor, so leave it to the Deploy CLI.',
    ],
  ])('%s', (_, sections, note) => {
    expect(valuesOf(sections)).toEqual({})
    expect(notesOf(sections).filter(one => !one.startsWith('Left to'))).toEqual([note])
  })

  test('a factor that is named twice is taken as the first says', () => {
    const sections = {
      guardianFactors: [
        { name: 'otp', enabled: true },
        { name: 'otp', enabled: false },
      ],
    }
    expect(valuesOf(sections)).toEqual({ 'factors.otp.enabled': true })
    expect(notesOf(sections)).toEqual([
      'guardianFactors (otp).enabled is not carried over: the same setting stands before it, and that one counts.',
    ])
  })

  test('a section that is mistyped is named with what is meant', () => {
    expect(notesOf({ guardianFactor: [] })).toEqual([
      'guardianFactor is not carried over: it is no section that is known. Did you mean guardianFactors?',
    ])
  })

  test('sections that are not about MFA are named together', () => {
    expect(
      notesOf({ clients: [], guardianPolicies: ['all-applications'], tenant: { flags: {} }, actions: [] }),
    ).toEqual([
      'Left to the Deploy CLI, since they are not MFA settings: clients, actions, the rest of tenant.',
    ])
  })

  test('nothing in a note acts on a terminal', () => {
    const notes = notesOf({ 'a\u001b[31m': 1, ...twilio({ sid: '##A\u009bB##', 'b\u202e': 1 }) })
    expect(notes.join('').search(/[\p{Cc}\p{Cf}]/u)).toBe(-1)
    expect(notes).toHaveLength(3)
  })

  test('a name with signs in it is quoted', () => {
    expect(notesOf({ guardianFactors: [{ name: 'a\nb' }] })[0]).toContain('the factor "a\\nb" is not known')
  })
})

describe('keywords', () => {
  test.each([
    ['become references', '##SID##', '${SID}'],
    ['also in the midst of a text', 'AC-##A##-##B##-${x}', 'AC-${A}-${B}-$${x}'],
    ['that JSON is made of, too, where they stand alone', '@@SID@@', '${SID}'],
    ['get a name that a variable can have', '##twilio-sid.1##', '${twilio_sid_1}'],
    ['that begin with a number', '##1ST##', '${_1ST}'],
    ['do not take the names of this tool’s own credentials', '##AUTH0_CLIENT_ID##', '${MFA_AUTH0_CLIENT_ID}'],
  ])('%s', (_, text, written) => {
    expect(valuesOf(twilio({ sid: text }))).toEqual({ 'factors.phone.twilio.sid': written })
  })

  test.each([
    ['JSON within a text', twilio({ sid: 'a @@SID@@' })],
    ['right behind a dollar sign', twilio({ sid: '$##SID##' })],
    ['in place of a switch', { guardianFactors: [{ name: 'otp', enabled: '##SID##' }] }],
    ['in place of a number', { guardianPhoneFactorSettings: { otp_length: '@@SID@@' } }],
    ['in place of a list', { guardianPhoneFactorMessageTypes: { message_types: '@@SID@@' } }],
    ['in place of a section', { guardianPolicies: '@@SID@@' }],
    ['in place of a list of policies', { guardianPolicies: { policies: '@@SID@@' } }],
  ])('that no reference can replace are named: %s', (_, sections) => {
    expect(valuesOf(sections)).toEqual({})
    expect(notesOf(sections)).toEqual([
      expect.stringMatching(/ is not carried over: it .* the keyword SID\b/),
    ])
  })

  test('may be items of a list', () => {
    const sections = { guardianPhoneFactorMessageTypes: { message_types: ['##MORE##', 'sms'] } }
    expect(valuesOf(sections)).toEqual({ 'factors.phone.message_types': ['sms', '${MORE}'] })
  })

  test('of a policy become one', () => {
    expect(valuesOf({ guardianPolicies: { policies: ['##POLICY##'] } })).toEqual({ policy: '${POLICY}' })
  })

  test('are named once, with the variables that take their place', () => {
    expect(notesOf(twilio({ sid: '##A## ##A##', from: '##b-c##' }))).toEqual([
      "Set these environment variables to what the Deploy CLI's keywords hold: A, b_c (the keyword b-c).",
    ])
  })

  test('that JSON is made of are told to be texts', () => {
    expect(notesOf(twilio({ sid: '@@SID@@' }))[0]).toContain('it has to be a text')
  })
})

describe('secrets', () => {
  const HUSH = 'hush-hush'
  const everywhere = {
    guardianFactorProviders: [
      { name: 'sms', provider: 'twilio', auth_token: HUSH },
      { name: 'push-notification', provider: 'sns', aws_secret_access_key: HUSH },
      { name: 'push-notification', provider: 'apns', p12: HUSH },
      { name: 'push-notification', provider: 'fcm', server_key: HUSH },
      { name: 'push-notification', provider: 'fcmv1', server_credentials: { key: HUSH } },
      { name: 'duo', provider: 'duo', skey: HUSH },
    ],
    guardianPhoneFactorSettings: { otp_length: HUSH, other: HUSH },
    guardianPolicies: [HUSH],
    emailProvider: { credentials: HUSH },
  }

  test('that stand in the source are references in the file, and each is named', () => {
    const { values, notes } = migrated(everywhere)
    expect(Object.fromEntries(values)).toEqual({
      'factors.phone.twilio.auth_token': '${TWILIO_AUTH_TOKEN}',
      'factors.push-notification.sns.aws_secret_access_key': '${AWS_SECRET}',
      'factors.push-notification.apns.p12': '${APNS_P12}',
      'factors.push-notification.fcm.server_key': '${FCM_SERVER_KEY}',
    })
    const told = notes.filter(note => note.includes('a secret stands in the source'))
    expect(told.map(note => /set (\w+) to it/.exec(note)?.[1])).toEqual([
      'TWILIO_AUTH_TOKEN',
      'AWS_SECRET',
      'APNS_P12',
      'FCM_SERVER_KEY',
    ])
  })

  test('are nowhere in what comes of it', () => {
    const { values, remarks, notes } = migrated(everywhere)
    expect(JSON.stringify([...values, remarks, notes])).not.toContain(HUSH)
  })

  test.each([
    ['a keyword', '##TOKEN##', '${TOKEN}'],
    ['a keyword as JSON', '@@TOKEN@@', '${TOKEN}'],
    ['keywords in a row', '##A####B##', '${A}${B}'],
    ['a keyword with something beside it', `${HUSH}##TOKEN##`, '${TWILIO_AUTH_TOKEN}'],
    ['what the Deploy CLI writes for what it does not know', '_VALUE_NOT_SHOWN_', '${TWILIO_AUTH_TOKEN}'],
    ['a number', 12345, '${TWILIO_AUTH_TOKEN}'],
  ])('may be %s', (_, token, written) => {
    expect(valuesOf(twilio({ auth_token: token }))).toEqual({ 'factors.phone.twilio.auth_token': written })
  })
})

describe('the phone of both kinds of tenant', () => {
  const legacy = {
    guardianPhoneFactorSelectedProvider: { provider: 'phone-message-hook' },
    guardianFactorTemplates: [{ name: 'sms', enrollment_message: 'old {{code}}' }],
  }
  const unified = {
    phoneProviders: [
      { name: 'custom', disabled: false, configuration: { delivery_methods: ['text'] }, credentials: {} },
    ],
    phoneTemplates: [
      {
        type: 'otp_enroll',
        disabled: false,
        content: { syntax: 'liquid', from: '', body: { text: 'new {{code}}', voice: '' } },
      },
    ],
  }
  const flag = (phone_consolidated_experience: unknown) => ({ tenant: { phone_consolidated_experience } })
  const OLD = {
    'factors.phone.provider': 'phone-message-hook',
    'factors.phone.templates.enrollment_message': 'old {{code}}',
  }
  const NEW = {
    'factors.phone.provider': 'custom',
    'factors.phone.templates.enrollment_message': 'new {{code}}',
  }

  test.each([
    ['legacy sections alone', legacy, OLD],
    ['unified sections alone', unified, NEW],
    ['both, and no flag', { ...legacy, ...unified }, NEW],
    ['both, and no flag and no provider', { ...legacy, ...unified, phoneProviders: [] }, OLD],
    ['both, and the flag', { ...legacy, ...unified, ...flag(true) }, NEW],
    ['both, and the flag off', { ...legacy, ...unified, ...flag(false) }, OLD],
    ['unified sections, and the flag off', { ...unified, ...flag(false) }, {}],
    ['a flag that nobody knows', { ...unified, ...flag('##FLAG##') }, NEW],
  ])('is taken from %s', (_, sections, values) => {
    expect(valuesOf(sections)).toEqual(values)
  })

  test('what the other kind has is named, an item each', () => {
    const notes = notesOf({ ...legacy, ...unified, ...flag(true) })
    expect(notes.filter(note => note.includes('with the unified phone experience'))).toEqual([
      expect.stringContaining('guardianFactorTemplates (sms) is not'),
      expect.stringContaining('guardianPhoneFactorSelectedProvider is not'),
    ])
  })

  test('what is unknown in the other kind is named all the same', () => {
    const notes = notesOf({ ...unified, guardianFactorTemplates: [{ name: 'pigeon' }] })
    expect(notes).toContain('guardianFactorTemplates[0] is not carried over: it is not about the phone.')
  })

  test('a provider that is disabled keeps its account and is not chosen', () => {
    const sections = {
      phoneProviders: [
        { name: 'twilio', disabled: true, configuration: { sid: 'AC1' }, id: 'pro_1' },
        { name: 'custom' },
      ],
    }
    expect(valuesOf(sections)).toEqual({ 'factors.phone.twilio.sid': 'AC1' })
    expect(notesOf(sections)).toEqual([
      'phoneProviders (twilio).name is not carried over: it is disabled, which the file cannot say: only who is chosen.',
      'phoneProviders[1] is not carried over: a tenant has one: the first.',
    ])
  })

  test('a template with a voice, a sender, another purpose, or that is disabled', () => {
    const body = { text: '{{code}}', voice: 'It is {{code}}' }
    const sections = {
      phoneTemplates: [
        { type: 'otp_verify', content: { from: '+1555', body } },
        { type: 'otp_enroll', disabled: true, content: { body } },
        { type: 'blocked_account', content: { body } },
      ],
    }
    expect(valuesOf(sections)).toEqual({
      'factors.phone.templates.verification_message': '{{code}}',
      'factors.phone.templates.verification_message.voice': 'It is {{code}}',
    })
    expect(notesOf(sections)).toEqual([
      'phoneTemplates (otp_verify).content.from is not carried over: the file has no sender a message.',
      'phoneTemplates (otp_enroll) is not carried over: it is disabled.',
      'phoneTemplates (blocked_account) is not carried over: it is not about MFA.',
    ])
  })
})
