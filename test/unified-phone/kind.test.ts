import { describe, expect, test } from 'vitest'
import { phoneExperience } from '../../src/settings/phone-experience.ts'
import { json, type Outcome, run } from '../support/cli.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'
import {
  ACCOUNT,
  apply,
  command,
  findingsIn,
  giveProvider,
  PROVIDERS,
  startUnified,
  TEMPLATES,
  TENANT,
  writesOf,
} from './support/tenant.ts'

const EVERYTHING = `
factors:
  otp: true
  phone:
    enabled: true
    message_types: [sms]
    provider: twilio
    ${ACCOUNT}
    templates: { enrollment_message: "{{code}} a", verification_message: "{{code}} b" }
enrollment: { show_factor_list: true }
`
const NOTHING_OF_ONE_KIND = 'factors: { otp: true, phone: { enabled: true, message_types: [sms] } }'
const BOTH = ['legacy', 'unified'] as const
const LEGACY_PATHS = ['selected-provider', 'providers/twilio', 'templates'].map(
  name => `GET /api/v2/guardian/factors/phone/${name}`,
)
const UNIFIED_PATHS = [PROVIDERS, TEMPLATES].map(path => `GET /api/v2${path}`)

function startKind(kind: 'legacy' | 'unified'): Promise<TestTenant> {
  return kind === 'unified' ? startUnified() : startTenant()
}

async function withToken(tenant: TestTenant, ...scopes: string[]) {
  return { env: { AUTH0_DOMAIN: tenant.url, AUTH0_ACCESS_TOKEN: await tenant.token(...scopes) } }
}

/** What a tool may do that is not let see which kind a tenant is of. */
const ALL_BUT_TENANT = [
  ...['read:guardian_factors', 'update:guardian_factors'],
  ...['phone_providers', 'phone_templates'].flatMap(name =>
    ['read', 'create', 'update'].map(verb => `${verb}:${name}`),
  ),
]

const reads = ({ requests }: Outcome): string[] => requests.filter(request => request.startsWith('GET '))

describe('the flag of the tenant settings', () => {
  test.each([
    [{}, 'unified'],
    [{ phone_consolidated_experience: null }, 'unified'],
    [{ phone_consolidated_experience: true }, 'unified'],
    [{ phone_consolidated_experience: false }, 'legacy'],
    [{ phone_consolidated_experience: 'false' }, undefined],
    [{ phone_consolidated_experience: 0 }, undefined],
    [undefined, undefined],
    [null, undefined],
    [[], undefined],
    ['', undefined],
  ])('%j is %s', (answer, kind) => {
    expect(phoneExperience.decode(answer)).toBe(kind)
  })

  test.each([
    ['absent', undefined, UNIFIED_PATHS, LEGACY_PATHS],
    ['true', true, UNIFIED_PATHS, LEGACY_PATHS],
    ['false', false, LEGACY_PATHS, UNIFIED_PATHS],
  ])('%s: only such resources are asked for', async (_, flag, asked, others) => {
    const tenant = await startKind(flag === false ? 'legacy' : 'unified')
    const rewrite = (settings: unknown) => {
      const { phone_consolidated_experience: __, ...rest } = settings as Record<string, unknown>
      return { ...rest, ...(flag !== undefined && { phone_consolidated_experience: flag }) }
    }
    const proxy = await startFaults(tenant, [{ method: 'GET', path: TENANT, rewrite }])
    const planned = await command(proxy, EVERYTHING, 'plan')
    expect(planned.code).toBe(0)
    expect(reads(planned)).toEqual(expect.arrayContaining(asked))
    for (const other of others) expect(reads(planned)).not.toContain(other)
  })

  test('one that is no flag stops what depends on it, and nothing is written', async () => {
    const proxy = await startFaults(await startUnified(), [
      { method: 'GET', path: TENANT, rewrite: () => ({ phone_consolidated_experience: 'perhaps' }) },
    ])
    const applied = await apply(proxy, `factors: { otp: true, phone: { provider: twilio, ${ACCOUNT} } }`)
    expect(applied.code).toBe(1)
    expect(json(applied)).toMatchObject({ error: { code: 'api_error' } })
    expect(applied.out).toContain('GET /tenants/settings')
    expect(writesOf(proxy)).toEqual([])
  })
})

describe.each(BOTH)('on a %s tenant', kind => {
  test('one GET a resource, and the tenant settings once although enrollment is there too', async () => {
    const tenant = await startKind(kind)
    for (const args of [['plan'], ['doctor']]) {
      const asked = reads(await command(tenant, EVERYTHING, ...args))
      expect(asked.filter((request, index) => asked.indexOf(request) !== index)).toEqual([])
      expect(asked).toContain(`GET /api/v2${TENANT}`)
    }
    const shown = reads(await run(['show', '--json'], { env: tenant.env }))
    expect(shown.filter((request, index) => shown.indexOf(request) !== index)).toEqual([])
    expect(shown).toContain(`GET /api/v2${TENANT}`)
  })

  test('the kind is not asked for where nothing depends on it', async () => {
    const tenant = await startKind(kind)
    const planned = await command(tenant, 'policy: never\nfactors: { otp: true }', 'plan')
    expect(reads(planned)).not.toContain(`GET /api/v2${TENANT}`)
  })

  describe('with a token that may not read the tenant settings', () => {
    test.each([['plan'], ['apply']])('%s: a file that depends on it is refused', async name => {
      const tenant = await startKind(kind)
      const there = await withToken(tenant, ...ALL_BUT_TENANT)
      const proxy = await startFaults(tenant)
      const file = EVERYTHING.replace(/^enrollment.*$/m, '')
      const env = { ...there.env, AUTH0_DOMAIN: proxy.url }
      const outcome = name === 'apply' ? await apply({ env }, file) : await command({ env }, file, 'plan')
      expect(outcome.code).toBe(1)
      const { error } = json(outcome)
      expect(error).toMatchObject({ code: 'scope_missing' })
      const { problems } = error as { problems: { path: string; message: string }[] }
      expect(problems.map(({ path }) => path)).toEqual(
        [
          'twilio.sid',
          'twilio.auth_token',
          'twilio.from',
          'templates.enrollment_message',
          'templates.verification_message',
          'provider',
        ].map(path => `factors.phone.${path}`),
      )
      for (const { message } of problems) expect(message).toContain('read:tenant_settings')
      expect(writesOf(proxy)).toEqual([])
    })

    test.each([
      ['provider', 'provider: twilio', ['provider']],
      ['a template', 'templates: { verification_message: "{{code}}" }', ['templates.verification_message']],
      [
        'a voice',
        'templates: { verification_message: { voice: "{{code}}" } }',
        ['templates.verification_message.voice'],
      ],
      ['a field of the account', 'twilio: { from: null }', ['twilio.from']],
    ])('%s alone is enough to be refused', async (_, inside, paths) => {
      const there = await withToken(await startKind(kind), ...ALL_BUT_TENANT)
      const outcome = await command(there, `factors: { phone: { ${inside} } }`, 'plan')
      expect(outcome.code).toBe(1)
      expect(json(outcome)).toMatchObject({
        error: { code: 'scope_missing', problems: paths.map(path => ({ path: `factors.phone.${path}` })) },
      })
    })

    test('a phone that is on, with message types, is planned and applied with a note', async () => {
      const tenant = await startKind(kind)
      if (kind === 'unified') await giveProvider(tenant)
      const there = await withToken(tenant, ...ALL_BUT_TENANT)
      const planned = await command(there, NOTHING_OF_ONE_KIND, 'plan')
      expect(planned.code).toBe(0)
      const notes = findingsIn(planned).filter(({ severity }) => severity === 'note')
      expect(notes.length).toBeGreaterThan(0)
      for (const { message } of notes) expect(message).toMatch(/^Not checked: .*read:tenant_settings/)
      const applied = await apply(there, NOTHING_OF_ONE_KIND)
      expect(applied.code).toBe(0)
      expect(json(applied)).toMatchObject({ verified: true })
      expect(await tenant.get('/guardian/factors/phone/message-types')).toEqual({ message_types: ['sms'] })
    })

    test('what does not depend on it is asked for once all the same', async () => {
      const there = await withToken(await startKind(kind), ...ALL_BUT_TENANT)
      const voice = 'factors: { phone: { enabled: true, message_types: [voice] } }'
      for (const asked of [
        reads(await command(there, voice, 'plan')),
        reads(await command(there, `${voice}\nenrollment: { show_factor_list: true }`, 'plan')),
        reads(await run(['show'], there)),
      ])
        expect(asked.filter(request => request === `GET /api/v2${TENANT}`)).toHaveLength(1)
    })

    test.each([
      [
        'which checks look up too',
        'factors: { otp: true, email: true, phone: { enabled: true, message_types: [sms] } }',
      ],
      [
        'which a setting lives in too',
        `factors: { phone: { provider: twilio } }\nenrollment: { show_factor_list: true }`,
      ],
    ])('they are asked for once, %s, and every reader is told', async (_, file) => {
      const tenant = await startKind(kind)
      if (kind === 'unified') await giveProvider(tenant)
      const there = await withToken(tenant, ...ALL_BUT_TENANT, 'read:prompts')
      const planned = await command(there, file, 'plan')
      expect(reads(planned).filter(request => request === `GET /api/v2${TENANT}`)).toHaveLength(1)
      if (planned.code === 0) {
        expect(findingsIn(planned)).toContainEqual(
          expect.objectContaining({
            severity: 'note',
            path: 'factors.email.enabled',
            message: expect.stringMatching(/^Not checked: .*read:tenant_settings/),
          }),
        )
      } else {
        const { error } = json(planned) as { error: { problems: { path: string }[] } }
        expect(error.problems.map(({ path }) => path)).toEqual([
          'factors.phone.provider',
          'enrollment.show_factor_list',
        ])
      }
    })

    test('doctor is not ready', async () => {
      const there = await withToken(await startKind(kind), ...ALL_BUT_TENANT)
      const outcome = await command(there, `factors: { phone: { provider: twilio, ${ACCOUNT} } }`, 'doctor')
      expect(outcome.code).toBe(1)
      expect(json(outcome)).toMatchObject({ ready: false, phone: null })
      expect(outcome.out).toContain('read:tenant_settings')
    })
  })
})

describe('show with a token that may not read the tenant settings', () => {
  const show = (there: { env: Record<string, string> }) => run(['show', '--json'], there)

  test('has the provider of a legacy tenant', async () => {
    const tenant = await startTenant()
    await tenant.put('/guardian/factors/phone/selected-provider', { provider: 'twilio' })
    await tenant.put('/guardian/factors/phone/providers/twilio', { sid: 'AC7', from: '+1' })
    const shown = await show(await withToken(tenant, ...ALL_BUT_TENANT))
    expect(shown.code).toBe(0)
    expect(json(shown)).toMatchObject({
      config: { factors: { phone: { provider: 'twilio', twilio: { sid: 'AC7' } } } },
    })
  })

  test('lists that of a unified tenant as not readable', async () => {
    const tenant = await startUnified()
    await giveProvider(tenant)
    const shown = await show(await withToken(tenant, ...ALL_BUT_TENANT))
    expect(shown.code).toBe(0)
    const { unreadable } = json(shown) as { unreadable: { path: string }[] }
    expect(unreadable.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['factors.phone.provider', 'factors.phone.twilio.sid']),
    )
    expect(shown.out).not.toContain('AC1')
  })
})

describe('show on a unified tenant', () => {
  test('has the provider and the texts, and neither the token nor what follows from others', async () => {
    const tenant = await startUnified()
    await giveProvider(tenant)
    const shown = await run(['show', '--json'], { env: tenant.env })
    expect(json(shown)).toMatchObject({
      config: {
        factors: {
          phone: {
            provider: 'twilio',
            twilio: { sid: 'AC1', from: '+1555' },
            templates: { verification_message: { text: expect.stringContaining('friendly_name') } },
          },
        },
      },
    })
    expect(shown.out).not.toContain('delivery_methods')
    expect(shown.out).not.toContain('old')
  })

  test('lists what of it is not readable, without what no file can say', async () => {
    const tenant = await startUnified()
    const shown = await run(['show', '--json'], await withToken(tenant, 'read:tenant_settings'))
    const { unreadable } = json(shown) as { unreadable: { path: string }[] }
    const paths = unreadable.map(({ path }) => path)
    expect(paths).toEqual(
      expect.arrayContaining([
        'factors.phone.provider',
        'factors.phone.templates.verification_message',
        'factors.phone.templates.verification_message.voice',
      ]),
    )
    expect(paths).not.toContain('factors.phone.delivery_methods')
  })
})

describe('a unified tenant whose branding may not be read or written', () => {
  test.each([
    ['read:phone_providers', `provider: twilio, ${ACCOUNT}`, 'factors.phone.provider'],
    [
      'read:phone_templates',
      'templates: { verification_message: "{{code}}" }',
      'factors.phone.templates.verification_message',
    ],
  ])('without %s nothing is written', async (scope, inside, path) => {
    const tenant = await startUnified()
    const there = await withToken(
      tenant,
      ...['read:tenant_settings', ...ALL_BUT_TENANT].filter(other => other !== scope),
    )
    const applied = await apply(there, `factors: { otp: true, phone: { ${inside} } }`)
    expect(applied.code).toBe(1)
    const { error } = json(applied) as { error: { code: string; problems: { path: string }[] } }
    expect(error.code).toBe('scope_missing')
    expect(error.problems.map(problem => problem.path)).toContain(path)
    expect(error.problems.map(problem => problem.path)).not.toContain('factors.phone.delivery_methods')
    expect(applied.out).toContain(scope)
  })

  test('doctor tells create from update', async () => {
    const tenant = await startUnified()
    const scopes = ['read:tenant_settings', ...ALL_BUT_TENANT].filter(
      scope => scope !== 'create:phone_providers',
    )
    const outcome = await command(
      await withToken(tenant, ...scopes),
      `factors: { phone: { provider: twilio, ${ACCOUNT} } }`,
      'doctor',
    )
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({ ready: false, phone: 'unified' })
    expect(outcome.out).toContain('create:phone_providers')
  })
})
