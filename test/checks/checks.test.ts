import { describe, expect, test } from 'vitest'
import { CHECKS } from '../../src/checks/catalogue.ts'
import type { Severity } from '../../src/checks/check.ts'
import { runChecks } from '../../src/checks/run.ts'
import { wishOf } from '../../src/plan/needs.ts'
import { FACTORS, STAND_ALONE } from '../../src/settings/factor.ts'
import { NOTHING_READ } from '../../src/settings/state.ts'
import { configOf, settingsOf, stateOf } from '../support/state.ts'
import { type Case, found, type Given, off, on } from './support/found.ts'

const ALL = Object.keys(FACTORS)
const DEPENDENT = ['email', 'webauthn-platform', 'recovery-code']
const SWITCHES = ALL.map(name => `factors.${name}.enabled`)

describe('F01, MFA is required and no factor stands alone,', () => {
  const id = 'F01'
  const error = ['error policy']

  test.each<[string, Case]>([
    ['a policy over a tenant without a factor', { file: { policy: 'always' }, tenant: off('otp') }],
    ['an adaptive one too', { file: { policy: 'adaptive' }, tenant: off('otp') }],
    [
      'the last factor going off under a policy',
      { file: off('otp'), tenant: { ...on('otp'), policy: 'always' } },
    ],
    [
      'factors that depend on others alone',
      { file: { policy: 'always', ...on('email') }, tenant: on(...DEPENDENT) },
    ],
    ['a file that says it all, offline', { file: { policy: 'always', ...off(...STAND_ALONE) } }],
    [
      'a tenant that was so before, when the file touches it',
      { file: { policy: 'adaptive' }, tenant: { ...off('otp'), policy: 'always' } },
    ],
    [
      'a policy that this version does not know',
      { file: off('otp'), tenant: { ...on('otp'), policy: ['from-the-future'] } },
    ],
  ])('fires at %s', (_, given) => {
    expect(found(id, given)).toEqual(error)
  })

  test.each(STAND_ALONE)('does not fire with %s on, in the file or in the tenant', name => {
    expect(found(id, { file: { policy: 'always' }, tenant: on(name) })).toEqual([])
    expect(found(id, { file: { policy: 'always', ...on(name) }, tenant: off('otp') })).toEqual([])
    expect(found(id, { file: { policy: 'always', ...on(name) } })).toEqual([])
    expect(found(id, { file: { policy: 'always', ...off(name) }, tenant: on(name) })).toEqual(error)
  })

  test.each(DEPENDENT)('fires with %s on alone', name => {
    expect(found(id, { file: { policy: 'always', ...on(name) }, tenant: off('otp') })).toEqual(error)
  })

  test.each<[string, Case]>([
    ['the policy never', { file: { policy: 'never', ...off(...STAND_ALONE) }, tenant: off('otp') }],
    [
      'the last factor going off under the policy never',
      { file: off('otp'), tenant: { ...on('otp'), policy: 'never' } },
    ],
    ['one factor of two going off', { file: off('otp'), tenant: { ...on('otp', 'duo'), policy: 'always' } }],
    [
      'one factor in place of another',
      { file: { ...off('otp'), ...on('duo') }, tenant: { ...on('otp'), policy: 'always' } },
    ],
    ['a policy alone, offline', { file: { policy: 'always' } }],
    ['a policy and some factors off, offline', { file: { policy: 'always', ...off('otp', 'phone') } }],
    ['factors off without a policy, offline', { file: off(...STAND_ALONE) }],
    [
      'a file that says neither',
      { file: { 'enrollment.show_factor_list': true }, tenant: { ...off('otp'), policy: 'always' } },
    ],
    [
      'a file that goes back to never',
      { file: { policy: 'never' }, tenant: { ...off('otp'), policy: 'always' } },
    ],
  ])('does not fire at %s', (_, given) => {
    expect(found(id, given)).toEqual([])
  })

  test.each<[string, Case]>([
    [
      'the policy, when the last factor goes off',
      { file: off('otp'), tenant: on('otp'), refused: ['policy'] },
    ],
    [
      'the factors, when the file sets a policy',
      { file: { policy: 'always' }, tenant: {}, refused: SWITCHES },
    ],
  ])('has to be confirmed where it cannot see %s', (_, given) => {
    expect(found(id, given)).toEqual(['confirm policy'])
  })

  test.each<[string, Case]>([
    [
      'the policy, and another factor stays on',
      { file: off('otp'), tenant: on('otp', 'duo'), refused: ['policy'] },
    ],
    [
      'the factors, and the file has one on',
      { file: { policy: 'always', ...on('otp') }, tenant: {}, refused: SWITCHES },
    ],
    ['the factors, and the policy is never', { file: { policy: 'never' }, tenant: {}, refused: SWITCHES }],
  ])('has nothing to confirm where it cannot see %s', (_, given) => {
    expect(
      found(id, given).filter(finding => finding.startsWith('confirm') || finding.startsWith('error')),
    ).toEqual([])
  })

  test('says what it could not see, and why', () => {
    const [finding] = runChecks({
      config: configOf(off('otp')),
      state: stateOf(on('otp')),
      unreadable: [...settingsOf(['policy'])].map(setting => ({ setting, message: 'The scope is missing.' })),
      allow: [],
    })
    expect(finding?.message).toMatch(/^Cannot see the policy: .* The scope is missing\.$/)
  })

  test('reads what it needs and no more', () => {
    const needs = (file: Given): string[] =>
      [...wishOf(configOf(file), { phone: undefined, state: NOTHING_READ }).settings].flatMap(
        ({ read }) => read?.path ?? [],
      )
    expect(new Set(needs(on('otp')))).toEqual(new Set(['/guardian/factors']))
    expect(new Set(needs(off('otp')))).toEqual(new Set(['/guardian/factors', '/guardian/policies']))
    expect(new Set(needs(off('email')))).toEqual(new Set(['/guardian/factors']))
    expect(new Set(needs({ policy: 'never' }))).toEqual(new Set(['/guardian/policies']))
    expect(new Set(needs({ policy: 'always' }))).toEqual(new Set(['/guardian/factors', '/guardian/policies']))
  })
})

describe('F02, a factor is on that needs another,', () => {
  const id = 'F02'

  test.each(DEPENDENT)('fires for %s with no other', name => {
    const error = [`error factors.${name}.enabled`]
    expect(found(id, { file: on(name), tenant: off('otp') })).toEqual(error)
    expect(found(id, { file: { ...on(name), ...off(...STAND_ALONE) } })).toEqual(error)
    expect(found(id, { file: off('otp'), tenant: { ...on('otp', name), policy: 'never' } })).toEqual(error)
    expect(found(id, { file: { policy: 'always' }, tenant: on(name) })).toEqual(error)
  })

  test('fires for each of them', () => {
    expect(found(id, { file: on(...DEPENDENT), tenant: off('otp') })).toEqual(
      DEPENDENT.map(name => `error factors.${name}.enabled`),
    )
  })

  test.each(STAND_ALONE)('does not fire with %s on', name => {
    expect(found(id, { file: on('email'), tenant: on(name) })).toEqual([])
    expect(found(id, { file: on('email', name), tenant: off('otp') })).toEqual([])
    expect(found(id, { file: on(...DEPENDENT, name) })).toEqual([])
    expect(found(id, { file: on(name), tenant: off('otp') })).toEqual([])
  })

  test.each<[string, Case]>([
    ['what is off', { file: off('email'), tenant: off('otp') }],
    ['what is not known, offline', { file: on('email') }],
    ['what goes off together', { file: off(...ALL), tenant: { ...on('otp', 'email'), policy: 'never' } }],
  ])('does not fire for %s', (_, given) => {
    expect(found(id, given)).toEqual([])
  })
})

describe('F06, MFA is required and recovery codes are off,', () => {
  const id = 'F06'
  const warning = ['warning factors.recovery-code.enabled']

  test.each<[string, Case, string[]]>([
    ['warns under always', { file: { policy: 'always', ...on('otp') }, tenant: off('otp') }, warning],
    ['warns under adaptive', { file: { policy: 'adaptive' }, tenant: on('otp') }, warning],
    [
      'warns when they go off',
      { file: { policy: 'always', ...off('recovery-code') }, tenant: on('otp', 'recovery-code') },
      warning,
    ],
    [
      'warns offline where the file says both',
      { file: { policy: 'always', ...off('recovery-code') } },
      warning,
    ],
    [
      'says nothing under never',
      { file: { policy: 'never', ...off('recovery-code') }, tenant: on('otp') },
      [],
    ],
    [
      'says nothing with them on in the tenant',
      { file: { policy: 'always' }, tenant: on('otp', 'recovery-code') },
      [],
    ],
    [
      'says nothing with them on in the file',
      { file: { policy: 'always', ...on('recovery-code') }, tenant: on('otp') },
      [],
    ],
    ['says nothing offline where the file does not say', { file: { policy: 'always' } }, []],
    ['says nothing offline without a policy', { file: off('recovery-code') }, []],
  ])('%s', (_, given, expected) => {
    expect(found(id, given)).toEqual(expected)
  })
})

describe('F12, a strict file does not mention a factor that is on,', () => {
  const id = 'F12'
  const strict = { besides: { strict: true } }

  test.each(ALL)('asks about %s', name => {
    expect(found(id, { file: {}, tenant: on(name), ...strict })).toEqual([`confirm factors.${name}.enabled`])
  })

  test.each<[string, Case]>([
    ['a file that is not strict', { file: {}, tenant: on(...ALL) }],
    ['factors that are off', { file: {}, tenant: off(...ALL), ...strict }],
    ['factors that the file has on', { file: on(...ALL), tenant: on(...ALL), ...strict }],
    [
      'factors that the file has off',
      { file: off(...ALL), tenant: { ...on(...ALL), policy: 'never' }, ...strict },
    ],
    ['a file offline', { file: {}, ...strict }],
    [
      'a factor that the file names by a reference without a value',
      {
        file: {},
        tenant: on('otp'),
        besides: { strict: true, unresolved: new Set(['factors.otp.enabled']) },
      },
    ],
  ])('says nothing about %s', (_, given) => {
    expect(found(id, given)).toEqual([])
  })

  test('asks about a factor of which the file says all but the switch', () => {
    expect(found(id, { file: { 'factors.email.otp_length': 6 }, tenant: on('email'), ...strict })).toEqual([
      'confirm factors.email.enabled',
    ])
  })

  test('is a note where the factors cannot be seen', () => {
    expect(found(id, { file: {}, tenant: {}, refused: SWITCHES, ...strict })).toEqual([
      'note factors.otp.enabled',
    ])
  })
})

describe('P10, the policy is adaptive and the file turns the assessment off,', () => {
  const id = 'P10'

  test.each<[string, Case, string[]]>([
    ['fires offline', { file: { policy: 'adaptive', 'risk.enabled': false } }, ['error risk.enabled']],
    [
      'fires where both are so in the tenant',
      { file: { policy: 'adaptive', 'risk.enabled': false }, tenant: { ...on('otp'), policy: 'adaptive' } },
      ['error risk.enabled'],
    ],
    ['does not with the assessment on', { file: { policy: 'adaptive', 'risk.enabled': true } }, []],
    [
      'does not where the file leaves it out',
      { file: { policy: 'adaptive' }, tenant: { 'risk.enabled': false } },
      [],
    ],
    ['does not under always', { file: { policy: 'always', 'risk.enabled': false } }, []],
    ['does not under never', { file: { policy: 'never', 'risk.enabled': false } }, []],
    ['does not where the policy is not known', { file: { 'risk.enabled': false } }, []],
  ])('%s', (_, given, expected) => {
    expect(found(id, given)).toEqual(expected)
  })
})

describe('findings', () => {
  const everything = configOf(
    { policy: 'adaptive', 'risk.enabled': false, ...on('email') },
    { strict: true, allow: ['F01', 'F06', 'F12'] },
  )
  const state = stateOf({ ...on('email', 'webauthn-platform'), policy: 'never' })

  test('come the gravest first, each with a sentence', () => {
    const findings = runChecks({ config: everything, state, unreadable: [], allow: [] })
    const order: Severity[] = ['error', 'confirm', 'warning', 'note']
    const ranks = findings.map(({ severity }) => order.indexOf(severity))
    expect(ranks).toEqual([...ranks].sort())
    expect(new Set(findings.map(({ check }) => check))).toEqual(
      new Set(['F01', 'F02', 'P10', 'F12', 'F06', 'P02', 'P03']),
    )
    for (const { message } of findings) expect(message).toMatch(/^[A-Za-z].*\.$/)
  })

  test('are accepted by the file, except errors, and by the command line, all of them', () => {
    const accepted = (allow: string[]): string[] =>
      runChecks({ config: everything, state, unreadable: [], allow })
        .filter(({ allowed }) => allowed)
        .map(({ check }) => check)
    expect(accepted([])).toEqual(['F12', 'F06'])
    expect(accepted(['F01', 'P10'])).toEqual(['F01', 'P10', 'F12', 'F06'])
  })

  test('of a check whose need is refused are a note, with the reason', () => {
    const unreadable = [...settingsOf(SWITCHES)].map(setting => ({
      setting,
      message: 'The scope is missing.',
    }))
    const config = configOf({}, { strict: true })
    expect(runChecks({ config, state: NOTHING_READ, unreadable, allow: [] })).toEqual([
      {
        check: 'F12',
        severity: 'note',
        path: 'factors.otp.enabled',
        message: 'Not checked: The scope is missing.',
        allowed: false,
      },
    ])
  })

  test('say nothing of a file that mentions nothing', () => {
    expect(runChecks({ config: configOf({}), state: NOTHING_READ, unreadable: [], allow: [] })).toEqual([])
  })

  test('do not take a reference without a value for what the tenant has', () => {
    const config = configOf({ policy: 'always' }, { unresolved: new Set(['factors.otp.enabled']) })
    const findings = runChecks({ config, state: stateOf(off('otp')), unreadable: [], allow: [] })
    expect(findings.map(({ check }) => check)).not.toContain('F01')
  })
})

test.each(CHECKS.map(check => [check.id, check] as const))(
  '%s explains itself and says what to do',
  (id, check) => {
    expect(id).toMatch(/^[A-Z]\d\d$/)
    expect(check.title).toMatch(/^\w.*[\w)]$/)
    for (const text of [check.why, check.remedy]) expect(text).toMatch(/^[A-Z].*\.$/)
    expect(check.severities.length).toBeGreaterThan(0)
    expect(CHECKS.filter(other => other.id === id)).toHaveLength(1)
  },
)
