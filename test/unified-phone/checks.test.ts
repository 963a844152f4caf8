import { describe, expect, test } from 'vitest'
import type { PhoneExperience } from '../../src/settings/phone-experience.ts'
import { type Case, findings, found, type Given, off, on } from '../checks/support/found.ts'
import { json } from '../support/cli.ts'
import { startTenant } from '../support/sandbox.ts'
import {
  ACCOUNT,
  apply,
  command,
  findingsIn,
  giveProvider,
  providersOf,
  startUnified,
} from './support/tenant.ts'

const ACTIONS = '/actions/actions?triggerId=custom-phone-provider&deployed=true'
const PROVIDERS = '/branding/phone/providers'
const DEPLOYED = { [ACTIONS]: { actions: [{ id: 'one' }] } }
const NONE = { [ACTIONS]: { actions: [] } }

const under = (at: string, given: Given): Given =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [`${at}.${name}`, value]))
const phone = (given: Given): Given => under('factors.phone', given)
const provider = (name: string): Given => phone({ provider: name })
const types = (...given: string[]): Given => phone({ message_types: given })
const methods = (...given: string[]): Given => phone({ delivery_methods: given })
const unresolved = (...paths: string[]) => ({ unresolved: new Set(paths) })
const message = (text: string): Given => phone({ 'templates.verification_message': text })

const SID = 'factors.phone.twilio.sid'
const TOKEN = 'factors.phone.twilio.auth_token'
const FROM = 'factors.phone.twilio.from'
const SERVICE = 'factors.phone.twilio.messaging_service_sid'
const SENDER: Given = { [SID]: 'AC', [TOKEN]: 'hush', [FROM]: '+1', [SERVICE]: null }
/** Nobody has made a provider. */
const NO_PROVIDER: Given = phone({
  provider: null,
  delivery_methods: null,
  'twilio.sid': null,
  'twilio.from': null,
  'twilio.messaging_service_sid': null,
})
const HAS: Given = {
  ...provider('twilio'),
  ...methods('text'),
  [SID]: 'AC',
  [FROM]: '+1',
  [SERVICE]: null,
}
const HAS_CUSTOM: Given = { ...NO_PROVIDER, ...provider('custom'), ...methods('text', 'voice') }
const P = 'factors.phone.provider'
const T = 'factors.phone.message_types'
const V = 'factors.phone.templates.verification_message'
const E = 'factors.phone.templates.enrollment_message'

type Row = [Case, string[]]
type Table = Readonly<Record<string, Readonly<Record<string, Row>>>>

/** Of each check: a case on a unified tenant where nothing else is said, and what it finds. */
const TABLE: Table = {
  H01: {
    auth0: [{ file: provider('auth0'), tenant: {} }, [`error ${P}`]],
    'phone-message-hook': [{ file: provider('phone-message-hook'), tenant: {} }, [`error ${P}`]],
    'although the phone is off': [
      { file: { ...provider('auth0'), ...off('phone') }, tenant: {} },
      [`error ${P}`],
    ],
    twilio: [{ file: provider('twilio'), tenant: HAS }, []],
    custom: [{ file: provider('custom'), tenant: HAS }, []],
    'none in the file': [{ file: on('phone'), tenant: HAS }, []],
    'custom, legacy': [{ file: provider('custom'), tenant: {}, phone: 'legacy' }, [`error ${P}`]],
    'auth0, legacy': [{ file: provider('auth0'), tenant: {}, phone: 'legacy' }, []],
    'phone-message-hook, legacy': [{ file: provider('phone-message-hook'), tenant: {}, phone: 'legacy' }, []],
    'twilio, legacy': [{ file: provider('twilio'), tenant: {}, phone: 'legacy' }, []],
  },
  H05: {
    'a type that is not covered': [
      { file: { ...on('phone'), ...types('voice') }, tenant: HAS },
      [`error ${T}`],
    ],
    'one of two': [{ file: { ...on('phone'), ...types('sms', 'voice') }, tenant: HAS }, [`error ${T}`]],
    'the other of two': [
      { file: { ...on('phone'), ...types('sms') }, tenant: { ...HAS, ...methods('voice') } },
      [`error ${T}`],
    ],
    'of a phone that is on already': [
      { file: types('voice'), tenant: { ...HAS, ...on('phone') } },
      [`error ${T}`],
    ],
    'of types that the tenant has': [
      { file: on('phone'), tenant: { ...HAS, ...types('sms', 'voice') } },
      [`error ${T}`],
    ],
    covered: [{ file: { ...on('phone'), ...types('sms') }, tenant: HAS }, []],
    'both covered': [
      { file: { ...on('phone'), ...types('sms', 'voice') }, tenant: { ...HAS, ...methods('text', 'voice') } },
      [],
    ],
    'no type at all': [{ file: { ...on('phone'), ...types() }, tenant: HAS }, []],
    'the file names the provider': [
      { file: { ...on('phone'), ...types('voice'), ...provider('twilio') }, tenant: HAS },
      [],
    ],
    'the file names a part of the account': [
      { file: { ...on('phone'), ...types('voice'), [FROM]: '+2' }, tenant: HAS },
      [],
    ],
    'by a reference that has no value': [
      { file: { ...on('phone'), ...types('voice') }, tenant: HAS, besides: unresolved(TOKEN) },
      [],
    ],
    'the phone goes off': [
      { file: { ...off('phone'), ...types('voice') }, tenant: { ...HAS, ...on('phone') } },
      [],
    ],
    'the phone is off': [{ file: types('voice'), tenant: { ...HAS, ...off('phone') } }, []],
    'a disabled provider is H06’s': [
      {
        file: { ...on('phone'), ...types('voice') },
        tenant: { ...HAS, ...phone({ provider: null }) },
      },
      [],
    ],
    'no provider: the API takes any type then': [
      { file: { ...on('phone'), ...types('voice') }, tenant: NO_PROVIDER },
      [],
    ],
    refused: [{ file: { ...on('phone'), ...types('voice') }, tenant: {}, refused: [P] }, [`note ${P}`]],
    'refused, but nobody needs it': [{ file: off('phone'), tenant: {}, refused: [P] }, []],
    'the same, legacy': [{ file: { ...on('phone'), ...types('voice') }, tenant: {}, phone: 'legacy' }, []],
  },
  H06: {
    'on, and nobody sends': [{ file: on('phone'), tenant: NO_PROVIDER }, [`error ${P}`]],
    'an account alone in the file': [
      { file: { ...on('phone'), [SID]: 'AC' }, tenant: NO_PROVIDER },
      [`error ${P}`],
    ],
    'a provider in the tenant': [{ file: on('phone'), tenant: HAS }, []],
    'a custom one': [{ file: on('phone'), tenant: HAS_CUSTOM }, []],
    'a provider in the file': [{ file: { ...on('phone'), ...provider('twilio') }, tenant: NO_PROVIDER }, []],
    'a provider in the file, by a reference': [
      { file: on('phone'), tenant: NO_PROVIDER, besides: unresolved(P) },
      [],
    ],
    off: [{ file: off('phone'), tenant: NO_PROVIDER }, []],
    'on already, and the file is about something else': [
      { file: on('otp'), tenant: { ...NO_PROVIDER, ...on('phone') } },
      [],
    ],
    refused: [{ file: on('phone'), tenant: {}, refused: [P] }, [`note ${P}`]],
    'off, refused': [{ file: off('phone'), tenant: {}, refused: [P] }, []],
    legacy: [{ file: on('phone'), tenant: phone({ provider: null }), phone: 'legacy' }, []],
  },
  H07: {
    'an account is missing whole': [
      { file: provider('twilio'), tenant: NO_PROVIDER },
      [`error ${SID}`, `error ${TOKEN}`, `error ${FROM}`],
    ],
    'no sid': [
      { file: { ...provider('twilio'), [TOKEN]: 'h', [FROM]: '+1' }, tenant: NO_PROVIDER },
      [`error ${SID}`],
    ],
    'no token': [
      { file: { ...provider('twilio'), [SID]: 'A', [FROM]: '+1' }, tenant: NO_PROVIDER },
      [`error ${TOKEN}`],
    ],
    'no sender': [
      { file: { ...provider('twilio'), [SID]: 'A', [TOKEN]: 'h' }, tenant: NO_PROVIDER },
      [`error ${FROM}`],
    ],
    'a service is a sender': [
      { file: { ...provider('twilio'), [SID]: 'A', [TOKEN]: 'h', [SERVICE]: 'MG' }, tenant: NO_PROVIDER },
      [],
    ],
    'complete in the file': [{ file: { ...provider('twilio'), ...SENDER }, tenant: NO_PROVIDER }, []],
    'complete in the file, voice with a service alone is the API’s business': [
      {
        file: {
          ...provider('twilio'),
          [SID]: 'A',
          [TOKEN]: 'h',
          [SERVICE]: 'MG',
          ...on('phone'),
          ...types('voice'),
        },
        tenant: NO_PROVIDER,
      },
      [],
    ],
    'complete in the tenant': [{ file: provider('twilio'), tenant: HAS }, []],
    'a phone that goes on with one that is complete': [{ file: on('phone'), tenant: HAS }, []],
    'a phone that goes on with one that is not': [
      { file: on('phone'), tenant: { ...HAS, [FROM]: null } },
      [`error ${FROM}`],
    ],
    'the sender is cleared': [{ file: { [FROM]: null }, tenant: HAS }, [`error ${FROM}`]],
    'the sid is cleared': [{ file: { [SID]: null }, tenant: HAS }, [`error ${SID}`]],
    'the sender is exchanged': [{ file: { [FROM]: null, [SERVICE]: 'MG' }, tenant: HAS }, []],
    'the sender of a provider that is none': [{ file: { [FROM]: null }, tenant: NO_PROVIDER }, []],
    'the token of another provider is none': [
      { file: { ...provider('twilio'), [SID]: 'A', [FROM]: '+1' }, tenant: HAS_CUSTOM },
      [`confirm ${TOKEN}`],
    ],
    'from another provider, with a token': [
      { file: { ...provider('twilio'), ...SENDER }, tenant: HAS_CUSTOM },
      [],
    ],
    'a token by a reference': [
      {
        file: { ...provider('twilio'), [SID]: 'A', [FROM]: '+1' },
        tenant: NO_PROVIDER,
        besides: unresolved(TOKEN),
      },
      [],
    ],
    'a disabled one has its token still': [
      { file: provider('twilio'), tenant: { ...HAS, ...phone({ provider: null }) } },
      [],
    ],
    'a disabled one that was another has none': [
      {
        file: { ...provider('twilio'), [SID]: 'A', [FROM]: '+1' },
        tenant: NO_PROVIDER,
        answers: { [PROVIDERS]: { providers: [{ id: 'one', name: 'custom', disabled: true }] } },
      },
      [`confirm ${TOKEN}`],
    ],
    'an account without a choice comes to be Twilio’s': [
      { file: { [FROM]: '+1' }, tenant: NO_PROVIDER },
      [`error ${SID}`, `error ${TOKEN}`],
    ],
    'a token without a choice': [
      { file: { [TOKEN]: 'h' }, tenant: NO_PROVIDER },
      [`error ${SID}`, `error ${FROM}`],
    ],
    'the sid of a disabled one is cleared': [
      { file: { [SID]: null }, tenant: { ...HAS, ...phone({ provider: null }) } },
      [`error ${SID}`],
    ],
    'a part of an account of a custom one': [
      { file: { [FROM]: '+1' }, tenant: HAS_CUSTOM },
      [`error ${SID}`],
    ],
    'an account of a custom one': [{ file: { [SID]: 'A', [FROM]: '+1' }, tenant: HAS_CUSTOM }, []],
    custom: [{ file: provider('custom'), tenant: NO_PROVIDER }, []],
    refused: [{ file: provider('twilio'), tenant: {}, refused: [SID] }, [`note ${SID}`]],
    'refused, and nothing is missing': [
      { file: { ...provider('twilio'), ...SENDER }, tenant: {}, refused: [SID] },
      [],
    ],
    legacy: [{ file: provider('twilio'), tenant: {}, phone: 'legacy' }, []],
  },
  H08: {
    'no Action': [{ file: provider('custom'), tenant: HAS, answers: NONE }, [`error ${P}`]],
    'although the phone is off': [
      { file: { ...provider('custom'), ...off('phone') }, tenant: HAS, answers: NONE },
      [`error ${P}`],
    ],
    'an Action': [{ file: provider('custom'), tenant: HAS, answers: DEPLOYED }, []],
    twilio: [{ file: provider('twilio'), tenant: HAS, answers: NONE }, []],
    'a custom one in the tenant, of which the file says nothing': [
      { file: on('phone'), tenant: HAS_CUSTOM, answers: NONE },
      [],
    ],
    refused: [{ file: provider('custom'), tenant: HAS, closed: [ACTIONS] }, [`note ${P}`]],
    'a strange answer': [
      { file: provider('custom'), tenant: HAS, answers: { [ACTIONS]: [] } },
      [`note ${P}`],
    ],
    'refused, and nobody asked': [{ file: provider('twilio'), tenant: HAS, closed: [ACTIONS] }, []],
    legacy: [{ file: provider('custom'), tenant: {}, phone: 'legacy', answers: NONE }, []],
  },
  H13: {
    'the provider': [{ file: provider('twilio'), tenant: HAS, changed: [P] }, [`note ${P}`]],
    'the account': [{ file: { [FROM]: '+2' }, tenant: HAS, changed: [FROM] }, [`note ${P}`]],
    'a token': [{ file: { [TOKEN]: 'h' }, tenant: HAS, changed: [TOKEN] }, [`note ${P}`]],
    'what follows from it': [
      { file: provider('twilio'), tenant: HAS, changed: ['factors.phone.delivery_methods'] },
      [`note ${P}`],
    ],
    'the verification message': [{ file: message('{{code}}'), tenant: HAS, changed: [V] }, [`note ${V}`]],
    'its voice': [
      {
        file: phone({ 'templates.verification_message.voice': '{{code}}' }),
        tenant: HAS,
        changed: [`${V}.voice`],
      },
      [`note ${V}.voice`],
    ],
    both: [
      { file: { ...provider('twilio'), ...message('{{code}}') }, tenant: HAS, changed: [P, V] },
      [`note ${P}`],
    ],
    'the enrolment message is MFA’s own': [
      { file: phone({ 'templates.enrollment_message': '{{code}}' }), tenant: HAS, changed: [E] },
      [],
    ],
    'what stays as it is': [{ file: { ...provider('twilio'), ...message('{{code}}') }, tenant: HAS }, []],
    'the phone alone': [{ file: { ...on('phone'), ...types('sms') }, tenant: HAS, changed: [T] }, []],
    legacy: [
      {
        file: { ...provider('twilio'), ...message('{{code}}') },
        tenant: {},
        phone: 'legacy',
        changed: [P, V],
      },
      [],
    ],
  },
}

describe.each(Object.entries(TABLE))('%s', (id, rows) => {
  test.each(Object.entries(rows))('%s', (_, [given, expected]) => {
    expect(found(id, { phone: 'unified', ...given })).toEqual(expected)
  })

  test.each(Object.entries(rows))('%s: nothing offline, nor where the kind is not known', (_, [given]) => {
    const { tenant: __, phone: ___, refused: ____, ...offline } = given
    expect(found(id, offline)).toEqual([])
    // What is not known may be anything: only what a unified tenant alone has could be wrong.
    const { phone: _5, refused: _6, ...unknown } = given
    expect(found(id, unknown)).toEqual([])
  })
})

describe('where the kind of phone cannot be seen', () => {
  const reliant: Given = { ...on('phone'), ...types('sms') }
  const unseen = (file: Given, tenant: Given = {}) => ({ file, tenant, refused: [P] })

  test.each([
    ['H05', reliant],
    ['H06', reliant],
    ['H07', on('phone')],
  ])('%s is noted as not checked', (id, file) => {
    expect(found(id, unseen(file))).toEqual([`note ${P}`])
  })

  test.each<[string, Given, Given, string]>([
    ['a policy is set', { ...reliant, ...off('otp'), policy: 'always' }, off('push-notification'), 'confirm'],
    ['a policy is there', { ...reliant, ...off('otp') }, { ...off('otp'), policy: 'adaptive' }, 'confirm'],
    ['something else stands alone', { ...reliant, ...on('otp'), policy: 'always' }, {}, 'note'],
    ['MFA is not required', { ...reliant, ...off('otp'), policy: 'never' }, {}, 'note'],
    // That the factors cannot be seen either is F01's.
    ['nothing is known of the others', { ...reliant, policy: 'always' }, {}, 'note'],
  ])('a phone that is all there is has to be confirmed: %s', (_, file, tenant, severity) => {
    const isKnown = Object.keys({ ...file, ...tenant }).some(path => path.startsWith('factors.otp'))
    const refused = isKnown ? [P] : [P, 'factors.otp.enabled']
    expect(found('H06', { ...unseen(file, tenant), refused })).toEqual([`${severity} ${P}`])
  })
})

describe('messages name what is wrong and what to do', () => {
  const messageOf = (id: string, given: Case): string | undefined =>
    findings({ phone: 'unified', ...given }).find(({ check }) => check === id)?.message

  test.each<[string, Case, RegExp[]]>([
    [
      'H01',
      { file: provider('auth0'), tenant: {} },
      [/provider auth0 does not exist/, /Choose twilio, or custom/],
    ],
    [
      'H01',
      { file: provider('custom'), tenant: {}, phone: 'legacy' },
      [/custom exists only/, /twilio or phone-message-hook/],
    ],
    [
      'H05',
      { file: { ...on('phone'), ...types('sms', 'voice') }, tenant: HAS },
      [/not set up for voice:/, /leave voice out/],
    ],
    [
      'H05',
      { file: { ...on('phone'), ...types('sms', 'voice') }, tenant: { ...HAS, ...methods() } },
      [/not set up for sms and voice/],
    ],
    ['H06', { file: on('phone'), tenant: NO_PROVIDER }, [/no phone provider that is enabled/]],
    [
      'H07',
      { file: { ...provider('twilio'), ...SENDER, [SID]: null }, tenant: NO_PROVIDER },
      [/complete: sid is not set/],
    ],
    [
      'H07',
      { file: { ...provider('twilio'), ...SENDER, [FROM]: null }, tenant: NO_PROVIDER },
      [/neither from nor messaging_service_sid is set/],
    ],
    ['H08', { file: provider('custom'), tenant: HAS, answers: NONE }, [/custom-phone-provider/]],
    ['H13', { file: provider('twilio'), tenant: HAS, changed: [P] }, [/the same provider,/]],
    ['H13', { file: message('{{code}}'), tenant: HAS, changed: [V] }, [/the same verification message,/]],
    [
      'H13',
      { file: { ...provider('twilio'), ...message('{{code}}') }, tenant: HAS, changed: [P, V] },
      [/the same provider and verification message,/],
    ],
  ])('%s %j', (id, given, patterns) => {
    for (const pattern of patterns) expect(messageOf(id, given)).toMatch(pattern)
  })
})

describe('H12', () => {
  const messages = (text: string, kind: PhoneExperience | undefined = 'unified'): string[] =>
    findings({ file: message(text), tenant: {}, ...(kind && { phone: kind }) })
      .filter(({ check }) => check === 'H12')
      .map(({ severity, path, message }) => `${severity} ${path} ${message}`)

  test.each<readonly [string, string, string]>([
    ['{{tenant.friendlyName}}', 'tenant.friendlyName', 'Write friendly_name.'],
    ['{{ requestInfo.lang }}', 'requestInfo.lang', 'Write locale.'],
    [
      '{% if message_type == "voice" %}x{% endif %}',
      'message_type',
      'Write { text: …, voice: … } in place of the template.',
    ],
    ['{% assign a = tenant.friendlyName %}', 'tenant.friendlyName', 'Write friendly_name.'],
    ['{{-tenant.friendlyName-}}', 'tenant.friendlyName', 'Write friendly_name.'],
    ...['{{ tenant.support_email }}', "{{ tenant['friendly_name'] }}", '{{ tenant.friendlyNames }}'].map(
      text =>
        [
          text,
          'a field of tenant',
          'Write friendly_name, support_email and the like without tenant.',
        ] as const,
    ),
    ['{{ a | append: requestInfo.lang }}', 'requestInfo.lang', 'Write locale.'],
  ])('%s has a word of its own there', (text, variable, instead) => {
    expect(messages(`{{code}} ${text}`)).toEqual([
      `warning ${V} The template uses ${variable}, which the unified phone experience does not have. ${instead}`,
    ])
  })

  test.each([
    ['{% capture a %}x{% endcapture %}', 'the tag capture'],
    ['{% echo code %}', 'the tag echo'],
    ['{% render "x" %}', 'the tag render'],
    ['{{ code | md5 }}', 'the filter md5'],
    ['{{ code | upcase | md5: 1 | sha1 }}', 'the filter md5 and the filter sha1'],
    ['{% assign a = code | base64_encode %}', 'the filter base64_encode'],
    ['{{ code | md5 }}{{ code | md5 }}', 'the filter md5'],
    ['{% echo code | md5 %}', 'the tag echo and the filter md5'],
  ])('%s is not listed', (text, what) => {
    expect(messages(`{{code}} ${text}`)).toEqual([
      `warning ${V} The template uses ${what}, which Auth0 does not list for phone templates. Do without.`,
    ])
  })

  test.each([
    ['a quoted text', '{{ "message_type tenant.friendlyName | md5" }}'],
    ['a quoted text of the other kind', "{{ 'requestInfo.lang | md5' }}"],
    ['a quoted text in a tag', '{% if a == "message_type" %}{% endif %}'],
    ['the inside of raw', '{% raw %}{{ tenant.friendlyName | md5 }}{% endraw %}'],
    ['the inside of a comment', '{% comment %}{{ message_type | md5 }}{% render %}{% endcomment %}'],
    ['a comment in one tag', '{% # in one tag %}'],
    ['plain text', 'message_type | md5 requestInfo.lang'],
    ['what is translated', '{{tenant.friendly_name}}'],
    [
      'other variables',
      '{{ my.message_type }}{{ my_message_type }}{{ message_types }}{{ my-requestInfo.lang }}',
    ],
    ['a longer name', '{{ my.tenant.friendlyNames }}{{ requestInfo.language }}{{ tenant }}{{ tenants.x }}'],
    ['what is listed', '{{ code | escape | default: "x" | date: "%Y" }}{{ friendly_name }}{{ locale }}'],
    [
      'tags that are listed',
      '{% for a in b %}{% break %}{% continue %}{% endfor %}{% if a %}{% elsif b %}{% else %}{% endif %}',
    ],
    [
      'more',
      '{% unless a %}{% endunless %}{% case a %}{% when b %}{% endcase %}{% increment a %}{% decrement a %}',
    ],
    [
      'still more',
      '{% assign a = b %}{% include "a" %}{% layout "a" %}{% tablerow a in b %}{% cycle a, b %}{% endtablerow %}',
    ],
  ])('says nothing of %s', (_, text) => {
    expect(messages(`{{code}} ${text}`)).toEqual([])
  })

  test.each(
    `plus minus modulo times floor ceil round divided_by abs at_least at_most append prepend capitalize upcase downcase
     strip lstrip rstrip strip_newlines split replace replace_first remove remove_first truncate truncatewords escape
     escape_once url_encode url_decode strip_html newline_to_br slice map sort sort_natural first last join reverse size
     date default`
      .split(/\s+/)
      .map(name => [name]),
  )('the filter %s is listed', name => {
    expect(messages(`{{ code | ${name} }}`)).toEqual([])
  })

  test('looks at both messages and at what is said in a call', () => {
    const bad = '{{code | md5}}'
    const file = phone({
      'templates.enrollment_message': bad,
      'templates.enrollment_message.voice': bad,
      'templates.verification_message': bad,
      'templates.verification_message.voice': bad,
    })
    expect(found('H12', { file, tenant: {}, phone: 'unified' })).toEqual([
      `warning ${E}`,
      `warning ${E}.voice`,
      `warning ${V}`,
      `warning ${V}.voice`,
    ])
  })

  test('several things are several findings, in one order', () => {
    expect(
      messages('{{code}} {{message_type}} {{requestInfo.lang}} {{tenant.friendlyName | md5}}').map(
        text => /uses ([\w.]+(?: filter \w+)?(?: \w+ \w+)?)/.exec(text)?.[1]?.split(' ')[0],
      ),
    ).toEqual(['tenant.friendlyName', 'requestInfo.lang', 'message_type', 'the'])
  })

  test.each([['legacy'], [undefined]] as const)('is silent where the kind is %s', kind => {
    const given = { file: message('{{code}} {{message_type | md5}}'), tenant: {} }
    expect(found('H12', kind ? { ...given, phone: kind } : given)).toEqual([])
  })
})

describe('H03, H04, H09 and H10 are of the legacy phone', () => {
  const FIRES: Readonly<Record<string, Case>> = {
    H03: { file: { ...on('phone'), ...types('voice'), ...provider('auth0') }, tenant: {} },
    H04: {
      file: { ...on('phone'), ...types('sms'), ...provider('twilio') },
      tenant: { [SID]: null, [FROM]: null },
    },
    H09: {
      file: { ...on('phone'), ...types('sms'), ...provider('phone-message-hook') },
      tenant: {},
      answers: { '/actions/triggers/send-phone-message/bindings': { bindings: [] } },
    },
    H10: { file: { ...on('phone'), ...types('sms'), ...provider('auth0') }, tenant: {} },
  }

  test.each(Object.entries(FIRES))('%s', (id, given) => {
    expect(found(id, { ...given, phone: 'legacy' })).not.toEqual([])
    for (const tenant of [given.tenant, HAS, NO_PROVIDER, {}]) {
      expect(found(id, { ...given, ...(tenant && { tenant }), phone: 'unified' })).toEqual([])
      const refused = [P, SID, T, 'factors.phone.enabled']
      expect(found(id, { ...given, ...(tenant && { tenant }), phone: 'unified', refused })).toEqual([])
    }
  })
})

test.each(['H03', 'H04', 'H09', 'H10'])(
  '%s says nothing of what a unified tenant does not let be read',
  id => {
    const refused = [P, T]
    const file = { ...on('phone'), ...types('voice') }
    expect(found(id, { file, tenant: {}, phone: 'unified', refused })).toEqual([])
    expect(found(id, { file: on('phone'), tenant: {}, phone: 'unified', refused })).toEqual([])
  },
)

describe('over HTTP', () => {
  const checksOf = async (...args: Parameters<typeof command>) =>
    findingsIn(await command(...args)).map(({ check, severity, path }) => `${check} ${severity} ${path}`)

  test.each([
    ['factors: { phone: true }'],
    ['factors: { otp: true, phone: { enabled: true, message_types: [sms] } }'],
    ['factors: { phone: { enabled: true, message_types: [sms], provider: custom } }'],
    [`factors: { phone: { enabled: true, message_types: [sms, voice], provider: twilio, ${ACCOUNT} } }`],
  ])('a unified tenant where all is readable gets no "Not checked": %s', async file => {
    for (const there of [await startUnified(), await startTenant()]) {
      if (((await there.get('/tenants/settings')) as Record<string, unknown>).phone_consolidated_experience)
        await giveProvider(there)
      const planned = await command(there, file, 'plan')
      for (const { message } of findingsIn(planned)) expect(message).not.toContain('Not checked')
    }
  })

  test('H01, H06, H07 and H08 stop apply before anything is written', async () => {
    const tenant = await startUnified({ actions: [] })
    for (const [check, file] of [
      ['H01', 'factors: { otp: true, phone: { provider: auth0 } }'],
      ['H06', 'factors: { otp: true, phone: { enabled: true, message_types: [sms] } }'],
      ['H07', 'factors: { otp: true, phone: { provider: twilio, twilio: { sid: AC1 } } }'],
      ['H08', 'factors: { otp: true, phone: { provider: custom } }'],
    ] as const) {
      const outcome = await command(tenant, file, 'apply', '--yes', '--snapshot', 'none')
      expect(outcome.out).toContain(check)
      expect(outcome.code).not.toBe(0)
    }
    expect(await providersOf(tenant)).toEqual([])
    expect(JSON.stringify(await tenant.get('/guardian/factors'))).not.toContain('true')
  })

  test('H05 is what the API refuses, and naming the provider mends it', async () => {
    const tenant = await startUnified()
    await giveProvider(tenant)
    const alone = 'factors: { otp: true, phone: { enabled: true, message_types: [sms, voice] } }'
    expect(await checksOf(tenant, alone, 'plan')).toContain(`H05 error ${T}`)
    expect((await apply(tenant, alone)).code).toBe(4)
    const named =
      'factors: { otp: true, phone: { enabled: true, message_types: [sms, voice], provider: twilio } }'
    expect((await checksOf(tenant, named, 'plan')).filter(finding => finding.includes('error'))).toEqual([])
    const mended = await command(tenant, named, 'apply', '--yes', '--snapshot', 'none', '--allow', 'H13')
    expect(mended.code).toBe(0)
  })

  test('H08: a token that may not see Actions gets a note', async () => {
    const tenant = await startUnified()
    const scopes = ['read:tenant_settings', 'read:phone_providers', 'read:guardian_factors']
    const env = { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: await tenant.token(...scopes) }
    const planned = await command({ env }, 'factors: { phone: { provider: custom } }', 'plan')
    expect(planned.code).toBe(0)
    expect(findingsIn(planned)).toContainEqual(
      expect.objectContaining({
        check: 'H08',
        severity: 'note',
        path: P,
        message: expect.stringMatching(/^Not checked: .*read:actions/),
      }),
    )
  })

  test('a file without the phone asks for no Action', async () => {
    const tenant = await startUnified()
    const planned = await command(tenant, 'factors: { phone: { provider: twilio } }', 'plan')
    expect(planned.requests.filter(request => request.includes('/actions'))).toEqual([])
    expect(json(planned)).toMatchObject({ format: 'mfa-config/plan/1' })
  })
})
