import { describe, expect, expectTypeOf, it } from 'vitest'
import { defineConfig, type EnvironmentConfig, type MfaConfig } from '../../src/index.ts'
import { accepts } from './support/json-schema.ts'
import { read } from './support/read.ts'

// The types are checked with those of all tests, by `npm run types`.

const config = defineConfig({
  $schema: './node_modules/mfa-config/schemas/config.json',
  tenant: 'acme.eu.auth0.com',
  policy: 'always',
  factors: {
    otp: true,
    'recovery-code': true,
    email: { enabled: true, otp_length: 6, otp_expiration_time: '5m' },
    phone: {
      enabled: true,
      message_types: ['sms', 'voice'],
      provider: 'twilio',
      twilio: {
        sid: '${TWILIO_SID}',
        auth_token: '${TWILIO_AUTH_TOKEN}',
        from: '+15551234567',
        messaging_service_sid: null,
      },
      templates: {
        enrollment_message: '{{code}} is your code for {{tenant.friendly_name}}.',
        verification_message: { text: '{{code}} is your code.', voice: 'Your code is {{code}}.' },
      },
      otp_length: 6,
      otp_expiration_time: 300,
    },
    'push-notification': {
      enabled: true,
      provider: 'direct',
      app: { name: 'Acme', apple_app_link: 'https://acme.example/apple', google_app_link: null },
      sns: { aws_region: 'eu-west-1', aws_access_key_id: 'AKIA', aws_secret_access_key: '${AWS_SECRET}' },
      apns: { bundle_id: 'com.acme.app', sandbox: false, p12: '${P12}' },
      fcm: { server_key: '${FCM_SERVER_KEY}' },
      fcmv1: { server_credentials: '${FIREBASE}' },
    },
    'webauthn-roaming': { enabled: true, user_verification: 'preferred', relying_party: 'auth.acme.com' },
    'webauthn-platform': { enabled: true, relying_party: false },
    duo: { enabled: false, host: 'api-0000.duosecurity.com', ikey: 'DI', skey: '${DUO_SKEY}' },
  },
  session: {
    display_remember_me_checkbox: true,
    remember_me_default_value: false,
    mfa_session_inactivity_timeout: '7d',
    mfa_session_overall_timeout: '30d',
  },
  risk: { enabled: true, new_device: { remember_for: 30 } },
  enrollment: { show_factor_list: true },
  allow: ['F08', '${ACCEPTED}'],
  strict: false,
  environments: {
    dev: { tenant: 'acme-dev.eu.auth0.com', policy: '${POLICY}', strict: true },
    prod: {
      tenant: 'acme.eu.auth0.com',
      credentials: { client_id: '${PROD_ID}', client_secret: '${PROD_SECRET}' },
      factors: { phone: false },
    },
    keyed: { credentials: { client_id: '${PROD_ID}', signing_key: '${PROD_KEY}' } },
    token: { credentials: { access_token: '${TOKEN}' } },
  },
})

const env = Object.fromEntries(
  [...JSON.stringify(config).matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => [name, `value of ${name}`]),
)

describe('the type of a configuration', () => {
  it('has a full example, which the JSON Schema takes', () => {
    expect(accepts(config)).toBe(true)
  })

  it.each(Object.keys(config.environments ?? {}))(
    'has a full example, which the tool takes: %s',
    async environment => {
      const given = { named: '-', stdin: JSON.stringify(config), environment }
      const outcome = await read({ ...given, env: { ...env, POLICY: 'never', ACCEPTED: 'F06' } })
      expect(outcome).toMatchObject({ environment, allow: ['F08', 'F06'] })
    },
  )

  it('has environments by name, of a type that can be used alone', () => {
    expectTypeOf<NonNullable<MfaConfig['environments']>[string]>().toEqualTypeOf<EnvironmentConfig>()
    expectTypeOf<Omit<MfaConfig, '$schema' | '$import' | 'environments'>>().toEqualTypeOf<
      Omit<EnvironmentConfig, 'credentials'>
    >()
  })

  it('takes one file to import, or a list', () => {
    expectTypeOf<MfaConfig['$import']>().toEqualTypeOf<string | string[] | undefined>()
  })

  it('has no key that the file has not', () => {
    const wrong: MfaConfig[] = [
      // @ts-expect-error: misspelt
      { polcy: 'never' },
      // @ts-expect-error: no factor of this name
      { factors: { sms: true } },
      // @ts-expect-error: misspelt in an environment
      { environments: { dev: { polcy: 'never' } } },
      // @ts-expect-error: at the top of a file alone
      { environments: { dev: { $import: './base.yaml' } } },
      // @ts-expect-error: in an environment alone
      { credentials: { access_token: '${TOKEN}' } },
    ]
    for (const file of wrong) expect(accepts(file)).toBe(false)
  })

  it('takes no value that the file does not take', () => {
    const wrong: MfaConfig[] = [
      // @ts-expect-error: neither a policy nor a reference
      { policy: 'sometimes' },
      // @ts-expect-error: a reference is a text
      { factors: { otp: '${OTP}' } },
      // @ts-expect-error: nothing to clear
      { policy: null },
      // @ts-expect-error: a secret is a reference
      { factors: { duo: { skey: 'literal' } } },
      // @ts-expect-error: no such check
      { allow: ['X99'] },
      // @ts-expect-error: half of the credentials
      { environments: { dev: { credentials: { client_id: '${ID}' } } } },
    ]
    for (const file of wrong) expect(accepts(file)).toBe(false)
  })
})
