import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { ALLOW_ALL } from '../support/allow.ts'
import { json, run } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'
import { everyValue, fileOf } from '../support/values.ts'
import {
  ACCOUNT,
  apply,
  changes,
  command,
  giveProvider,
  giveTemplate,
  HUSH,
  PROVIDERS,
  startUnified,
  TEMPLATES,
  writesOf,
} from './support/tenant.ts'

const KINDS = ['legacy', 'unified'] as const
const startKind = (kind: 'legacy' | 'unified'): Promise<TestTenant> =>
  kind === 'unified' ? startUnified() : startTenant()

const FILE = `
policy: always
factors:
  otp: true
  recovery-code: true
  phone:
    enabled: true
    message_types: [voice, sms]
    provider: twilio
    ${ACCOUNT}
    templates:
      enrollment_message: "{{code}} enrols you at {{tenant.friendly_name}}"
      verification_message: "{{ code }} is your code for {{ tenant.friendly_name }}."
    otp_length: 7
enrollment: { show_factor_list: true }
`

async function showYaml(tenant: TestTenant): Promise<string> {
  const shown = await run(['show', '--format', 'yaml'], { env: tenant.env })
  if (shown.code !== 0) throw new Error(shown.err)
  return shown.out
}

describe.each(KINDS)('the same file on a %s tenant', kind => {
  test('is applied; then plan is empty and nothing is sent again', async () => {
    const tenant = await startKind(kind)
    const first = await command(tenant, FILE, 'apply', '--yes', '--snapshot', 'none')
    expect(first.code).toBe(0)
    expect(json(first)).toMatchObject({ verified: true, failed: [], notAttempted: [] })
    const planned = await command(tenant, FILE, 'plan', '--detailed-exitcode')
    expect(planned.code).toBe(0)
    expect(json(planned)).toMatchObject({
      changes: [],
      requests: [],
      unverified: kind === 'unified' ? ['factors.phone.twilio.auth_token'] : [],
    })
    const proxy = await startFaults(tenant)
    const again = await command(proxy, FILE, 'apply', '--yes', '--snapshot', 'none')
    expect(again.code).toBe(0)
    expect(writesOf(proxy)).toEqual([])
  })

  test('what show gives is a file whose plan is empty', async () => {
    const tenant = await startKind(kind)
    await apply(tenant, FILE)
    const shown = await showYaml(tenant)
    expect(shown).not.toContain(HUSH)
    expect(shown).toContain('provider: twilio')
    expect(shown).not.toContain('delivery_methods')
    expect(await changes(tenant, shown)).toEqual([])
  })

  test('so is what it gives of a tenant that nobody has touched', async () => {
    const tenant = await startKind(kind)
    expect(await changes(tenant, await showYaml(tenant))).toEqual([])
  })

  test('and of one that has everything', async () => {
    const tenant = await startKind(kind)
    const { text, env } = fileOf(everyValue(0, kind))
    const there = { env: { ...env, ...tenant.env } }
    expect((await apply(there, text)).code).toBe(0)
    expect(await changes(tenant, await showYaml(tenant))).toEqual([])
  })

  test('a snapshot applies back', async () => {
    const tenant = await startKind(kind)
    await apply(tenant, FILE)
    const before = await showYaml(tenant)
    const other = `
factors:
  phone:
    message_types: [sms]
    twilio: { sid: AC2, from: "+1999", messaging_service_sid: MG1 }
    templates: { enrollment_message: "other {{code}}", verification_message: "another {{code}}" }
`
    const args = ['--yes', '--json', ...ALLOW_ALL]
    const done = await run(['apply', '-c', '-', ...args], { env: tenant.env, stdin: other })
    expect(done.code).toBe(0)
    const { snapshot } = json(done) as { snapshot: string }
    const text = await readFile(snapshot, 'utf8')
    expect(text).not.toContain(HUSH)
    expect(text).not.toContain('delivery_methods')
    const back = await run(['apply', '-c', snapshot, '--snapshot', 'none', ...args], { env: tenant.env })
    expect(back.code).toBe(0)
    expect(json(back)).toMatchObject({ verified: true })
    // What was not set before cannot be taken away by a file that does not name it.
    expect((await showYaml(tenant)).replace(/\n +messaging_service_sid: MG1/, '')).toBe(before)
  })
})

test('a snapshot of a disabled provider and template that were enabled says what it cannot restore', async () => {
  const tenant = await startUnified()
  await giveProvider(tenant, { disabled: true })
  const done = await run(['apply', '-c', '-', '--yes', '--json', ...ALLOW_ALL], {
    env: tenant.env,
    stdin: 'factors: { phone: { provider: twilio } }',
  })
  expect(done.code).toBe(0)
  const text = await readFile(String(json(done).snapshot), 'utf8')
  expect(text).toContain('# It cannot take away what was not set before: factors.phone.provider.')
})

test('the words of a file of one kind are those of the other', async () => {
  const [legacy, unified] = [await startTenant(), await startUnified()]
  await apply(legacy, FILE)
  await apply(unified, FILE)
  const [fromLegacy, fromUnified] = [await showYaml(legacy), await showYaml(unified)]
  const withoutTenant = (file: string) => file.replace(/^tenant: .*$/m, '')
  expect(await changes(unified, withoutTenant(fromLegacy))).toEqual([])
  // Only the unified phone tells a call from a text.
  const refused = await command(legacy, withoutTenant(fromUnified), 'plan')
  expect(json(refused)).toMatchObject({ error: { code: 'feature_disabled' } })
})

describe('a voice of its own', () => {
  const texts = (inside: object) => JSON.stringify({ factors: { otp: true, phone: { templates: inside } } })
  const E = 'factors.phone.templates.enrollment_message.voice'
  const V = 'factors.phone.templates.verification_message.voice'

  test.each<[string, object, string[]]>([
    ['one', { verification_message: { text: '{{code}}', voice: '{{code}}' } }, [V]],
    ['without a text', { verification_message: { voice: '{{code}}' } }, [V]],
    [
      'two, and every one is named',
      { verification_message: { voice: '{{code}}' }, enrollment_message: { voice: '{{code}}' } },
      [E, V],
    ],
  ])('is an error on a legacy tenant: %s', async (_, inside, paths) => {
    const tenant = await startTenant()
    for (const name of ['plan', 'apply']) {
      const proxy = await startFaults(tenant)
      const outcome =
        name === 'plan' ? await command(proxy, texts(inside), name) : await apply(proxy, texts(inside))
      expect(outcome.code).toBe(1)
      const { error } = json(outcome) as {
        error: { code: string; problems: { path: string; message: string }[] }
      }
      expect(error.code).toBe('feature_disabled')
      expect(error.problems.map(({ path }) => path)).toEqual(paths)
      for (const { message } of error.problems) expect(message).toContain('unified phone experience')
      expect(writesOf(proxy)).toEqual([])
    }
  })

  test('is scope_missing where the kind cannot be seen', async () => {
    for (const tenant of [await startTenant(), await startUnified()]) {
      const scopes = ['guardian_factors', 'phone_templates'].map(name => `read:${name}`)
      const env = { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: await tenant.token(...scopes) }
      const outcome = await command({ env }, texts({ verification_message: { voice: '{{code}}' } }), 'plan')
      expect(outcome.code).toBe(1)
      expect(json(outcome)).toMatchObject({
        error: {
          code: 'scope_missing',
          problems: [{ path: V, message: expect.stringContaining('read:tenant_settings') }],
        },
      })
    }
  })

  test('text alone in an object is a text on both', async () => {
    for (const kind of KINDS) {
      const tenant = await startKind(kind)
      const file = texts({
        verification_message: { text: 'v {{code}}' },
        enrollment_message: { text: 'e {{code}}' },
      })
      expect((await apply(tenant, file)).code).toBe(0)
      expect(await changes(tenant, file)).toEqual([])
    }
  })
})

test('a legacy tenant is never asked under Branding, a unified one never under the legacy phone', async () => {
  for (const kind of KINDS) {
    const proxy = await startFaults(await startKind(kind))
    await apply(proxy, FILE)
    await run(['show'], { env: proxy.env })
    const paths = proxy.seen.map(({ path }) => path)
    const foreign =
      kind === 'legacy'
        ? paths.filter(path => path.startsWith(PROVIDERS) || path.startsWith(TEMPLATES))
        : paths.filter(
            path =>
              /phone\/(selected-provider|templates|providers\/twilio)/.test(path) &&
              path.startsWith('/guardian'),
          )
    expect(foreign).toEqual([])
  }
})

test('a template that is disabled on a unified tenant is not shown, nor is a provider', async () => {
  const tenant = await startUnified()
  await giveProvider(tenant, { disabled: true })
  await giveTemplate(tenant, { body: { text: 'quite particular {{code}}' } }, { disabled: true })
  const shown = await showYaml(tenant)
  expect(shown).not.toContain('quite particular')
  expect(shown).not.toContain('provider: twilio')
  expect(shown).toContain('sid: AC1')
  expect(await changes(tenant, shown)).toEqual([])
})
