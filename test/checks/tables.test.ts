import { describe, expect, test } from 'vitest'
import { CHECKS } from '../../src/checks/catalogue.ts'
import { FACTORS, STAND_ALONE } from '../../src/settings/factor.ts'
import { type Case, findings, found, type Given, off, on } from './support/found.ts'

const PROMPTS = '/prompts'
const TENANT = '/tenants/settings'
const DOMAINS = '/custom-domains'
const EMAILS = '/emails/provider'
const BINDINGS = '/actions/triggers/send-phone-message/bindings'
const NEW = { [PROMPTS]: { universal_login_experience: 'new' }, [TENANT]: {} }
const CLASSIC = { [PROMPTS]: { universal_login_experience: 'classic' }, [TENANT]: {} }
const OWN_PAGE = { ...NEW, [TENANT]: { guardian_mfa_page: { enabled: true, html: '<p>' } } }

const PHONE = 'factors.phone'
const PUSH = 'factors.push-notification'
const ROAMING = 'factors.webauthn-roaming'

const duo = (given: Given): Given => under('factors.duo', given)
const phone = (given: Given): Given => under(PHONE, given)
const twilio = (given: Given): Given => under(`${PHONE}.twilio`, given)
const push = (given: Given): Given => under(PUSH, given)
function under(at: string, given: Given): Given {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [`${at}.${name}`, value]))
}

const ACCOUNT = { host: 'a', ikey: 'b', skey: 'c' }
const NO_ACCOUNT = { host: null, ikey: null, skey: null }
const SENDER = { sid: 'AC', auth_token: 'hush', from: '+1', messaging_service_sid: null }
const SNS = {
  'sns.aws_region': 'eu-west-1',
  'sns.aws_access_key_id': 'AK',
  'sns.aws_secret_access_key': 'hush',
  'sns.sns_apns_platform_application_arn': 'arn',
  'sns.sns_gcm_platform_application_arn': null,
}
const NO_SNS = Object.fromEntries(Object.keys(SNS).map(name => [name, null]))
const APNS = { 'apns.bundle_id': 'com.acme', 'apns.p12': 'set' }
const NO_APNS = { 'apns.bundle_id': null, 'apns.p12': null }
const domains = (...names: string[]) => ({
  [DOMAINS]: names.map(domain => ({ domain, status: 'ready', primary: true })),
})
const party = (domain: string | false): Given => ({ [`${ROAMING}.relying_party`]: domain })
const PARTY = `${ROAMING}.relying_party`
const template = (text: string): Given => ({ [`${PHONE}.templates.verification_message`]: text })

/** Of each check: a case, and what it finds. */
const TABLE: Readonly<Record<string, Readonly<Record<string, [Case, string[]]>>>> = {
  F03: {
    'duo with another, offline': [{ file: on('duo', 'otp') }, ['error factors.duo.enabled']],
    'duo with recovery codes': [
      { file: on('duo'), tenant: on('recovery-code') },
      ['error factors.duo.enabled'],
    ],
    'another with duo': [{ file: on('otp'), tenant: on('duo') }, ['error factors.duo.enabled']],
    'duo alone': [{ file: on('duo'), tenant: off('otp') }, []],
    'duo in place of another': [{ file: { ...on('duo'), ...off('otp') }, tenant: on('otp') }, []],
    'duo, offline': [{ file: on('duo') }, []],
    'others without duo': [{ file: on('otp', 'phone'), tenant: off('duo') }, []],
  },
  F04: {
    'duo on without an account': [{ file: on('duo'), tenant: duo(NO_ACCOUNT) }, ['error factors.duo.host']],
    'with a part of one in the tenant': [
      { file: { ...on('duo'), ...duo({ skey: 'hush' }) }, tenant: duo({ ...NO_ACCOUNT, host: 'a' }) },
      ['error factors.duo.ikey'],
    ],
    'with one in the file, offline': [{ file: { ...on('duo'), ...duo(ACCOUNT) } }, []],
    'with one in the tenant': [{ file: on('duo'), tenant: duo(ACCOUNT) }, []],
    'offline, where the file does not say': [{ file: on('duo') }, []],
    'duo off': [{ file: { ...off('duo'), ...duo({ host: 'a' }) }, tenant: duo(NO_ACCOUNT) }, []],
    refused: [{ file: on('duo'), tenant: {}, refused: ['factors.duo.host'] }, ['note factors.duo.host']],
  },
  F05: {
    'duo on with Universal Login': [
      { file: on('duo'), tenant: off('otp'), answers: NEW },
      ['warning factors.duo.enabled'],
    ],
    'with the classic login': [{ file: on('duo'), tenant: off('otp'), answers: CLASSIC }, []],
    'offline, where the login is not known': [{ file: on('duo') }, []],
    'duo off': [{ file: off('duo'), tenant: off('otp'), answers: NEW }, []],
    refused: [{ file: on('duo'), closed: [PROMPTS] }, ['note factors.duo.enabled']],
  },
  F07: {
    'e-mail on, no provider': [
      { file: on('email'), tenant: on('otp'), answers: { [EMAILS]: null } },
      ['warning factors.email.enabled'],
    ],
    'e-mail on, a provider that is off': [
      { file: on('email'), answers: { [EMAILS]: { name: 'ses', enabled: false } } },
      ['warning factors.email.enabled'],
    ],
    'a provider that is on': [
      { file: on('email'), answers: { [EMAILS]: { name: 'ses', enabled: true } } },
      [],
    ],
    'a provider that does not say': [{ file: on('email'), answers: { [EMAILS]: { name: 'ses' } } }, []],
    'e-mail off': [{ file: off('email'), answers: { [EMAILS]: null } }, []],
    'e-mail on in the tenant alone': [
      { file: on('otp'), tenant: on('email'), answers: { [EMAILS]: null } },
      [],
    ],
    offline: [{ file: on('email') }, []],
    refused: [{ file: on('email'), closed: [EMAILS] }, ['note factors.email.enabled']],
    'an answer of another shape': [
      { file: on('email'), answers: { [EMAILS]: [] } },
      ['note factors.email.enabled'],
    ],
  },
  F08: {
    'the phone alone': [{ file: on('phone'), tenant: off('otp') }, ['warning factors.phone.enabled']],
    'the phone left alone': [
      { file: off('otp'), tenant: on('otp', 'phone') },
      ['warning factors.phone.enabled'],
    ],
    'with dependent ones': [{ file: on('phone'), tenant: on('email') }, ['warning factors.phone.enabled']],
    'all said, offline': [
      { file: { ...off(...STAND_ALONE), ...on('phone') } },
      ['warning factors.phone.enabled'],
    ],
    'not all said, offline': [{ file: on('phone') }, []],
    'with another': [{ file: on('phone'), tenant: on('otp') }, []],
    'another alone': [{ file: on('otp'), tenant: off('otp') }, []],
  },
  F09: {
    'an expired trial': [
      {
        file: on('phone'),
        tenant: off('phone'),
        answers: { '/guardian/factors': [{ name: 'sms', trial_expired: true }] },
      },
      ['error factors.phone.enabled'],
    ],
    'of a factor that the tenant has on': [
      {
        file: on('otp'),
        tenant: on('push-notification'),
        answers: { '/guardian/factors': [{ name: 'push-notification', trial_expired: true }] },
      },
      [`error ${PUSH}.enabled`],
    ],
    'of a factor that goes off': [
      {
        file: off('phone'),
        tenant: on('phone'),
        answers: { '/guardian/factors': [{ name: 'sms', trial_expired: true }] },
      },
      [],
    ],
    'a trial that goes on': [
      {
        file: on('phone'),
        tenant: off('phone'),
        answers: { '/guardian/factors': [{ name: 'sms', trial_expired: false }] },
      },
      [],
    ],
    offline: [{ file: on('phone') }, []],
  },
  F10: {
    'biometrics off, and users log in with them': [
      {
        file: off('webauthn-platform'),
        tenant: on('otp'),
        answers: { [PROMPTS]: { webauthn_platform_first_factor: true } },
      },
      ['warning factors.webauthn-platform.enabled'],
    ],
    'and users do not': [
      {
        file: off('webauthn-platform'),
        tenant: on('otp'),
        answers: { [PROMPTS]: { webauthn_platform_first_factor: false } },
      },
      [],
    ],
    'and nothing is said about it': [{ file: off('webauthn-platform'), answers: NEW }, []],
    'biometrics on': [
      { file: on('webauthn-platform'), answers: { [PROMPTS]: { webauthn_platform_first_factor: true } } },
      [],
    ],
    offline: [{ file: off('webauthn-platform') }, []],
    refused: [
      { file: off('webauthn-platform'), closed: [PROMPTS] },
      ['note factors.webauthn-platform.enabled'],
    ],
  },
  F11: {
    'e-mail with the classic login': [
      { file: on('email'), answers: CLASSIC },
      ['warning factors.email.enabled'],
    ],
    'e-mail with a page of their own': [
      { file: on('email'), answers: OWN_PAGE },
      ['warning factors.email.enabled'],
    ],
    'voice with the classic login': [
      { file: phone({ message_types: ['voice'] }), tenant: on('phone'), answers: CLASSIC },
      [`warning ${PHONE}.message_types`],
    ],
    'voice while the phone is off': [
      { file: phone({ message_types: ['voice'] }), tenant: off('phone'), answers: CLASSIC },
      [],
    ],
    'text messages': [{ file: phone({ message_types: ['sms'] }), tenant: on('phone'), answers: CLASSIC }, []],
    'e-mail with Universal Login': [{ file: on('email'), answers: NEW }, []],
    'a page of their own that is off': [
      { file: on('email'), answers: { ...NEW, [TENANT]: { guardian_mfa_page: { enabled: false } } } },
      [],
    ],
    offline: [{ file: on('email') }, []],
    'one of both refused': [
      { file: on('email'), answers: NEW, closed: [TENANT] },
      ['note factors.email.enabled'],
    ],
    'one of both refused, and the other enough': [
      { file: on('email'), answers: CLASSIC, closed: [TENANT] },
      ['warning factors.email.enabled'],
    ],
  },
  P02: {
    'the policy adaptive, offline': [{ file: { policy: 'adaptive' } }, ['warning policy']],
    'the assessment, offline': [{ file: { 'risk.enabled': true } }, ['warning risk.enabled']],
    'the memory of devices, offline': [
      { file: { 'risk.new_device.remember_for': 7 } },
      ['warning risk.new_device.remember_for'],
    ],
    'a tenant that may not have it': [
      { file: { policy: 'adaptive' }, tenant: { ...on('otp'), policy: 'never' } },
      ['warning policy'],
    ],
    'a tenant that is adaptive': [{ file: { policy: 'adaptive' }, tenant: { policy: 'adaptive' } }, []],
    'a tenant that shows its assessment': [
      { file: { 'risk.enabled': true }, tenant: { 'risk.enabled': false } },
      [],
    ],
    'another policy': [{ file: { policy: 'always' } }, []],
  },
  P03: {
    'the policy adaptive': [{ file: { policy: 'adaptive' } }, ['warning policy']],
    'a tenant that is adaptive': [
      { file: off('otp'), tenant: { ...on('otp', 'duo'), policy: 'adaptive' } },
      ['warning policy'],
    ],
    'the policy always': [{ file: { policy: 'always' }, tenant: { policy: 'adaptive' } }, []],
  },
  P05: {
    '31 days': [{ file: { 'risk.new_device.remember_for': 31 } }, ['warning risk.new_device.remember_for']],
    '30 days': [{ file: { 'risk.new_device.remember_for': 30 } }, []],
    'nothing said': [{ file: { 'risk.enabled': true } }, []],
  },
  P06: {
    'always to never': [{ file: { policy: 'never' }, tenant: { policy: 'always' } }, ['confirm policy']],
    'always to adaptive': [
      { file: { policy: 'adaptive' }, tenant: { policy: 'always' } },
      ['confirm policy'],
    ],
    'adaptive to never': [{ file: { policy: 'never' }, tenant: { policy: 'adaptive' } }, ['confirm policy']],
    'one of the future to never': [
      { file: { policy: 'never' }, tenant: { policy: ['new'] } },
      ['confirm policy'],
    ],
    'one of the future to always': [{ file: { policy: 'always' }, tenant: { policy: ['new'] } }, []],
    'one of the future that stays': [
      { file: off('otp'), tenant: { ...on('otp', 'duo'), policy: ['new'] } },
      [],
    ],
    'never to always': [{ file: { policy: 'always' }, tenant: { policy: 'never' } }, []],
    'adaptive to always': [{ file: { policy: 'always' }, tenant: { policy: 'adaptive' } }, []],
    'never that stays': [{ file: { policy: 'never' }, tenant: { policy: 'never' } }, []],
    offline: [{ file: { policy: 'never' } }, []],
  },
  H02: {
    'none in the tenant': [
      { file: on('phone'), tenant: { ...off('phone'), ...phone({ message_types: [] }) } },
      [`error ${PHONE}.message_types`],
    ],
    'none in the file, offline': [
      { file: { ...on('phone'), ...phone({ message_types: [] }) } },
      [`error ${PHONE}.message_types`],
    ],
    'none in the file, the phone on in the tenant': [
      { file: phone({ message_types: [] }), tenant: on('phone') },
      [`error ${PHONE}.message_types`],
    ],
    'one in the file': [
      {
        file: { ...on('phone'), ...phone({ message_types: ['sms'] }) },
        tenant: phone({ message_types: [] }),
      },
      [],
    ],
    'one in the tenant': [{ file: on('phone'), tenant: phone({ message_types: ['voice'] }) }, []],
    'none while the phone is off': [{ file: phone({ message_types: [] }), tenant: off('phone') }, []],
    'not said, offline': [{ file: on('phone') }, []],
    refused: [
      { file: on('phone'), tenant: {}, refused: [`${PHONE}.message_types`] },
      [`note ${PHONE}.message_types`],
    ],
  },
  H03: {
    'both in the file': [
      { file: phone({ provider: 'auth0', message_types: ['sms', 'voice'] }) },
      [`error ${PHONE}.message_types`],
    ],
    'the provider in the tenant': [
      {
        file: phone({ message_types: ['voice'] }),
        tenant: { ...on('phone'), ...phone({ provider: 'auth0' }) },
      },
      [`error ${PHONE}.message_types`],
    ],
    'voice in the tenant': [
      {
        file: phone({ provider: 'auth0' }),
        tenant: { ...on('phone'), ...phone({ message_types: ['voice'], provider: 'twilio' }) },
      },
      [`error ${PHONE}.message_types`],
    ],
    'both in the tenant, the phone switched on': [
      { file: on('phone'), tenant: phone({ message_types: ['voice'], provider: 'auth0' }) },
      [`error ${PHONE}.message_types`],
    ],
    'text messages': [{ file: phone({ provider: 'auth0', message_types: ['sms'] }) }, []],
    'another provider': [{ file: phone({ provider: 'twilio', message_types: ['voice'] }) }, []],
    'the phone off in the tenant': [
      { file: phone({ provider: 'auth0', message_types: ['voice'] }), tenant: off('phone') },
      [],
    ],
    'voice alone, offline': [{ file: phone({ message_types: ['voice'] }) }, []],
    refused: [
      { file: phone({ message_types: ['voice'] }), tenant: on('phone'), refused: [`${PHONE}.provider`] },
      [`note ${PHONE}.provider`],
    ],
  },
  H04: {
    'nothing in the tenant': [
      {
        file: { ...on('phone'), ...phone({ provider: 'twilio', message_types: ['sms'] }) },
        tenant: twilio({ sid: null, auth_token: null, from: null, messaging_service_sid: null }),
      },
      [`error ${PHONE}.twilio.sid`, `error ${PHONE}.twilio.auth_token`, `error ${PHONE}.twilio.from`],
    ],
    'the phone switched on with what the tenant has': [
      {
        file: on('phone'),
        tenant: {
          ...phone({ provider: 'twilio', message_types: ['sms'] }),
          ...twilio({ ...SENDER, sid: null }),
        },
      },
      [`error ${PHONE}.twilio.sid`],
    ],
    'a sender that the file clears': [
      {
        file: twilio({ from: null }),
        tenant: {
          ...on('phone'),
          ...phone({ provider: 'twilio', message_types: ['sms'] }),
          ...twilio(SENDER),
        },
      },
      [`error ${PHONE}.twilio.from`],
    ],
    'cleared, offline': [
      { file: { ...phone({ provider: 'twilio' }), ...twilio({ from: null, messaging_service_sid: null }) } },
      [`error ${PHONE}.twilio.from`],
    ],
    'voice without from': [
      {
        file: {
          ...phone({ provider: 'twilio', message_types: ['voice'] }),
          ...twilio({ ...SENDER, from: null, messaging_service_sid: 'MG' }),
        },
        tenant: {},
        phone: 'legacy',
      },
      [`error ${PHONE}.twilio.from`],
    ],
    'voice without from, on a tenant that may have the unified phone': [
      {
        file: {
          ...phone({ provider: 'twilio', message_types: ['voice'] }),
          ...twilio({ ...SENDER, from: null, messaging_service_sid: 'MG' }),
        },
      },
      [`warning ${PHONE}.twilio.from`],
    ],
    'two senders without voice': [
      {
        file: {
          ...phone({ provider: 'twilio', message_types: ['sms'] }),
          ...twilio({ ...SENDER, messaging_service_sid: 'MG' }),
        },
      },
      [`warning ${PHONE}.twilio.messaging_service_sid`],
    ],
    'two senders with voice': [
      {
        file: {
          ...phone({ provider: 'twilio', message_types: ['sms', 'voice'] }),
          ...twilio({ ...SENDER, messaging_service_sid: 'MG' }),
        },
      },
      [],
    ],
    'a complete account': [
      {
        file: {
          ...on('phone'),
          ...phone({ provider: 'twilio', message_types: ['voice'] }),
          ...twilio(SENDER),
        },
      },
      [],
    ],
    'another provider': [{ file: { ...phone({ provider: 'auth0' }), ...twilio({ sid: null }) } }, []],
    'a phone that is off': [
      { file: { ...phone({ provider: 'twilio' }) }, tenant: { ...off('phone'), ...twilio({ sid: null }) } },
      [],
    ],
    'not said, offline': [{ file: { ...on('phone'), ...phone({ provider: 'twilio' }) } }, []],
    refused: [
      { file: phone({ provider: 'twilio' }), tenant: on('phone'), refused: [`${PHONE}.twilio.sid`] },
      [`note ${PHONE}.twilio.sid`],
    ],
  },
  H09: {
    'no Action': [
      {
        file: phone({ provider: 'phone-message-hook' }),
        tenant: on('phone'),
        answers: { [BINDINGS]: { bindings: [] } },
      },
      [`error ${PHONE}.provider`],
    ],
    'an Action': [
      {
        file: phone({ provider: 'phone-message-hook' }),
        tenant: on('phone'),
        answers: { [BINDINGS]: { bindings: [{ id: '1' }], total: 1 } },
      },
      [],
    ],
    'a phone that is off': [
      {
        file: phone({ provider: 'phone-message-hook' }),
        tenant: off('phone'),
        answers: { [BINDINGS]: { bindings: [] } },
      },
      [],
    ],
    'another provider': [
      { file: phone({ provider: 'twilio' }), answers: { [BINDINGS]: { bindings: [] } } },
      [],
    ],
    offline: [{ file: phone({ provider: 'phone-message-hook' }) }, []],
    refused: [
      { file: phone({ provider: 'phone-message-hook' }), closed: [BINDINGS] },
      [`note ${PHONE}.provider`],
    ],
  },
  H10: {
    'both in the file, offline': [
      { file: { ...on('phone'), ...phone({ provider: 'auth0' }) } },
      [`warning ${PHONE}.provider`],
    ],
    'the provider in the tenant': [
      { file: on('phone'), tenant: phone({ provider: 'auth0' }) },
      [`warning ${PHONE}.provider`],
    ],
    'the phone on in the tenant': [
      { file: phone({ provider: 'auth0' }), tenant: on('phone') },
      [`warning ${PHONE}.provider`],
    ],
    'another provider': [{ file: on('phone'), tenant: phone({ provider: 'twilio' }) }, []],
    'a phone that is off': [{ file: phone({ provider: 'auth0' }), tenant: off('phone') }, []],
    offline: [{ file: on('phone') }, []],
    refused: [{ file: on('phone'), tenant: {}, refused: [`${PHONE}.provider`] }, [`note ${PHONE}.provider`]],
  },
  H11: Object.fromEntries<[Case, string[]]>([
    ...[
      '{{code}}',
      'Your code is {{ code | escape }}.',
      '{{- code -}}',
      '{% if message_type == "voice" %}{{code}}{% else %}{{ code }} for {{tenant.friendly_name}}{% endif %}',
      '{% assign digits = code | split: "" %}{{ digits | join: "." }}',
      '{% for digit in code %}{{ digit }}{% endfor %}',
      '{% raw %}{{ {% }} %}{% endraw %}{{code}}',
      '{% comment %}{% if %}{% endcomment %}{{code}}',
      '{{code}} { } % {',
    ].map((text): [string, [Case, string[]]] => [text, [{ file: template(text) }, []]]),
    ...[
      '',
      'Your code is in the post.',
      'code',
      '{{ decode }} {{ code_name }} {{ user.code }} {{ "code" }}',
      '{% raw %}{{code}}{% endraw %}',
      '{% if code %}yes{% endif %}',
      '{{code',
      '{{code} }',
      'code}} {{code}}',
      '{{code}} %}',
      '{% if code {{code}}',
      '{{ {{code}} }}',
      '{% if x %}{{code}}',
      '{{code}}{% endif %}',
      '{% if x %}{% for y in z %}{{code}}{% endif %}{% endfor %}',
      '{% raw %}{{code}}',
    ].map((text): [string, [Case, string[]]] => [
      `${text} (wrong)`,
      [{ file: template(text) }, [`error ${PHONE}.templates.verification_message`]],
    ]),
    [
      "the tenant's own, which the file leaves alone",
      [{ file: { [`${PHONE}.templates.enrollment_message`]: '{{code}}' }, tenant: template('none') }, []],
    ],
  ]),
  H15: {
    'voice with the classic login': [
      { file: phone({ message_types: ['voice'] }), tenant: on('phone'), answers: CLASSIC },
      [`warning ${PHONE}.message_types`],
    ],
    'voice with Universal Login': [
      { file: phone({ message_types: ['voice'] }), tenant: on('phone'), answers: NEW },
      [],
    ],
    'text messages': [{ file: phone({ message_types: ['sms'] }), tenant: on('phone'), answers: CLASSIC }, []],
    'a phone that is off': [
      { file: phone({ message_types: ['voice'] }), tenant: off('phone'), answers: CLASSIC },
      [],
    ],
    offline: [{ file: phone({ message_types: ['voice'] }) }, []],
    refused: [
      { file: phone({ message_types: ['voice'] }), closed: [PROMPTS] },
      [`note ${PHONE}.message_types`],
    ],
  },
  U01: {
    'nothing in the tenant': [
      { file: push({ provider: 'sns' }), tenant: { ...on('push-notification'), ...push(NO_SNS) } },
      [`error ${PUSH}.sns.aws_access_key_id`],
    ],
    'push switched on with what the tenant has': [
      { file: on('push-notification'), tenant: push({ ...SNS, provider: 'sns', 'sns.aws_region': null }) },
      [`error ${PUSH}.sns.aws_region`],
    ],
    'a region that Auth0 does not take': [
      {
        file: push({ provider: 'sns' }),
        tenant: { ...on('push-notification'), ...push({ ...SNS, 'sns.aws_region': 'sa-east-1' }) },
      },
      [`error ${PUSH}.sns.aws_region`],
    ],
    'a key that the file clears': [
      {
        file: push({ 'sns.aws_access_key_id': null }),
        tenant: { ...on('push-notification'), ...push({ ...SNS, provider: 'sns' }) },
      },
      [`error ${PUSH}.sns.aws_access_key_id`],
    ],
    'no ARN, offline': [
      {
        file: push({
          ...SNS,
          provider: 'sns',
          'sns.sns_apns_platform_application_arn': null,
        }),
      },
      [`error ${PUSH}.sns.sns_apns_platform_application_arn`],
    ],
    'a complete account, offline': [
      { file: { ...on('push-notification'), ...push({ ...SNS, provider: 'sns' }) } },
      [],
    ],
    'an ARN for Google alone': [
      {
        file: push({
          ...SNS,
          provider: 'sns',
          'sns.sns_apns_platform_application_arn': null,
          'sns.sns_gcm_platform_application_arn': 'arn',
        }),
      },
      [],
    ],
    'a secret that the tenant has': [
      { file: push({ provider: 'sns' }), tenant: { ...on('push-notification'), ...push(SNS) } },
      [],
    ],
    'push off': [{ file: push({ provider: 'sns' }), tenant: { ...off('otp'), ...push(NO_SNS) } }, []],
    'another provider': [
      { file: push({ provider: 'guardian' }), tenant: { ...on('push-notification'), ...push(NO_SNS) } },
      [],
    ],
    'not said, offline': [{ file: push({ provider: 'sns' }) }, []],
    refused: [
      {
        file: push({ provider: 'sns' }),
        tenant: on('push-notification'),
        refused: [`${PUSH}.sns.aws_region`],
      },
      [`note ${PUSH}.sns.aws_access_key_id`],
    ],
  },
  U02: {
    'nothing in the tenant': [
      {
        file: push({ provider: 'direct' }),
        tenant: { ...on('push-notification'), ...push({ ...NO_APNS, provider: 'guardian' }) },
      },
      [`error ${PUSH}.provider`],
    ],
    'a bundle id in the file, no certificate': [
      {
        file: push({ provider: 'direct', 'apns.bundle_id': 'com.acme' }),
        tenant: { ...on('push-notification'), ...push({ ...NO_APNS, provider: 'sns' }) },
      },
      [`error ${PUSH}.provider`],
    ],
    'push switched on with a tenant that is direct': [
      { file: on('push-notification'), tenant: push({ ...NO_APNS, provider: 'direct' }) },
      [`confirm ${PUSH}.provider`],
    ],
    "Apple's in the tenant": [
      {
        file: push({ provider: 'direct' }),
        tenant: { ...on('push-notification'), ...push({ ...APNS, provider: 'guardian' }) },
      },
      [],
    ],
    "Firebase's in the file": [
      {
        file: push({ provider: 'direct', 'fcmv1.server_credentials': '{}' }),
        tenant: { ...on('push-notification'), ...push({ ...NO_APNS, provider: 'guardian' }) },
      },
      [],
    ],
    'push off': [
      {
        file: push({ provider: 'direct' }),
        tenant: { ...off('otp'), ...push({ ...NO_APNS, provider: 'sns' }) },
      },
      [],
    ],
    offline: [{ file: push({ provider: 'direct' }) }, []],
    refused: [
      {
        file: push({ provider: 'direct' }),
        tenant: { ...on('push-notification'), ...push({ provider: 'sns' }) },
        refused: [`${PUSH}.apns.bundle_id`],
      },
      [`note ${PUSH}.apns.bundle_id`],
    ],
  },
  U03: {
    'a server key': [{ file: push({ 'fcm.server_key': 'hush' }) }, [`warning ${PUSH}.fcm.server_key`]],
    'one by a reference without a value': [
      { file: {}, besides: { unresolved: new Set([`${PUSH}.fcm.server_key`]) } },
      [`warning ${PUSH}.fcm.server_key`],
    ],
    'FCM v1': [{ file: push({ 'fcmv1.server_credentials': '{}' }) }, []],
  },
  U04: {
    'a certificate with a flaw': [
      { file: push({ 'apns.p12': 'x' }), besides: { flaws: new Map([[`${PUSH}.apns.p12`, 'It is bad.']]) } },
      [`error ${PUSH}.apns.p12`],
    ],
    'one without': [{ file: push({ 'apns.p12': 'x' }), besides: { flaws: new Map() } }, []],
    'one that nobody has looked at': [{ file: push({ 'apns.p12': 'x' }) }, []],
  },
  U05: {
    'the sandbox, offline': [{ file: push({ 'apns.sandbox': true }) }, [`warning ${PUSH}.apns.sandbox`]],
    'the sandbox in the tenant': [
      { file: push({ 'apns.bundle_id': 'com.acme' }), tenant: push({ 'apns.sandbox': true }) },
      [`warning ${PUSH}.apns.sandbox`],
    ],
    'with another provider': [{ file: push({ 'apns.sandbox': true, provider: 'sns' }) }, []],
    'with push off': [{ file: { ...push({ 'apns.sandbox': true }), ...off('push-notification') } }, []],
    'no sandbox': [{ file: push({ 'apns.sandbox': false }) }, []],
  },
  W02: {
    'no custom domain': [{ file: party('auth.acme.com'), answers: domains() }, [`error ${PARTY}`]],
    'one that is not ready': [
      {
        file: party('auth.acme.com'),
        answers: { [DOMAINS]: [{ domain: 'auth.acme.com', status: 'pending_verification' }] },
      },
      [`error ${PARTY}`],
    ],
    'another domain': [
      { file: party('auth.acme.org'), answers: domains('auth.acme.com') },
      [`error ${PARTY}`],
    ],
    'one below it': [
      { file: party('a.auth.acme.com'), answers: domains('auth.acme.com') },
      [`error ${PARTY}`],
    ],
    'an end that is no domain': [
      { file: party('cme.com'), answers: domains('auth.acme.com') },
      [`error ${PARTY}`],
    ],
    'a top-level domain': [{ file: party('com'), answers: domains('auth.acme.com') }, [`error ${PARTY}`]],
    'for both factors': [
      { file: { ...party('a.b'), 'factors.webauthn-platform.relying_party': 'a.b' }, answers: domains() },
      [`error ${PARTY}`, 'error factors.webauthn-platform.relying_party'],
    ],
    'the domain itself': [{ file: party('auth.acme.com'), answers: domains('Auth.acme.com') }, []],
    'a domain above it': [{ file: party('acme.com'), answers: domains('auth.acme.com') }, []],
    'one that does not say its status': [
      { file: party('acme.com'), answers: { [DOMAINS]: [{ domain: 'acme.com' }] } },
      [],
    ],
    "the tenant's own": [{ file: party(false), answers: domains() }, []],
    offline: [{ file: party('auth.acme.com') }, []],
    refused: [{ file: party('auth.acme.com'), closed: [DOMAINS] }, [`note ${PARTY}`]],
  },
  W03: {
    'from one to another': [{ file: party('b.com'), tenant: party('a.com') }, [`confirm ${PARTY}`]],
    "from the tenant's own": [{ file: party('b.com'), tenant: party(false) }, [`confirm ${PARTY}`]],
    "to the tenant's own": [{ file: party(false), tenant: party('a.com') }, [`confirm ${PARTY}`]],
    'one that stays': [{ file: party('a.com'), tenant: party('a.com') }, []],
    'one that the file leaves alone': [
      { file: { [`${ROAMING}.user_verification`]: 'preferred' }, tenant: party('a.com') },
      [],
    ],
    offline: [{ file: party('a.com') }, []],
  },
  W04: {
    'two domains': [
      { file: party('acme.com'), answers: domains('a.acme.com', 'b.acme.com') },
      [`warning ${PARTY}`],
    ],
    'one domain': [{ file: party('acme.com'), answers: domains('a.acme.com') }, []],
    "the tenant's own": [{ file: party(false), answers: domains('a.acme.com', 'b.acme.com') }, []],
    offline: [{ file: party('acme.com') }, []],
    refused: [{ file: party('acme.com'), closed: [DOMAINS] }, [`note ${PARTY}`]],
  },
  W05: {
    required: [
      { file: { [`${ROAMING}.user_verification`]: 'required' } },
      [`warning ${ROAMING}.user_verification`],
    ],
    preferred: [{ file: { [`${ROAMING}.user_verification`]: 'preferred' } }, []],
    'not said': [{ file: on('webauthn-roaming') }, []],
  },
  S01: {
    'both in the file': [{ file: sessions(7200, 3600) }, ['error session.mfa_session_inactivity_timeout']],
    'the overall one in the tenant': [
      { file: sessions(7200), tenant: sessions(3600, 3600) },
      ['error session.mfa_session_inactivity_timeout'],
    ],
    'the inactivity one in the tenant': [
      { file: sessions(undefined, 3600), tenant: sessions(7200, 86_400) },
      ['error session.mfa_session_overall_timeout'],
    ],
    'both the same': [{ file: sessions(3600, 3600) }, []],
    'one alone, offline': [{ file: sessions(2_592_000) }, []],
    'the tenant put right': [{ file: sessions(undefined, 7200), tenant: sessions(7200, 3600) }, []],
  },
  S03: {
    'five digits': [{ file: { 'factors.email.otp_length': 5 } }, ['warning factors.email.otp_length']],
    'five minutes and one second': [
      { file: { 'factors.phone.otp_expiration_time': 301 } },
      ['warning factors.phone.otp_expiration_time'],
    ],
    all: [
      {
        file: {
          'factors.email.otp_length': 4,
          'factors.email.otp_expiration_time': 600,
          'factors.phone.otp_length': 4,
          'factors.phone.otp_expiration_time': 600,
        },
      },
      [
        'warning factors.phone.otp_length',
        'warning factors.phone.otp_expiration_time',
        'warning factors.email.otp_length',
        'warning factors.email.otp_expiration_time',
      ],
    ],
    'the usual': [{ file: { 'factors.email.otp_length': 6, 'factors.email.otp_expiration_time': 300 } }, []],
  },
  S04: {
    'more than 7 days': [{ file: sessions(604_801) }, ['warning session.mfa_session_inactivity_timeout']],
    'more than 30 days': [
      { file: sessions(undefined, 2_592_001) },
      ['warning session.mfa_session_overall_timeout'],
    ],
    'the usual': [{ file: sessions(604_800, 2_592_000) }, []],
  },
  X01: {
    'one that was on': [
      { file: off('email'), tenant: on('otp', 'email') },
      ['warning factors.email.enabled'],
    ],
    'one that was off': [{ file: off('email'), tenant: on('otp') }, []],
    'one that goes on': [{ file: on('email'), tenant: on('otp') }, []],
    offline: [{ file: off('email') }, []],
  },
  X03: {
    'a secret that is not sent': [
      { file: push({ 'apns.p12': 'x' }), unverified: [`${PUSH}.apns.p12`] },
      [`warning ${PUSH}.apns.p12`],
    ],
    'one that is': [{ file: push({ 'apns.p12': 'x' }) }, []],
  },
  X06: {
    'the session, which is not everywhere': [
      { file: {}, refused: ['session.remember_me_default_value'] },
      ['note session'],
    ],
    'what is not documented': [
      { file: {}, refused: [`${ROAMING}.relying_party`, `${PUSH}.app.name`] },
      [`note ${PUSH}.app`, `note ${ROAMING}`],
    ],
    'anything else': [{ file: {}, refused: ['policy', 'risk.enabled'] }, []],
  },
}

function sessions(inactivity?: number, overall?: number): Given {
  return {
    ...(inactivity !== undefined && { 'session.mfa_session_inactivity_timeout': inactivity }),
    ...(overall !== undefined && { 'session.mfa_session_overall_timeout': overall }),
  }
}

describe.each(Object.entries(TABLE))('%s', (id, cases) => {
  test.each(Object.entries(cases))('%s', (_, [given, expected]) => {
    expect(found(id, given)).toEqual(expected)
  })

  test('finds what it says that it can, each of it', () => {
    const severities = new Set(
      Object.values(cases)
        .flatMap(([given]) => found(id, given))
        .map(line => line.split(' ')[0]),
    )
    const said = CHECKS.find(check => check.id === id)?.severities ?? []
    for (const severity of said) expect(severities).toContain(severity)
    expect(
      [...severities].filter(severity => severity !== 'note' && !said.some(word => word === severity)),
    ).toEqual([])
  })
})

const everyCase = Object.values(TABLE)
  .flatMap(cases => Object.values(cases))
  .map(([given]) => given)

test('every finding is a sentence that says what to do, and repeats no secret', () => {
  for (const { message } of everyCase.flatMap(findings)) {
    expect(message).toMatch(/^\S.*\.$/)
    expect(message).not.toMatch(/hush|undefined|NaN|\[object/)
  }
})

test('nothing fires on a usual tenant and a usual file, nor on a file that says nothing', () => {
  const usual: Case = {
    file: {
      policy: 'always',
      ...on('otp', 'webauthn-roaming', 'recovery-code', 'email', 'phone'),
      ...phone({ provider: 'twilio', message_types: ['sms'] }),
      ...twilio(SENDER),
      ...party('acme.com'),
    },
    tenant: { ...off('otp'), policy: 'never', ...party('acme.com') },
    answers: { ...NEW, [EMAILS]: { name: 'ses', enabled: true }, ...domains('auth.acme.com') },
  }
  expect(findings(usual)).toEqual([])
  expect(findings({ file: {}, tenant: { ...off(...Object.keys(FACTORS)), policy: 'always' } })).toEqual([])
})
