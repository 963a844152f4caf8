import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import { CATALOGUES } from '../../src/settings/catalogue.ts'
import { ALLOW_ALL } from '../support/allow.ts'
import { makeTenant } from '../support/api.ts'
import { json, run } from '../support/cli.ts'
import { anyValues, fileOf, kindOf, type Values } from '../support/values.ts'

const PHONE = new Set(
  CATALOGUES.unified.entries.map(({ path }) => path).filter(path => path.startsWith('factors.phone.')),
)

/** The phone's part of it, with texts as people write them as well. */
function anyPhone(dense: boolean): fc.Arbitrary<Values> {
  const written = fc.constantFrom(
    '{{code}} for {{tenant.friendly_name}}',
    '{{ code }} for {{friendly_name}}',
    '{% if tenant.friendly_name %}{{code}}{% endif %}',
    '{{code}}',
  )
  return fc
    .tuple(anyValues({ dense, phone: 'unified' }), fc.option(written), fc.option(written))
    .map(
      ([values, text, voice]) =>
        new Map([
          ...[...values].filter(([path, value]) => PHONE.has(path) && value !== ''),
          ...(text === null ? [] : [['factors.phone.templates.verification_message', text] as const]),
          ...(voice === null ? [] : [['factors.phone.templates.enrollment_message.voice', voice] as const]),
        ]),
    )
}

test('after apply, plan finds nothing and a second apply sends no write: any phone, any unified tenant', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyPhone(true),
      fc.oneof(anyPhone(false), anyPhone(true)),
      fc.nat(),
      async (before, wanted, seed) => {
        const sandbox = await startSandbox({ ...kindOf('unified'), seed })
        try {
          await makeTenant(sandbox.url, before, 'unified')
          const { text, env } = fileOf(wanted)
          const there = {
            env: { ...env, AUTH0_DOMAIN: sandbox.url, AUTH0_ACCESS_TOKEN: 'test' },
            stdin: text,
          }
          const args = ['-c', '-', '--json', '--yes', '--snapshot', 'none', ...ALLOW_ALL]
          const applied = await run(['apply', ...args], there)
          expect(applied.out).toContain('"verified": true')
          expect(applied.code).toBe(0)

          const planned = await run(['plan', '-c', '-', '--json', '--detailed-exitcode'], there)
          expect(json(planned)).toMatchObject({ changes: [], requests: [] })

          const again = await run(['apply', ...args], there)
          expect(again.code).toBe(0)
          expect(again.requests.filter(request => !request.startsWith('GET '))).toEqual([])

          const shown = await run(['show', '--format', 'yaml'], there)
          const same = await run(['plan', '-c', '-', '--json'], { ...there, stdin: shown.out })
          expect(json(same)).toMatchObject({ changes: [] })
        } finally {
          await sandbox.close()
        }
      },
    ),
    { numRuns: 40 },
  )
}, 120_000)
