import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diff } from '../../src/plan/diff.ts'
import { wishOf } from '../../src/plan/needs.ts'
import { order, requestsOf } from '../../src/plan/order.ts'
import { FACTORS, STAND_ALONE } from '../../src/settings/factor.ts'
import type { Value } from '../../src/settings/field.ts'
import { NOTHING_READ, type State } from '../../src/settings/state.ts'
import { configOf, partOf, stateOf } from '../support/state.ts'

type Given = Readonly<Record<string, Value>>

/** The paths of each write of a plan, in order. */
function writesOf(before: Given, wanted: Given, read: State = stateOf(before)): string[][] {
  const values = new Map(Object.entries(wanted))
  const { changes } = diff(values, read)
  return order(changes, values, read).map(write => write.changes.map(({ path }) => path))
}

const off = Object.fromEntries(Object.keys(FACTORS).map(name => [`factors.${name}.enabled`, false]))

describe('what adds protection', () => {
  test('goes from credentials to the choice of a provider, to the factor, to what depends on it, to the policy', () => {
    const nothing: Given = {
      ...off,
      policy: 'never',
      'factors.phone.provider': 'auth0',
      'factors.phone.message_types': [],
      'factors.phone.twilio.sid': null,
      'factors.phone.twilio.from': null,
      'factors.phone.otp_length': 6,
      'factors.phone.templates.enrollment_message': null,
      'session.display_remember_me_checkbox': true,
      'risk.enabled': false,
      'enrollment.show_factor_list': false,
    }
    const wanted: Given = {
      policy: 'always',
      'enrollment.show_factor_list': true,
      'risk.enabled': true,
      'session.display_remember_me_checkbox': false,
      'factors.recovery-code.enabled': true,
      'factors.email.enabled': true,
      'factors.phone.message_types': ['sms'],
      'factors.phone.enabled': true,
      'factors.otp.enabled': true,
      'factors.phone.provider': 'twilio',
      'factors.phone.otp_length': 8,
      'factors.phone.templates.enrollment_message': 'Hello',
      'factors.phone.twilio.from': '+1555',
      'factors.phone.twilio.sid': 'AC1',
    }
    expect(writesOf(nothing, wanted)).toEqual([
      ['factors.phone.twilio.sid', 'factors.phone.twilio.from'],
      ['factors.phone.templates.enrollment_message'],
      ['factors.phone.otp_length'],
      ['factors.phone.provider'],
      ['factors.otp.enabled'],
      ['factors.phone.enabled'],
      ['factors.phone.message_types'],
      ['factors.email.enabled'],
      ['factors.recovery-code.enabled'],
      ['session.display_remember_me_checkbox'],
      ['risk.enabled'],
      ['enrollment.show_factor_list'],
      ['policy'],
    ])
  })

  test('is the same whatever the order of the file', () => {
    const wanted: Given = { policy: 'always', 'factors.otp.enabled': true, 'factors.email.enabled': true }
    const turned = Object.fromEntries(Object.entries(wanted).reverse())
    expect(writesOf({ ...off, policy: 'never' }, turned)).toEqual(
      writesOf({ ...off, policy: 'never' }, wanted),
    )
  })
})

describe('what takes protection away', () => {
  test('goes the other way: the policy, what depends on a factor, the factor that stands alone', () => {
    const everything: Given = {
      ...Object.fromEntries(Object.keys(FACTORS).map(name => [`factors.${name}.enabled`, true])),
      policy: 'always',
      'risk.enabled': true,
    }
    const wanted: Given = { ...off, policy: 'never', 'risk.enabled': false }
    expect(writesOf(everything, wanted).flat()).toEqual([
      'policy',
      'risk.enabled',
      'factors.recovery-code.enabled',
      'factors.webauthn-platform.enabled',
      'factors.email.enabled',
      'factors.duo.enabled',
      'factors.webauthn-roaming.enabled',
      'factors.push-notification.enabled',
      'factors.phone.enabled',
      'factors.otp.enabled',
    ])
  })

  test('comes after what adds some: a factor that replaces another is on before that one goes off', () => {
    const before: Given = { ...off, 'factors.duo.enabled': true, policy: 'always' }
    const wanted: Given = { 'factors.duo.enabled': false, 'factors.otp.enabled': true }
    expect(writesOf(before, wanted).flat()).toEqual(['factors.otp.enabled', 'factors.duo.enabled'])
  })

  test('from always to adaptive is that too', () => {
    const before: Given = { ...off, 'factors.otp.enabled': true, policy: 'always' }
    const wanted: Given = { policy: 'adaptive', 'factors.recovery-code.enabled': true }
    expect(writesOf(before, wanted).flat()).toEqual(['factors.recovery-code.enabled', 'policy'])
    const back: Given = { policy: 'always', 'factors.otp.enabled': false, 'factors.duo.enabled': true }
    expect(writesOf({ ...before, policy: 'adaptive' }, back).flat()).toEqual([
      'factors.duo.enabled',
      'policy',
      'factors.otp.enabled',
    ])
  })

  test('credentials are cleared when the provider that used them is no longer chosen', () => {
    const before: Given = { 'factors.phone.provider': 'twilio', 'factors.phone.twilio.sid': 'AC1' }
    const wanted: Given = { 'factors.phone.provider': 'auth0', 'factors.phone.twilio.sid': null }
    expect(writesOf(before, wanted).flat()).toEqual(['factors.phone.provider', 'factors.phone.twilio.sid'])
    expect(writesOf(wanted, before).flat()).toEqual(['factors.phone.twilio.sid', 'factors.phone.provider'])
  })

  test('one that ends with nobody able to log in, asked for on purpose, gets there with the last write', () => {
    const before: Given = { ...off, policy: 'always', 'factors.otp.enabled': true, 'risk.enabled': true }
    const wanted: Given = { 'factors.otp.enabled': false, 'risk.enabled': false, policy: 'adaptive' }
    expect(writesOf(before, wanted).flat()).toEqual(['policy', 'risk.enabled', 'factors.otp.enabled'])
    const dependent: Given = { ...off, policy: 'never', 'factors.recovery-code.enabled': true }
    const required: Given = { policy: 'always', 'factors.recovery-code.enabled': false }
    expect(writesOf(dependent, required).flat()).toEqual(['factors.recovery-code.enabled', 'policy'])
  })
})

test('one resource is one write, and the requests of a plan are its writes without their bodies', () => {
  const before: Given = {
    'session.display_remember_me_checkbox': true,
    'session.remember_me_default_value': false,
  }
  const wanted = new Map<string, Value>([
    ['session.remember_me_default_value', true],
    ['session.display_remember_me_checkbox', false],
  ])
  const state = stateOf(before)
  const { changes } = diff(wanted, state)
  const writes = order(changes, wanted, state)
  expect(requestsOf(writes, wanted, state)).toEqual([
    { method: 'PUT', path: '/guardian/settings', scope: 'update:tenant_settings' },
  ])
  expect(writes.map(({ changes }) => changes.length)).toEqual([2])
})

/** A tenant as far as locking out goes: which factors are on, and when MFA is required. */
const tenants = fc.record({
  ...Object.fromEntries(Object.keys(FACTORS).map(name => [`factors.${name}.enabled`, fc.boolean()])),
  policy: fc.constantFrom('never', 'adaptive', 'always'),
})
const STRENGTH = ['never', 'adaptive', 'always']
const isOn = (tenant: Given, name: string): boolean => tenant[`factors.${name}.enabled`] === true
const requires = (tenant: Given): boolean => tenant.policy !== 'never'
const locksOut = (tenant: Given): boolean => requires(tenant) && !STAND_ALONE.some(name => isOn(tenant, name))
const strengthOf = ({ policy }: Given): number => STRENGTH.indexOf(String(policy))

describe('whatever the tenant and the file, between two writes', () => {
  /** A tenant, a file that says any part of another, and every moment on the way, as a tenant that takes the writes. */
  const ways = fc
    .tuple(tenants, tenants, fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }))
    .map(([before, target, named]) => {
      const wanted: Given = Object.fromEntries(Object.entries(target).filter((_, i) => named[i]))
      // Only what this program would read of the tenant is known to it.
      const config = configOf(wanted)
      const { settings } = wishOf(config, { phone: undefined, state: NOTHING_READ })
      const read = partOf(stateOf(before), setting => settings.has(setting))
      const writes = writesOf(before, wanted, read)
      const moments = [before]
      for (const paths of writes) {
        const changed = paths.map(path => [path, wanted[path] ?? null] as const)
        moments.push({ ...(moments.at(-1) ?? before), ...Object.fromEntries(changed) })
      }
      return { before, after: { ...before, ...wanted } as Given, moments, writes }
    })

  const always = (holds: (way: Way) => void): void => fc.assert(fc.property(ways, holds), { numRuns: 1000 })
  type Way = typeof ways extends fc.Arbitrary<infer T> ? T : never

  test('the end is what the file asks for', () => {
    always(({ moments, after }) => {
      expect(moments.at(-1)).toEqual(after)
    })
  })

  test('MFA is never required with no factor that stands alone, unless it was so before', () => {
    always(({ before, moments }) => {
      if (!locksOut(before)) expect(moments.slice(1, -1).some(locksOut)).toBe(false)
    })
  })

  test('MFA is never required less than at the weaker of both ends', () => {
    always(({ before, after, moments }) => {
      const least = Math.min(strengthOf(before), strengthOf(after))
      for (const moment of moments) expect(strengthOf(moment)).toBeGreaterThanOrEqual(least)
    })
  })

  test('there is a factor that stands alone if there is one at both ends', () => {
    const hasOne = (tenant: Given): boolean => STAND_ALONE.some(name => isOn(tenant, name))
    always(({ before, after, moments }) => {
      if (hasOne(before) && hasOne(after)) expect(moments.every(hasOne)).toBe(true)
    })
  })

  test('a requirement that is added, and a factor, precede any that is taken away', () => {
    always(({ before, after, writes }) => {
      // Where the end locks everybody out, the write that does it is the last, whichever it is.
      if (locksOut(after)) return
      const adds = (path: string): boolean =>
        path === 'policy' ? strengthOf(after) > strengthOf(before) : after[path] === true
      const kinds = writes.flat().map(path => (adds(path) ? 'adds' : 'takes'))
      expect(kinds).toEqual([...kinds].sort())
    })
  })
})
