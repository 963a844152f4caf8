import { describe, expect, it } from 'vitest'
import { ENTRIES } from '../../src/settings/catalogue.ts'
import { fileWith, problemsIn, refusal, valuesIn } from './support/read.ts'

async function messageAt(path: string, value: unknown = true): Promise<string | undefined> {
  const { problems } = await refusal(fileWith(path, value).text)
  expect(problems).toHaveLength(1)
  return problems[0]?.message
}

describe('an unknown key', () => {
  it.each([
    ['polcy', 'policy'],
    ['Policy', 'policy'],
    ['sesion', 'session'],
    ['enrolment', 'enrollment'],
    ['tennant', 'tenant'],
    ['factor', 'factors'],
    ['alow', 'allow'],
    ['factors.otpp', 'otp'],
    ['factors.OTP', 'otp'],
    ['factors.opt', 'otp'],
    ['factors.emial', 'email'],
    ['factors.DUO', 'duo'],
    ['factors.recovery_code', 'recovery-code'],
    ['factors.phone.mesage_typs', 'message_types'],
    ['factors.recoveryCode', 'recovery-code'],
    ['factors.webauthn_roaming', 'webauthn-roaming'],
    ['factors.push-notifications', 'push-notification'],
    ['factors.otp.enable', 'enabled'],
    ['factors.phone.messageTypes', 'message_types'],
    ['factors.phone.twillio', 'twilio'],
    ['factors.phone.twilio.authToken', 'auth_token'],
    ['factors.push-notification.fcmv2', 'fcmv1'],
    ['factors.push-notification.sns.aws_regions', 'aws_region'],
    ['session.mfa_session_inactivity_timeouts', 'mfa_session_inactivity_timeout'],
    ['risk.newDevice', 'new_device'],
    ['enviroments', 'environments'],
    ['$imports', '$import'],
    ['risk.new_device.rememberFor', 'remember_for'],
  ])('%s is close to %s', async (path, word) => {
    expect(await messageAt(path)).toBe(`Unknown key ${path}. Did you mean ${word}?`)
  })

  it.each([
    [
      'whatever',
      'tenant, environments, allow, strict, $import, $schema, factors, session, risk, enrollment, policy',
    ],
    ['factors.duo.username', 'enabled, host, ikey, skey'],
    ['risk.new_device.days', 'remember_for'],
    ['factors.duo.hoooost', 'enabled, host, ikey, skey'],
    // Not properties that every JavaScript object has.
    [
      'constructor',
      'tenant, environments, allow, strict, $import, $schema, factors, session, risk, enrollment, policy',
    ],
    [
      '__proto__',
      'tenant, environments, allow, strict, $import, $schema, factors, session, risk, enrollment, policy',
    ],
    ['factors.duo.__proto__', 'enabled, host, ikey, skey'],
    ['factors.duo.hasOwnProperty', 'enabled, host, ikey, skey'],
  ])('%s is close to nothing', async (path, known) => {
    const steps = path.split('.')
    const text = steps.reduceRight((below, step) => `{"${step}": ${below}}`, 'true')
    const { problems } = await refusal(text)
    expect(problems.map(({ message }) => message)).toEqual([`Unknown key ${path}. Known here: ${known}.`])
  })

  it.each([
    [
      'factors.sms',
      'The phone factor is called phone, and how it sends is `phone: { message_types: [sms] }`.',
    ],
    [
      'factors.voice',
      'The phone factor is called phone, and how it sends is `phone: { message_types: [voice] }`.',
    ],
    ['factors.push', 'This factor is called push-notification.'],
    [
      'factors.webauthn',
      'There are two such factors: webauthn-roaming (security keys) and webauthn-platform (biometrics).',
    ],
    ['policies', 'It is called policy here, with one of always, adaptive, never.'],
    ['domain', 'It is called tenant here.'],
    [
      'credentials',
      "Credentials stand in an environment's block, or come from environment variables such as AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET.",
    ],
  ])('%s is something else here', async (path, hint) => {
    expect(await messageAt(path, { any: 'value' })).toBe(`Unknown key ${path}. ${hint}`)
  })

  it('is the deepest one that is unknown, and what is below is not told', async () => {
    expect(await problemsIn('factors:\n  totp:\n    enable: true\n    more: 1\n')).toEqual([
      'mfa-config.yaml:2:3  factors.totp  Unknown key factors.totp. Did you mean otp?',
    ])
  })
})

describe('an unknown word', () => {
  it.each([
    ['policy', 'nevr', 'never'],
    ['policy', 'ALWAYS', 'always'],
    ['policy', 'all-application', 'all-applications'],
    ['factors.phone.provider', 'twillio', 'twilio'],
    ['factors.webauthn-roaming.user_verification', 'prefered', 'preferred'],
    ['factors.otp', 'on', 'true'],
    ['factors.otp', 'off', 'false'],
    ['factors.otp.enabled', 'yes', 'true'],
    ['risk.enabled', 'No', 'false'],
    ['strict', 'true', 'true'],
  ])('as %s, %s is close to %s', async (path, written, word) => {
    expect(await messageAt(path, written)).toMatch(
      new RegExp(`^${path}: expected .*; got "${written}"\\. Did you mean ${word}\\?$`),
    )
  })

  it('is named among the items of a list', async () => {
    expect(await messageAt('factors.phone.message_types', ['sms', 'voise'])).toBe(
      'factors.phone.message_types: expected a list of sms, voice; got ["sms","voise"]. Did you mean voice?',
    )
  })

  it.each([
    ['policy', 'whenever it suits', 'expected one of always, adaptive, never; got "whenever it suits".'],
    ['risk.enabled', 'maybe', 'expected true or false; got "maybe".'],
  ])('as %s, %s is close to nothing', async (path, written, rest) => {
    expect(await messageAt(path, written)).toBe(`${path}: ${rest}`)
  })
})

describe('a value of the wrong form', () => {
  it.each<[string, unknown, string]>([
    [
      'factors',
      [],
      'expected an object with otp, phone, push-notification, webauthn-roaming, duo, email, webauthn-platform, recovery-code.',
    ],
    ['factors.otp', 5, 'expected true, false or an object with enabled; got 5.'],
    ['factors.otp', null, 'expected true, false or an object with enabled; got nothing.'],
    [
      'factors.email',
      [true],
      'expected true, false or an object with enabled, otp_length, otp_expiration_time; got [true].',
    ],
    [
      'session',
      'forever',
      'expected an object with display_remember_me_checkbox, remember_me_default_value, mfa_session_inactivity_timeout, mfa_session_overall_timeout; got "forever".',
    ],
    ['risk.new_device', 30, 'expected an object with remember_for; got 30.'],
    ['risk.enabled', {}, 'expected true or false; got an object.'],
    ['factors.email.otp_length', null, 'expected a whole number from 4 to 10; got nothing.'],
  ])('%s: %j', async (path, written, rest) => {
    expect(await messageAt(path, written)).toBe(`${path}: ${rest}`)
  })
})

describe('all that is wrong', () => {
  const file = `tenant: acme.eu.auth0.com
polcy: always
factors:
  otp: maybe
  sms: true
  email:
    otp_length: 11
    otp_expiration_time: 2h
  duo:
    skey: literal
    host: \${UNSET}
    ikey: \${file:gone.txt}
risk:
  new_device: { remember_for: 0, forget: 1 }
policy: sometimes
allow: [F06, F6]
`

  it('is told at once, in the order of the file', async () => {
    const error = await refusal(file)
    expect(error.message).toBe('mfa-config.yaml has 12 problems.')
    expect(error.problems.map(({ line, column, path }) => `${line}:${column} ${path}`)).toEqual([
      '2:1 polcy',
      '4:3 factors.otp',
      '5:3 factors.sms',
      '7:5 factors.email.otp_length',
      '8:5 factors.email.otp_expiration_time',
      '10:5 factors.duo.skey',
      '11:5 factors.duo.host',
      '12:5 factors.duo.ikey',
      '14:17 risk.new_device.remember_for',
      '14:34 risk.new_device.forget',
      '15:1 policy',
      '16:14 allow.1',
    ])
  })

  it('has the code of the file where the file is wrong, of the references where they alone are', async () => {
    expect((await refusal(file)).code).toBe('config_invalid')
    const [unset, missing] = ['factors: { duo: { host: "${U}" } }', 'factors: { duo: { host: "${file:x}" } }']
    expect((await refusal(unset ?? '')).code).toBe('reference_unset')
    expect((await refusal(missing ?? '')).code).toBe('reference_missing')
    const malformed = 'factors: { duo: { host: "${U}", ikey: "${" } }'
    expect((await refusal(malformed)).code).toBe('config_invalid')
  })

  it('is told file by file', async () => {
    const files = {
      'mfa-config.yaml': '$import: [a.yaml, b.yaml]\nx1: 1',
      'a.yaml': 'x2: 1',
      'b.yaml': '\nx3: 1',
    }
    expect((await refusal({ files })).problems.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'a.yaml:1',
      'b.yaml:2',
      'mfa-config.yaml:2',
    ])
  })

  it('names the setting where the file is code and has no lines', async () => {
    const text = 'export default { polcy: 1, factors: { duo: { skey: "literal", host: "${U}" } } }'
    expect(await problemsIn({ files: { 'mfa-config.config.mjs': text } })).toEqual([
      'mfa-config.config.mjs  polcy  Unknown key polcy. Did you mean policy?',
      'mfa-config.config.mjs  factors.duo.skey  factors.duo.skey: expected a reference alone, such as ${DUO_SKEY}: a secret must not stand in the file.',
      'mfa-config.config.mjs  factors.duo.host  The environment variable U is not set.',
    ])
  })

  it('is nothing for a file with every setting', async () => {
    const lines = ENTRIES.map(({ longPath, field }) => {
      const steps = longPath.split('.')
      return steps.reduceRight<unknown>((below, step) => ({ [step]: below }), field.example)
    })
    const tree = lines.reduce<unknown>(merge, {})
    const names = [...JSON.stringify(tree).matchAll(/\$\{([A-Z_0-9]+)\}/g)].map(([, name = '']) => [
      name,
      'text',
    ])
    const paths = [...JSON.stringify(tree).matchAll(/\$\{file:([^}]+)\}/g)].map(([, name = '']) => [
      name,
      'text',
    ])
    const values = await valuesIn({
      files: { ...Object.fromEntries(paths), 'mfa-config.json': JSON.stringify(tree) },
      env: Object.fromEntries(names),
    })
    expect(Object.keys(values).sort()).toEqual(ENTRIES.map(({ path }) => path).sort())
  })
})

function merge(one: unknown, other: unknown): unknown {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return other
  const merged: Record<string, unknown> = { ...one }
  for (const [key, value] of Object.entries(other))
    merged[key] = key in merged ? merge(merged[key], value) : value
  return merged
}
