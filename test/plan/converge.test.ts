import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import { ALLOW_ALL } from '../support/allow.ts'
import { makeTenant } from '../support/api.ts'
import { json, run } from '../support/cli.ts'
import { anyValues, fileOf, KINDS, kindOf, type Values } from '../support/values.ts'

test.each(KINDS)(
  'after apply, plan finds nothing and a second apply sends no write: any file, any %s tenant',
  async phone => {
    await fc.assert(
      fc.asyncProperty(
        anyValues({ dense: true, phone }),
        fc.oneof(anyValues({ phone }), anyValues({ dense: true, phone })),
        async (before, wanted) => {
          const sandbox = await startSandbox(kindOf(phone))
          try {
            await makeTenant(sandbox.url, before, phone)
            const { text, env } = fileOf(withoutContradiction(wanted))
            const there = {
              env: { ...env, AUTH0_DOMAIN: sandbox.url, AUTH0_ACCESS_TOKEN: 'test' },
              stdin: text,
            }

            const applied = await run(
              ['apply', '-c', '-', '--json', '--yes', '--snapshot', 'none', ...ALLOW_ALL],
              there,
            )
            expect(applied.out).toMatchObject(expect.stringContaining('"verified": true'))
            expect(applied.code).toBe(0)

            const planned = await run(['plan', '-c', '-', '--json', '--detailed-exitcode'], there)
            expect(json(planned)).toMatchObject({ changes: [], requests: [] })
            expect(planned.code).toBe(0)

            const again = await run(['apply', '-c', '-', '--json', '--yes', ...ALLOW_ALL], there)
            expect(again.requests.filter(request => !request.startsWith('GET '))).toEqual([])
            expect(again.code).toBe(0)
          } finally {
            await sandbox.close()
          }
        },
      ),
      { numRuns: 60 },
    )
  },
  120_000,
)

/** Adaptive MFA turns the risk assessment on whatever else is asked for: P10 stops a file that says otherwise. */
function withoutContradiction(values: Values): Values {
  const contradicts = values.get('policy') === 'adaptive' && values.get('risk.enabled') === false
  return contradicts ? new Map([...values].filter(([path]) => path !== 'risk.enabled')) : values
}
