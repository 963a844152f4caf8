import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import type { PhoneExperience } from '../../src/settings/phone-experience.ts'
import { emptyFolder, json, type Outcome, run } from '../support/cli.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'
import { entriesOf, KINDS, kindOf } from '../support/values.ts'
import { FILE, given, PRESETS, textOf, withAlternatives, wordsAtTop } from './support/preset.ts'

interface Findings {
  /** As `F07 warning`, in the plan for a fresh tenant. */
  readonly always?: readonly string[]
  readonly unified?: readonly string[]
}

/** What checks say of each preset, and are meant to: neither errors nor confirmations. */
const MEANT: Readonly<Record<string, Findings>> = {
  adaptive: { always: ['P03 warning'] },
  everything: { always: ['F07 warning', 'U03 warning, accepted'], unified: ['H13 note'] },
  'phishing-resistant': { always: ['W05 warning, accepted'] },
}

/** What each makes of a tenant: its policy, and the factors that are on, by the API's names. */
const MAKES: Readonly<Record<string, readonly [policy: readonly string[], factors: readonly string[]]>> = {
  minimal: [['all-applications'], ['otp', 'recovery-code']],
  recommended: [['all-applications'], ['otp', 'webauthn-roaming', 'webauthn-platform', 'recovery-code']],
  'phishing-resistant': [['all-applications'], ['webauthn-roaming', 'webauthn-platform', 'recovery-code']],
  adaptive: [['confidence-score'], ['otp', 'webauthn-roaming', 'webauthn-platform', 'recovery-code']],
  'step-up': [[], ['otp', 'webauthn-roaming', 'webauthn-platform', 'recovery-code']],
  everything: [
    ['all-applications'],
    ['sms', 'push-notification', 'otp', 'email', 'webauthn-roaming', 'webauthn-platform', 'recovery-code'],
  ],
}

/** What only an Enterprise tenant with the add-on has. */
const ADAPTIVE = ['adaptive', 'everything']

/** A command with a text as the file, for machines. */
function command(there: TestTenant, text: string, ...args: string[]): Promise<Outcome> {
  const { files, env } = given(text)
  return run([...args, '--json'], { files, env: { ...env, ...there.env } })
}

function apply(there: TestTenant, text: string, ...args: string[]): Promise<Outcome> {
  return command(there, text, 'apply', '--yes', '--snapshot', 'none', ...args)
}

/** What is found, as `F07 warning`. */
function findingsIn(outcome: Outcome): string[] {
  const { findings } = json(outcome)
  if (!Array.isArray(findings)) throw new Error(`No findings: ${outcome.out}${outcome.err}`)
  return findings
    .map(({ check, severity, allowed }) => `${check} ${severity}${allowed ? ', accepted' : ''}`)
    .sort()
}

async function factorsOf(tenant: TestTenant): Promise<string[]> {
  const factors = await tenant.get('/guardian/factors')
  if (!Array.isArray(factors)) throw new Error('There is no list of factors.')
  return factors.filter(({ enabled }) => enabled).map(({ name }) => name)
}

describe.each(PRESETS)('%s', name => {
  const text = textOf(name)

  test('is valid, with what it refers to and without', async () => {
    const { files, env } = given(text)
    for (const outcome of [
      await run(['validate', '--json'], { files, env }),
      await run(['validate', '--unset-ok', '--json'], { files: { [FILE]: text } }),
    ]) {
      expect(outcome).toMatchObject({ code: 0, err: '' })
      expect(json(outcome)).toMatchObject({ summary: { errors: 0, confirms: 0 } })
    }
  })

  test('plans, applies, and plans to nothing with --domain sandbox', async () => {
    const { files, env } = given(text)
    const cwd = emptyFolder()
    const there = { cwd, env, files }
    const planned = await run(['plan', '--detailed-exitcode', '--domain', 'sandbox'], there)
    expect(planned).toMatchObject({ code: 2, err: '' })
    expect(await run(['apply', '--yes', '--domain', 'sandbox'], there)).toMatchObject({ code: 0 })
    const again = await run(['plan', '--detailed-exitcode', '--domain', 'sandbox'], there)
    expect(again).toMatchObject({ code: 0, err: '' })
    expect(again.out).toContain('No changes')
  })

  test.each(KINDS)('applies without a question, and converges: %s', async phone => {
    const tenant = await startTenant(kindOf(phone))
    const { always = [], unified = [] } = MEANT[name] ?? {}
    const planned = await command(tenant, text, 'plan')
    expect(findingsIn(planned)).toEqual([...always, ...(phone === 'unified' ? unified : [])].sort())
    const applied = await apply(tenant, text)
    expect(applied.code).toBe(0)
    expect(json(applied)).toMatchObject({ verified: true, failed: [], notAttempted: [] })
    const again = json(await command(tenant, text, 'plan'))
    expect(again).toMatchObject({ changes: [], summary: { changes: 0, errors: 0, confirms: 0 } })
    expect(again.unverified).toEqual(name === 'everything' ? writeOnlyOf(phone) : [])
  })

  test('makes of a tenant what its name says', async () => {
    const tenant = await startTenant()
    await apply(tenant, text)
    expect([await tenant.get('/guardian/policies'), await factorsOf(tenant)]).toEqual(MAKES[name])
  })

  test.each(KINDS)('needs no scope beyond those at its top: %s', async phone => {
    const tenant = await startTenant(kindOf(phone))
    const besides = 'With the unified phone experience, scopes to'
    const headings = [
      'Scopes to plan',
      'Scopes to apply besides',
      `${besides} plan besides`,
      `${besides} apply besides`,
    ]
    const token = await tenant.token(...headings.flatMap(heading => wordsAtTop(text, heading)))
    const limited = { ...tenant, env: { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: token } }
    expect(await apply(limited, text)).toMatchObject({ code: 0 })
  })

  test('says of a tenant without the add-on what is missing there, or does without it', async () => {
    const tenant = await startTenant({ plan: 'free' })
    const outcome = await apply(tenant, text)
    if (!ADAPTIVE.includes(name)) return expect(outcome.code).toBe(0)
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({ error: { code: 'not_entitled' } })
  })
})

describe('on a tenant that is in use', () => {
  async function tenantWith(name: string): Promise<TestTenant> {
    const tenant = await startTenant()
    expect(await apply(tenant, textOf(name))).toMatchObject({ code: 0 })
    return tenant
  }

  test('phishing-resistant warns of the factor that goes off, and applies', async () => {
    const tenant = await tenantWith('recommended')
    const text = textOf('phishing-resistant')
    const planned = await command(tenant, text, 'plan')
    expect(findingsIn(planned)).toEqual(['W05 warning, accepted', 'X01 warning'])
    expect(await apply(tenant, text)).toMatchObject({ code: 0 })
    expect(await factorsOf(tenant)).toEqual(MAKES['phishing-resistant']?.[1])
  })

  test.each(['adaptive', 'step-up'])('%s takes protection away only where that is confirmed', async name => {
    const tenant = await tenantWith('minimal')
    expect(await apply(tenant, textOf(name))).toMatchObject({ code: 3 })
    expect(await tenant.get('/guardian/policies')).toEqual(['all-applications'])
    expect(await apply(tenant, textOf(name), '--allow', 'P06')).toMatchObject({ code: 0 })
    expect(await tenant.get('/guardian/policies')).toEqual(MAKES[name]?.[0])
  })

  test('minimal leaves on what is on', async () => {
    const tenant = await tenantWith('recommended')
    await apply(tenant, textOf('minimal'))
    expect(await factorsOf(tenant)).toEqual(MAKES.recommended?.[1])
  })
})

describe('what only some say', () => {
  test('phishing-resistant leaves no factor to chance', async () => {
    const tenant = await startTenant()
    await tenant.put('/guardian/factors/push-notification', { enabled: true })
    await tenant.put('/guardian/factors/email', { enabled: true })
    await apply(tenant, textOf('phishing-resistant'))
    expect(await factorsOf(tenant)).toEqual(MAKES['phishing-resistant']?.[1])
    expect(await tenant.get('/guardian/factors/webauthn-roaming/settings')).toMatchObject({
      userVerification: 'required',
    })
    expect(await tenant.get('/guardian/settings')).toEqual({
      display_remember_me_checkbox: false,
      remember_me_default_value: false,
      mfa_session_inactivity_timeout: 3600,
      mfa_session_overall_timeout: 43_200,
    })
  })

  test('adaptive switches the assessment on', async () => {
    const tenant = await startTenant()
    await apply(tenant, textOf('adaptive'))
    expect(await tenant.get('/risk-assessments/settings')).toEqual({ enabled: true })
  })

  test('everything, with what it has commented out, applies where the unified phone experience is', async () => {
    const text = withAlternatives(textOf('everything')).replace(
      /^( *)relying_party: .*$/gm,
      '$1relying_party: false',
    )
    const tenant = await startTenant(kindOf('unified'))
    const pinned = text.replace(/^tenant: .*$/m, `tenant: ${new URL(tenant.url).host}`)
    expect(await apply(tenant, pinned)).toMatchObject({ code: 0 })
    const again = json(await command(tenant, pinned, 'plan'))
    expect(again).toMatchObject({ changes: [], summary: { errors: 0, confirms: 0 } })
  })

  test('the Action in step-up asks for MFA where the app does, and nowhere else', () => {
    const mfa = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor'
    const asked = [{ acr_values: [mfa] }, { acr_values: ['urn:other'] }, {}, undefined].map(challenges)
    expect(asked).toEqual([[['any', { allowRememberBrowser: false }]], [], [], []])
  })
})

/** What the Action that step-up shows asks for at a login. */
function challenges(transaction: object | undefined): unknown[] {
  const code = [...textOf('step-up').matchAll(/^# {3}(.*)$/gm)].map(([, line]) => line).join('\n')
  const calls: unknown[] = []
  const enable = (...given: unknown[]): unknown => calls.push(given)
  const context = { exports: {}, event: { transaction }, api: { multifactor: { enable } } }
  runInNewContext(`${code}\nexports.onExecutePostLogin(event, api)`, context)
  return calls
}

/** The settings of a kind of tenant that it never gives back, sorted. */
function writeOnlyOf(phone: PhoneExperience): string[] {
  return entriesOf(phone)
    .filter(({ field }) => field.writeOnly)
    .map(({ path }) => path)
}
