import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/plan/apply.ts'
import { renderPlan, renderReport } from '../../src/views/human.ts'
import { choosePaint, type Paint, PLAIN } from '../../src/views/paint.ts'
import { FINDING, NOTHING } from './support/plan.ts'

const otp = { path: 'factors.otp.enabled', before: false, after: true }
const policy = { path: 'policy', before: 'never', after: 'always' }

/** Shows which colour a text has. */
const MARKED = Object.fromEntries(
  Object.keys(PLAIN).map(colour => [colour, (text: string) => `<${colour}>${text}</${colour}>`]),
) as unknown as Paint

describe('a plan', () => {
  test('without anything says that there is nothing', () => {
    expect(renderPlan(NOTHING, PLAIN)).toBe(
      'acme.eu.auth0.com\n\nNo changes: the tenant is as the file has it.\n',
    )
  })

  test('shows each finding with its sign, and accepted ones as such', () => {
    const findings = (['error', 'confirm', 'warning', 'note'] as const).map(severity => ({
      ...FINDING,
      severity,
    }))
    const shown = renderPlan({ ...NOTHING, findings: [...findings, { ...FINDING, allowed: true }] }, PLAIN)
    expect(shown).toBe(`acme.eu.auth0.com

  ✗ F06  Mind this.
  ? F06  Mind this.
  ! F06  Mind this.
  · F06  Mind this.
  ! F06  Mind this. (accepted)

No changes: the tenant is as the file has it, 1 error, 1 confirmation, 2 warnings.
`)
  })

  test('says once why several checks could not look, and anything else as often as it is found', () => {
    const note = { ...FINDING, severity: 'note', message: 'Not checked: no scope.' } as const
    const findings = [
      FINDING,
      { ...FINDING, check: 'F08' } as const,
      note,
      { ...note, check: 'F07' } as const,
    ]
    const shown = renderPlan({ ...NOTHING, findings }, PLAIN)
    expect(shown).toContain(
      '\n  ! F06  Mind this.\n  ! F08  Mind this.\n  · F06, F07  Not checked: no scope.\n',
    )
  })

  test('counts in words that fit', () => {
    const one = { ...NOTHING, changes: [otp], requests: [{ method: 'PUT', path: '/a' }] }
    expect(renderPlan(one, PLAIN)).toMatch(/\n1 change in 1 request\.\n$/)
    expect(renderPlan({ ...one, changes: [otp, policy] }, PLAIN)).toMatch(/\n2 changes in 1 request\.\n$/)
  })

  test('says of a secret that is new or gone no more than that', () => {
    const secret = { path: 'factors.duo.skey', secret: true } as const
    const shown = (before: string | null, after: string | null): string =>
      renderPlan({ ...NOTHING, changes: [{ ...secret, before, after }] }, PLAIN)
    expect(shown(null, '••••••')).toContain('  not set → ••••••\n')
    expect(shown('••••••', '••••••')).toContain('  •••••• → •••••• (changed)\n')
  })

  test('has the tenant in bold and what matters in colour', () => {
    const shown = renderPlan({ ...NOTHING, findings: [{ ...FINDING, severity: 'error' }] }, MARKED)
    expect(shown).toContain('<bold>acme.eu.auth0.com</bold>')
    expect(shown).toContain('<red>✗ F06')
  })
})

describe('a report', () => {
  const done: Report = { applied: [otp, policy], failed: [], notAttempted: [], verified: true, hidden: [] }

  test('of a run in which all went well says that it was read back', () => {
    expect(renderReport(done, PLAIN)).toMatch(/\n\n2 changes applied, read back and as it should be\.\n$/)
  })

  test('of a run that was not verified does not say so', () => {
    const error = { code: 'verification_failed', message: 'It differs.' } as const
    const shown = renderReport({ ...done, verified: false, error }, PLAIN)
    expect(shown).toMatch(/\n\n2 applied\. It differs\.\n$/)
    expect(shown).not.toContain('as it should be')
  })
})

test.each([
  ['a terminal', {}, true, false, true],
  ['a pipe', {}, false, false, false],
  ['--no-color', { FORCE_COLOR: '1' }, true, true, false],
  ['NO_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false, false],
  ['an empty NO_COLOR', { NO_COLOR: '' }, true, false, true],
  ['FORCE_COLOR in a pipe', { FORCE_COLOR: '1' }, false, false, true],
  ['FORCE_COLOR=0 on a terminal', { FORCE_COLOR: '0' }, true, false, false],
  ['a terminal that cannot', { TERM: 'dumb' }, true, false, false],
])('%s decides on colours', async (_, env, isTerminal, refused, coloured) => {
  const paint = await choosePaint({ env, isTerminal, refused })
  expect(paint.red('text') !== 'text').toBe(coloured)
})
