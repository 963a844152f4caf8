import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/checks/check.ts'
import { type MarkdownResult, renderMarkdown } from '../../src/views/markdown.ts'
import type { ShownError, ShownPlan } from '../../src/views/markdown-result.ts'
import { anyHostileText } from './support/hostile.ts'
import { cellsOf, cellsOfOthers, withoutCode } from './support/markdown.ts'
import { FINDING, NOTHING } from './support/plan.ts'

const finding: Finding = { ...FINDING, message: 'Recovery codes are off: a user needs an admin.' }
const note: Finding = { ...finding, check: 'F08', severity: 'note', message: 'Not checked: no scope.' }
const otp = { path: 'factors.otp.enabled', before: false, after: true }
const put = { method: 'PUT', path: '/guardian/factors/otp' }
const full: ShownPlan = {
  ...NOTHING,
  changes: [otp, { path: 'policy', before: 'never', after: 'always' }],
  requests: [put, { method: 'PUT', path: '/guardian/policies' }],
  findings: [{ ...finding, severity: 'confirm', allowed: true }, finding, note, { ...note, check: 'F07' }],
  unverified: ['factors.push-notification.fcm.server_key'],
}
const error: ShownError = {
  code: 'scope_missing',
  message: 'The token may not read everything.',
  problems: [{ path: 'policy', message: 'It needs read:mfa_policies.' }],
}

/** What there is to say about a tenant of no environment. */
function one(plan: ShownPlan): string {
  return renderMarkdown([{ environment: null, tenant: plan.tenant, plan }])
}

/** So many changes. */
function changes(count: number): ShownPlan['changes'] {
  return Array.from({ length: count }, (_, i) => ({
    path: `factors.phone.message.${i}`,
    before: 'a | `b`',
    after: 'c',
  }))
}

/** So many tenants with the same plan. */
function fleet(count: number, plan: ShownPlan): MarkdownResult[] {
  return Array.from({ length: count }, (_, i) => ({
    environment: `env-${i}`,
    tenant: `acme-${i}.eu.auth0.com`,
    plan,
  }))
}

/** The number that a sentence has before some words; 0 where it is not said. */
function said(markdown: string, words: string): number {
  return Number(new RegExp(`(\\d+) ${words}`).exec(markdown)?.[1] ?? 0)
}

function count(markdown: string, what: RegExp): number {
  return markdown.match(what)?.length ?? 0
}

function expectToFit(markdown: string): void {
  expect(markdown.length).toBeLessThan(60_000)
  expect(Buffer.byteLength(markdown)).toBeLessThan(60_000)
  expect(count(markdown, /^<details>/gm)).toBe(count(markdown, /^<\/details>$/gm))
}

describe('one tenant', () => {
  test('has its changes and findings in sight, and the rest folded', () => {
    expect(
      renderMarkdown([{ environment: 'prod', tenant: 'acme.eu.auth0.com', plan: full }]),
    ).toBe(`<!-- mfa-config -->

## \`acme.eu.auth0.com\` (environment \`prod\`)

2 changes in 2 requests, 1 confirmation, 1 warning.

| setting | before | after |
| --- | --- | --- |
| \`factors.otp.enabled\` | \`off\` | \`on\` |
| \`policy\` | \`never\` | \`always\` |

- To confirm \`F06\`: Recovery codes are off: a user needs an admin. (accepted)
- **Warning** \`F06\`: Recovery codes are off: a user needs an admin.

<details><summary>1 secret that cannot be read back: unverified, sent with --write-secrets</summary>

- \`factors.push-notification.fcm.server_key\`

</details>

<details><summary>1 note</summary>

- **Note** \`F08\`, \`F07\`: Not checked: no scope.

</details>

<details><summary>2 requests that apply would send</summary>

- \`PUT /guardian/factors/otp\`
- \`PUT /guardian/policies\`

</details>
`)
  })

  test('with nothing to do says so, and no more', () => {
    expect(one(NOTHING)).toBe(`<!-- mfa-config -->

## \`acme.eu.auth0.com\`

No changes: the tenant is as the file has it.
`)
  })

  test('says of a secret that looks the same whether it changed', () => {
    const secret = { path: 'factors.duo.skey', before: '••••••', after: '••••••', secret: true } as const
    expect(one({ ...NOTHING, changes: [secret] })).toContain('| `••••••` | `••••••` (changed) |')
    const hidden = one({ ...NOTHING, changes: [secret], hidden: [secret.path] })
    expect(hidden).toContain('| `••••••` | `••••••` (sent; what is there cannot be compared) |')
    expect(one({ ...NOTHING, changes: [{ ...secret, before: null }] })).toContain('| `not set` | `••••••` |')
  })

  test('without a plan has the error, its problems, and what checks said', () => {
    const findings = [{ ...finding, severity: 'error' } as const]
    expect(
      renderMarkdown([{ environment: 'prod', tenant: null, error: { ...error, findings } }]),
    ).toBe(`<!-- mfa-config -->

## environment \`prod\`

**Error:** The token may not read everything.

- \`policy\`: It needs \`read:mfa_policies\`.

- **Error** \`F06\`: Recovery codes are off: a user needs an admin.
`)
    expect(renderMarkdown([{ environment: null, tenant: null, error }])).toContain('\n## mfa-config\n')
  })

  test('with more than there is room for keeps its findings and says how many changes and requests it lacks', () => {
    const plan = { ...full, changes: changes(3000), requests: Array(3000).fill(put) }
    const shown = one(plan)
    expectToFit(shown)
    const rows = count(shown, /^\| `factors/gm)
    expect(rows).toBeGreaterThan(600)
    expect(said(shown, 'more changes are left out: `mfa-config plan` shows them')).toBe(3000 - rows)
    expect(shown).toContain('\n3000 requests are left out: `mfa-config plan` shows them.\n')
    for (const kept of ['**Warning** `F06`', '**Note** `F08`', 'fcm.server_key'])
      expect(shown).toContain(kept)
  })

  test('lacks the requests before it lacks anything else', () => {
    const shown = one({ ...full, changes: changes(600), requests: Array(900).fill(put) })
    expectToFit(shown)
    expect(count(shown, /^\| `factors/gm)).toBe(600)
    expect(count(shown, /left out/g)).toBe(1)
    expect(shown).toContain('\n900 requests are left out')
  })

  test('with findings that have no room says how many', () => {
    const long = { ...finding, message: 'word '.repeat(200) }
    const shown = one({ ...full, findings: Array(100).fill(long) })
    expectToFit(shown)
    expect(said(shown, 'more findings are left out')).toBe(100 - count(shown, /^- \*\*Warning/gm))
    expect(shown).toContain('\n2 changes are left out')
  })
})

describe('several tenants', () => {
  const idle = { environment: 'dev', tenant: 'acme-dev.eu.auth0.com', plan: NOTHING }
  const changed = {
    environment: 'prod',
    tenant: 'acme.eu.auth0.com',
    plan: { ...NOTHING, changes: [otp], requests: [put], findings: [finding] },
  }
  const failed = { environment: 'new', tenant: null, error }

  test('are a table, then those that there is something to say about', () => {
    expect(renderMarkdown([idle, changed, failed])).toBe(`<!-- mfa-config -->

## 3 tenants

1 change in 1 of 3 tenants, 1 warning, 1 tenant without a plan.

| environment | tenant | changes | findings |
| --- | --- | --- | --- |
| \`dev\` | \`acme-dev.eu.auth0.com\` | none |  |
| \`prod\` | \`acme.eu.auth0.com\` | 1 | 1 warning |
| \`new\` |  | **Error:** The token may not read everything. |  |

<details><summary><code>acme.eu.auth0.com</code> (environment <code>prod</code>): 1 change in 1 request, 1 warning.</summary>

| setting | before | after |
| --- | --- | --- |
| \`factors.otp.enabled\` | \`off\` | \`on\` |

- **Warning** \`F06\`: Recovery codes are off: a user needs an admin.

<details><summary>1 request that apply would send</summary>

- \`PUT /guardian/factors/otp\`

</details>

</details>

<details><summary>environment <code>new</code>: no plan.</summary>

**Error:** The token may not read everything.

- \`policy\`: It needs \`read:mfa_policies\`.

</details>
`)
  })

  test('with nothing to do are a table', () => {
    const shown = renderMarkdown([idle, idle])
    expect(shown).toContain('\nNo changes.\n')
    expect(shown).not.toContain('details')
  })

  test('none at all are said to be none', () => {
    expect(renderMarkdown([])).toBe('<!-- mfa-config -->\n\n## 0 tenants\n\nNo changes.\n')
  })

  test('have a plan of their own each, the last of which there may be no room for', () => {
    const shown = renderMarkdown(fleet(40, { ...full, changes: changes(60) }))
    expectToFit(shown)
    expect(count(shown, /^\| `env-/gm)).toBe(40)
    const open = count(shown, /^<details><summary><code>acme-/gm)
    expect(open).toBeGreaterThan(8)
    expect(shown).toContain(
      `\nDetails of ${40 - open} tenants are left out: \`mfa-config plan\` shows them.\n`,
    )
    const rows = count(shown, /^\| `factors/gm)
    expect(rows + said(shown, '(?:more )?changes? (?:is|are) left out')).toBe(open * 60)
    expect(shown).toContain(`\n${open * 2} requests are left out`)
  })

  test('with nothing to do make room for the others', () => {
    const busy = { environment: 'last', tenant: 'last.eu.auth0.com', plan: full }
    const shown = renderMarkdown([...fleet(2000, NOTHING), busy])
    expectToFit(shown)
    expect(shown).toContain('\n| `last` | `last.eu.auth0.com` | 2 |')
    expect(shown).toContain('\n<details><summary><code>last.eu.auth0.com</code>')
    const rows = count(shown, /^\| `env-/gm)
    expect(rows).toBeGreaterThan(500)
    expect(said(shown, 'more tenants are left out')).toBe(2000 - rows)
    expect(shown).toContain('\n- `PUT /guardian/policies`')
    expect(said(shown, 'requests? (?:is|are) left out')).toBe(0)
  })

  /** So many tenants that could not be planned for, with so many long problems each. */
  function failures(count: number, problems: number): MarkdownResult[] {
    const texts = Array.from({ length: problems }, (_, i) => ({ message: `${i} ${'x'.repeat(900)}` }))
    return Array.from({ length: count }, (_, i) => ({
      environment: `noise-${i}`,
      tenant: null,
      error: { ...error, message: 'y'.repeat(900), problems: texts },
    }))
  }

  const weaker = { path: 'policy', before: 'always', after: 'never' }
  const prod: MarkdownResult = {
    environment: 'prod',
    tenant: 'acme.eu.auth0.com',
    plan: { ...NOTHING, changes: [weaker], requests: [put] },
  }
  const WEAKER = '| `policy` | `always` | `never` |'

  test.each([60, 300, 1000])('push no change out of sight where %i cannot be planned for', failed => {
    const shown = renderMarkdown([...failures(failed, 45), prod])
    expectToFit(shown)
    expect(shown).toContain('\n| `prod` | `acme.eu.auth0.com` | 1 |')
    expect(shown).toContain(WEAKER)
    expect(shown).toContain('\n- `PUT /guardian/factors/otp`')
  })

  test('without a plan have the beginning of each text, and five problems', () => {
    const shown = renderMarkdown(failures(2, 45))
    expect(count(shown, /^- /gm)).toBe(10)
    expect(count(shown, /^40 more problems are left out: `mfa-config plan` shows them\.$/gm)).toBe(2)
    expect(count(shown, /x{190}/g)).toBe(10)
    expect(shown).not.toMatch(/x{201}|y{201}/)
  })

  test('without a plan are short enough, though all say that there are more problems', () => {
    const problems = Array.from({ length: 6 }, (_, i) => ({ message: `p${i}` }))
    const failed = { environment: 'e', tenant: null, error: { ...error, message: 'm', problems } }
    for (const many of [200, 300, 370, 500]) expectToFit(renderMarkdown(Array(many).fill(failed)))
  })

  test('that a check stops come before others, however much those change', () => {
    const stopped = {
      ...prod,
      plan: { ...prod.plan, findings: [{ ...finding, severity: 'error' } as const] },
    }
    const shown = renderMarkdown([...fleet(1000, { ...NOTHING, changes: changes(60) }), stopped])
    expectToFit(shown)
    expect(shown).toContain('\n| `prod` |')
    expect(shown).toContain(WEAKER)
  })

  test('with few changes come before one with many', () => {
    const shown = renderMarkdown([...fleet(1, { ...NOTHING, changes: changes(3000) }), prod])
    expectToFit(shown)
    expect(shown).toContain(WEAKER)
    expect(said(shown, 'more changes are left out')).toBeGreaterThan(1000)
  })

  test('without a plan have a row, though the changes of others have no room', () => {
    const shown = renderMarkdown([...fleet(40, { ...full, changes: changes(60) }), failed, idle])
    expectToFit(shown)
    expect(shown).toContain('\n| `new` |  | **Error:**')
    expect(shown).toContain('\n| `dev` | `acme-dev.eu.auth0.com` | none |')
  })

  test('can be a thousand with sixty changes each, within a second', () => {
    const results = fleet(1000, { ...full, changes: changes(60) })
    const start = performance.now()
    const shown = renderMarkdown(results)
    expect(performance.now() - start).toBeLessThan(1000)
    expectToFit(shown)
    expect(shown).toContain('\n60000 changes in 1000 of 1000 tenants, 1000 confirmations, 1000 warnings.\n')
    expect(said(shown, 'more tenants are left out')).toBe(1000 - count(shown, /^\| `env-/gm))
    expect(shown).toContain('\nDetails of 1000 tenants are left out')
  })
})

/** One of several, with nothing to do. */
const quiet: MarkdownResult = { environment: null, tenant: null, plan: NOTHING }

/** The row and the details of a tenant where nothing else takes room. */
function alone(result: MarkdownResult): string[] {
  const shown = renderMarkdown([result, quiet])
  const row = shown.split('\n').filter(line => line.startsWith('|'))[2] ?? ''
  return [`\n${row}\n`, shown.slice(shown.indexOf('\n<details>'))]
}

describe('whatever there is to say', () => {
  const anyText = fc.oneof(
    anyHostileText,
    fc.tuple(anyHostileText, fc.constantFrom(1, 100)).map(([text, times]) => text.repeat(times)),
  )
  const anyFinding = fc.record({
    check: fc.constantFrom('F06' as const, 'F08' as const),
    severity: fc.constantFrom('error' as const, 'confirm' as const, 'warning' as const, 'note' as const),
    path: anyText,
    message: anyText,
    allowed: fc.boolean(),
  })
  const anyList = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    fc
      .tuple(fc.array(one, { maxLength: 3 }), fc.constantFrom(1, 1, 1, 1, 40))
      .map(([some, times]) => Array.from({ length: times }, () => some).flat())
  const anyPlan = fc.record({
    tenant: anyText,
    changes: anyList(
      fc.record({ path: anyText, before: anyText, after: fc.oneof(anyText, fc.array(anyText)) }),
    ),
    requests: anyList(fc.record({ method: fc.constant('PUT'), path: anyText })),
    findings: anyList(anyFinding),
    unverified: anyList(anyText),
    hidden: fc.constant([]),
  })
  const anyError = fc.record({
    code: fc.constant('api_error' as const),
    message: anyText,
    problems: anyList(fc.record({ path: anyText, file: anyText, line: fc.nat(), message: anyText })),
    findings: fc.array(anyFinding, { maxLength: 2 }),
  })
  const anyName = fc.option(anyText)
  const anyResult: fc.Arbitrary<MarkdownResult> = fc.oneof(
    fc.record({ environment: anyName, tenant: anyName, plan: anyPlan }),
    fc.record({ environment: anyName, tenant: anyName, error: anyError }),
  )

  test('it is short enough, is made of our own markup alone, and every row has its cells', () => {
    fc.assert(
      fc.property(anyList(anyResult), results => {
        const shown = renderMarkdown(results)
        expectToFit(shown)
        const [marker, ...lines] = shown.split('\n')
        expect(marker).toBe('<!-- mfa-config -->')
        let columns = 0
        const wrong = lines.filter(line => {
          const ours = withoutCode(line)
            .replace(/^(?:## |- |\| --- .*|<details><summary>(?=.*<\/summary>$)|<\/details>$)/, '')
            .replace(/<\/summary>$/, '')
            .replaceAll(/\*\*(?:Error:?|To confirm|Warning|Note)\*\*|--write-secrets/g, '')
          if (/[<>&@#[\]`*_~$^\\{}]|\d{7}|[\p{L}\d][:.][\p{L}\d]/u.test(ours)) return true
          const isRow = line.startsWith('|')
          columns = isRow ? columns || cellsOfOthers(line) : 0
          return isRow
            ? cellsOf(line).length !== columns || cellsOfOthers(line) !== columns
            : ours.includes('|')
        })
        expect(wrong).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('plans that all have room are shown in full, whatever could not be planned for', () => {
    const anyChange = fc.record({ path: anyText, before: anyText, after: anyText })
    const changed: fc.Arbitrary<MarkdownResult> = fc.record({
      environment: anyName,
      tenant: anyName,
      plan: fc
        .tuple(anyPlan, fc.array(anyChange, { minLength: 1, maxLength: 3 }))
        .map(([plan, made]) => ({ ...plan, changes: made })),
    })
    const failed: fc.Arbitrary<MarkdownResult> = fc
      .tuple(fc.record({ environment: anyName, tenant: anyName, error: anyError }), fc.constantFrom('', '!'))
      .map(([result, more]) => ({
        ...result,
        error: { ...result.error, message: `${result.error.message}${more.repeat(2000)}` },
      }))
    const anyNoise = fc
      .tuple(fc.array(failed, { minLength: 1, maxLength: 3 }), fc.constantFrom(1, 60, 200))
      .map(([some, times]) => Array.from({ length: times }, () => some).flat())
    fc.assert(
      fc.property(fc.array(changed, { minLength: 1, maxLength: 4 }), anyNoise, (plans, noise) => {
        fc.pre(!renderMarkdown([...plans, quiet]).includes('left out'))
        const shown = renderMarkdown([...noise, ...plans, ...noise.slice(0, 1)])
        expectToFit(shown)
        const parts = plans.flatMap(alone)
        expect(parts.filter(part => !shown.includes(part.trimEnd()))).toEqual([])
      }),
      { numRuns: 30 },
    )
  })
})
