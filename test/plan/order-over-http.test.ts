import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import { FACTORS, type FactorName, STAND_ALONE } from '../../src/settings/factor.ts'
import type { Value } from '../../src/settings/field.ts'
import { ALLOW_ALL } from '../support/allow.ts'
import { makeTenant } from '../support/api.ts'
import { run } from '../support/cli.ts'
import { type Seen, startFaults } from '../support/faults.ts'
import { fileOf, KINDS, kindOf, type Values } from '../support/values.ts'

const NAMES = Object.keys(FACTORS) as FactorName[]

const tenants = fc
  .record({
    on: fc.record(Object.fromEntries(NAMES.map(name => [name, fc.boolean()]))),
    policy: fc.constantFrom('never', 'adaptive', 'always'),
  })
  .map(({ on, policy }): Values => {
    const switches = NAMES.map((name): [string, Value] => [`factors.${name}.enabled`, on[name] === true])
    return new Map<string, Value>([...switches, ['policy', policy]])
  })

test.each(KINDS)(
  'as a %s tenant sees the writes come, MFA is never required with no factor that stands alone, unless it was',
  async phone => {
    await fc.assert(
      fc.asyncProperty(tenants, tenants, async (before, after) => {
        const sandbox = await startSandbox(kindOf(phone))
        try {
          await makeTenant(sandbox.url, before, phone)
          const watched = await startFaults(sandbox)
          const { text, env } = fileOf(after)
          const args = ['apply', '-c', '-', '--yes', '--snapshot', 'none', ...ALLOW_ALL]
          const { code } = await run(args, { env: { ...env, ...watched.env }, stdin: text })
          expect(code).toBe(0)
          const moments = momentsOf(before, watched.seen)
          expect(moments.at(-1)).toEqual(after)
          if (!locksOut(before)) expect(moments.slice(0, -1).some(locksOut)).toBe(false)
        } finally {
          await sandbox.close()
        }
      }),
      { numRuns: 10 },
    )
  },
  60_000,
)

/** The tenant before any write, and after each. */
function momentsOf(before: Values, seen: readonly Seen[]): Values[] {
  const moments = [before]
  for (const { method, path, body } of seen) {
    if (method !== 'PUT') continue
    const change = path === '/guardian/policies' ? policyIn(body) : switchIn(path, body)
    moments.push(new Map<string, Value>([...(moments.at(-1) ?? before), change]))
  }
  return moments
}

function policyIn(body: unknown): [string, string] {
  const word = { '[]': 'never', '["all-applications"]': 'always', '["confidence-score"]': 'adaptive' }
  return ['policy', word[JSON.stringify(body) as keyof typeof word]]
}

function switchIn(path: string, body: unknown): [string, boolean] {
  const name = NAMES.find(name => path === `/guardian/factors/${FACTORS[name].api}`)
  return [`factors.${name}.enabled`, JSON.stringify(body) === '{"enabled":true}']
}

function locksOut(tenant: Values): boolean {
  return (
    tenant.get('policy') !== 'never' &&
    !STAND_ALONE.some(name => tenant.get(`factors.${name}.enabled`) === true)
  )
}
