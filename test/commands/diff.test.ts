import { describe, expect, test } from 'vitest'
import { foundIn } from '../secrets/support/search.ts'
import { json, run } from '../support/cli.ts'
import { expectDocument } from '../support/documents.ts'
import { startTenant } from '../support/sandbox.ts'
import { closedPort, startServer } from '../tenant/support/server.ts'

const BOTH = ['--env', 'dev', '--env', 'prod']

/** What differs between the files of two environments. */
async function filesDiffer(text: string, flags: readonly string[] = [], env: Record<string, string> = {}) {
  const outcome = await run(['diff', ...BOTH, ...flags], { files: { 'mfa-config.yaml': text }, env })
  expect(outcome.requests).toEqual([])
  return outcome
}

describe('between the files of two environments', () => {
  test('for people: what differs, beside each other, and nothing else', async () => {
    const { code, out, err } = await filesDiffer(`session: { mfa_session_overall_timeout: 30d }
factors: { otp: true, phone: true }
environments:
  dev: { tenant: acme-dev.eu.auth0.com, policy: never, factors: { email: { otp_length: 6 } } }
  prod:
    tenant: acme.eu.auth0.com
    policy: always
    factors: { phone: { message_types: [voice, sms] }, duo: { host: "\${DUO_HOST}" } }
`)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(`acme-dev.eu.auth0.com (dev) and acme.eu.auth0.com (prod)

                                 dev              prod
  ≠ factors.phone.message_types  not in the file  sms, voice
  ≠ factors.duo.host             not in the file  \${DUO_HOST}
  ≠ factors.email.otp_length     6                not in the file
  ≠ policy                       never            always

4 settings differ between the environments' files.
`)
  })

  test('in the order in which they are named', async () => {
    const text = 'environments: { dev: { policy: never }, prod: { policy: always } }'
    const outcome = await run(['diff', '--env', 'prod', '--env', 'dev', '--json'], {
      files: { 'mfa-config.yaml': text },
    })
    expect(expectDocument(outcome.out)).toEqual({
      format: 'mfa-config/diff/1',
      live: false,
      environments: [
        { environment: 'prod', tenant: null },
        { environment: 'dev', tenant: null },
      ],
      differences: [{ path: 'policy', left: 'always', right: 'never' }],
      unreadable: [],
    })
  })

  test.each<[string, string, string]>([
    ['a short form and a long one', 'factors: { otp: true }', 'factors: { otp: { enabled: true } }'],
    ['the API’s own word', 'policy: always', 'policy: all-applications'],
    [
      'a duration',
      'session: { mfa_session_overall_timeout: 30d }',
      'session: { mfa_session_overall_timeout: 720h }',
    ],
    [
      'the order of a set',
      'factors: { phone: { message_types: [sms, voice] } }',
      'factors: { phone: { message_types: [voice, sms] } }',
    ],
    ['the same reference', 'factors: { duo: { skey: "${A}" } }', 'factors: { duo: { skey: "${A}" } }'],
    ['what is accepted, and credentials', 'allow: [F06]', 'credentials: { access_token: "${T}" }'],
  ])('nothing where they mean the same: %s', async (_, dev, prod) => {
    const { code, out } = await filesDiffer(`environments: { dev: { ${dev} }, prod: { ${prod} } }`, [
      '--detailed-exitcode',
    ])
    expect(code).toBe(0)
    expect(out).toBe(
      "no tenant (dev) and no tenant (prod)\n\nNo differences between the environments' files.\n",
    )
  })

  test('references are compared as they stand there, whether they have a value or none', async () => {
    const text = `environments:
  dev: { factors: { duo: { skey: "\${ONE}", host: "\${HOST}" }, phone: { message_types: ["\${TYPE}", sms] } } }
  prod: { factors: { duo: { skey: "\${OTHER}", host: api.example.com }, phone: { message_types: [voice] } } }
`
    const set = { ONE: 'secret-one-83hFz', OTHER: 'secret-one-83hFz', HOST: 'api.example.com', TYPE: 'voice' }
    for (const env of [{}, set]) {
      const outcome = await filesDiffer(text, ['--json'], env)
      expect(outcome.code).toBe(0)
      expect(json(outcome).differences).toEqual([
        { path: 'factors.phone.message_types', left: ['${TYPE}', 'sms'], right: ['voice'] },
        { path: 'factors.duo.host', left: '${HOST}', right: 'api.example.com' },
        { path: 'factors.duo.skey', left: '${ONE}', right: '${OTHER}' },
      ])
      expect(outcome.out).not.toContain('secret-one')
    }
  })

  test('over imported files', async () => {
    const outcome = await run(['diff', ...BOTH, '--json'], {
      files: {
        'mfa-config.yaml': '$import: base.yaml\nenvironments: { dev: {}, prod: { policy: always } }',
        'base.yaml':
          'policy: never\nenvironments: { dev: { factors: { otp: true } }, prod: { factors: { otp: true } } }',
      },
    })
    expect(json(outcome).differences).toEqual([{ path: 'policy', left: 'never', right: 'always' }])
  })

  test('--detailed-exitcode is 2 where something differs', async () => {
    const text = 'environments: { dev: { policy: never }, prod: { policy: always } }'
    expect((await filesDiffer(text, ['--detailed-exitcode'])).code).toBe(2)
    expect((await filesDiffer(text)).code).toBe(0)
  })

  test('one of them that is not valid is an error', async () => {
    const outcome = await filesDiffer('environments: { dev: {}, prod: { policy: sometimes } }', ['--json'])
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({ error: { code: 'config_invalid' } })
  })
})

test.each([
  [[], 'diff compares two environments: name both, as in diff --env dev --env prod.'],
  [['--env', 'dev'], 'diff compares two environments: name both, as in diff --env dev --env prod.'],
  [['--env', 'dev', '--env', 'dev'], 'diff compares two environments: name both'],
  [['--env', 'dev', '--env', 'prod', '--env', 'test'], 'diff compares two environments: name both'],
  [['--env', 'dev', '--env', 'prd'], 'mfa-config.yaml has no environment prd. Did you mean prod?'],
])('%j is a usage error', async (flags, message) => {
  const files = { 'mfa-config.yaml': 'environments: { dev: {}, prod: {}, test: {} }' }
  for (const live of [[], ['--live']]) {
    const outcome = await run(['diff', ...flags, ...live, '--json'], { files })
    expect(outcome).toMatchObject({ code: 1, requests: [] })
    expect(json(outcome)).toMatchObject({
      error: { code: 'usage', message: expect.stringContaining(message) },
    })
  }
})

describe('between two tenants', () => {
  const ENV = { TOKEN: 'token-of-both', NO_COLOR: '1' }
  const credentials = { access_token: '${TOKEN}' }

  async function differ(dev: string, prod: string, flags: readonly string[] = [], rest: object = {}) {
    const environments = { dev: { tenant: dev, credentials }, prod: { tenant: prod, credentials } }
    const files = { 'mfa-config.yaml': JSON.stringify({ ...rest, environments }) }
    return run(['diff', ...BOTH, '--live', ...flags], { files, env: ENV })
  }

  test('what they have, whatever the file says', async () => {
    const [dev, prod] = [await startTenant(), await startTenant()]
    await prod.put('/guardian/factors/otp', { enabled: true })
    await prod.put('/guardian/policies', ['all-applications'])
    const { code, out } = await differ(dev.url, prod.url, ['--detailed-exitcode'], { policy: 'adaptive' })
    expect(code).toBe(2)
    expect(out).toBe(`${new URL(dev.url).host} (dev) and ${new URL(prod.url).host} (prod)

                         dev    prod
  ≠ factors.otp.enabled  off    on
  ≠ policy               never  always

2 settings differ between the tenants.
`)
    const none = await differ(dev.url, (await startTenant()).url, ['--detailed-exitcode'])
    expect(none).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\n\nNo differences between the tenants\.\n$/),
    })
  })

  test('secrets are compared and not shown', async () => {
    const [dev, prod, same] = [await startTenant(), await startTenant(), await startTenant()]
    const twilio = (auth_token: string) => ({ sid: 'AC1', from: '+1555', auth_token })
    const secrets = { one: 'first-Secret-83hFz', other: 'other-Secret-Kq29x' }
    await dev.put('/guardian/factors/phone/providers/twilio', twilio(secrets.one))
    await prod.put('/guardian/factors/phone/providers/twilio', twilio(secrets.other))
    await same.put('/guardian/factors/phone/providers/twilio', twilio(secrets.one))
    const outcome = await differ(dev.url, prod.url, ['--json'])
    expectDocument(outcome.out)
    expect(json(outcome).differences).toEqual([
      { path: 'factors.phone.twilio.auth_token', left: '••••••', right: '••••••', secret: true },
    ])
    const people = await differ(dev.url, prod.url)
    expect(people.out).toContain('factors.phone.twilio.auth_token  ••••••  •••••• (another one)\n')
    for (const { out, err } of [outcome, people]) expect(foundIn(out + err, secrets)).toEqual([])
    expect(json(await differ(dev.url, same.url, ['--json'])).differences).toEqual([])

    const empty = await differ(dev.url, (await startTenant()).url, ['--json'])
    expect(json(empty).differences).toContainEqual({
      path: 'factors.phone.twilio.auth_token',
      left: '••••••',
      right: null,
      secret: true,
    })
  })

  test('of a secret that cannot be read back it is told whether there is one', async () => {
    const sns = (key: string) => ({
      aws_region: 'eu-west-1',
      aws_access_key_id: 'AKIA',
      aws_secret_access_key: key,
      sns_apns_platform_application_arn: 'arn:a',
      sns_gcm_platform_application_arn: 'arn:g',
    })
    const [dev, prod, bare] = [await startTenant(), await startTenant(), await startTenant()]
    await dev.put('/guardian/factors/push-notification/providers/sns', sns('first-Secret-83hFz'))
    await prod.put('/guardian/factors/push-notification/providers/sns', sns('other-Secret-Kq29x'))
    const both = await differ(dev.url, prod.url, ['--json'])
    expect(json(both).differences).toEqual([])
    const one = await differ(dev.url, bare.url, ['--json'])
    expect(json(one).differences).toContainEqual({
      path: 'factors.push-notification.sns.aws_secret_access_key',
      left: '••••••',
      right: null,
      secret: true,
    })
  })

  test('what one of them does not let be read is told, and the rest compared', async () => {
    const [dev, prod] = [await startTenant(), await startTenant({ plan: 'free' })]
    await dev.put('/guardian/policies', ['all-applications'])
    const outcome = await differ(dev.url, prod.url, ['--json'])
    expect(outcome.code).toBe(0)
    expectDocument(outcome.out)
    const { differences, unreadable } = json(outcome)
    expect(differences).toContainEqual(expect.objectContaining({ path: 'policy', left: 'always' }))
    expect(unreadable).toContainEqual(
      expect.objectContaining({ environment: 'prod', path: expect.stringMatching(/^risk/) }),
    )
    const people = await differ(dev.url, prod.url)
    expect(people.out).toMatch(/^ {2}not readable: prod: risk/m)
  })

  test('one that cannot be reached is an error, and 1 the exit code', async () => {
    const tenant = await startTenant()
    const down = `http://127.0.0.1:${await closedPort()}`
    for (const [one, other] of [
      [tenant.url, down],
      [down, tenant.url],
    ] as const) {
      const outcome = await differ(one, other, ['--json', '--detailed-exitcode'])
      expect(outcome.code).toBe(1)
      expect(json(outcome)).toMatchObject({ error: { code: 'unreachable' } })
    }
  })

  test('each has the sandbox of its environment', async () => {
    const files = { 'mfa-config.yaml': 'environments: { dev: {}, prod: { factors: { otp: true } } }' }
    const first = await run(['diff', ...BOTH, '--live', '--domain', 'sandbox', '--json'], { files })
    expect(json(first)).toMatchObject({
      differences: [],
      environments: [{ tenant: 'sandbox' }, { tenant: 'sandbox' }],
    })
  })

  test('one that is both is not asked for less', async () => {
    const server = await startServer()
    const outcome = await differ(server.url, server.url, ['--json'])
    expect(json(outcome)).toMatchObject({ differences: [] })
  })
})
