import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { migrate } from '../../src/migrate/migrate.ts'
import { readDeployCli } from '../../src/migrate/read-deploy-cli.ts'
import { renderMigrated } from '../../src/migrate/render.ts'
import { makeTenant } from '../support/api.ts'
import { emptyFolder, json, run, writeFiles } from '../support/cli.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'
import { everyValue, KINDS, kindOf, type Values } from '../support/values.ts'
import { exportOf, filesOf, isExported, SUGGESTED } from './support/exported.ts'

/** The file that comes of an export, which is a file or a folder. */
async function migrated(files: Record<string, string>, name: string): Promise<string> {
  const folder = emptyFolder()
  await writeFiles(folder, files)
  return renderMigrated(migrate(await readDeployCli(join(folder, name), name)))
}

/** The secrets, under the names that the file suggests. */
function secretsOf(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(SUGGESTED).map(([name, path]) => [name, String(values.get(path))]))
}

async function changesOf(tenant: TestTenant, file: string, env: Record<string, string>): Promise<unknown> {
  const planned = await run(['plan', '-c', '-', '--json'], { env: { ...env, ...tenant.env }, stdin: file })
  expect([planned.code, planned.err]).toEqual([0, ''])
  return json(planned).changes
}

describe('the plan of a file on the tenant that its source was deployed to', () => {
  describe.each(KINDS)('with the %s phone', phone => {
    const values = everyValue(0, phone)
    const sections = exportOf(values, phone)

    test.each([
      ['the YAML form', { 'tenant.yaml': stringify(sections) }, 'tenant.yaml'],
      ['the directory form', filesOf(sections), '.'],
    ])('is empty for every setting in %s', async (_, files, name) => {
      const tenant = await startTenant(kindOf(phone))
      await makeTenant(tenant.url, values, phone)
      const file = await migrated(files, name)
      expect(await changesOf(tenant, file, secretsOf(values))).toEqual([])
    })

    test('has a change for each setting on a tenant that is otherwise', async () => {
      const tenant = await startTenant(kindOf(phone))
      await makeTenant(tenant.url, everyValue(1, phone), phone)
      const file = await migrated({ 'tenant.yaml': stringify(sections) }, 'tenant.yaml')
      const compared = [...values.keys()].filter(
        path => isExported(path, phone) && !/secret|p12|server_/.test(path),
      )
      const changes = await changesOf(tenant, file, secretsOf(values))
      const changed = Array.isArray(changes) ? changes.map(({ path }) => path) : []
      // Not every second sample differs, as a switch that is on either way; but nothing is left out by the migration.
      expect(
        changed.filter(path => !compared.includes(path) && !/delivery|secret|p12|server_/.test(path)),
      ).toEqual([])
      expect(changed.length).toBeGreaterThan(compared.length / 2)
    })
  })

  test('is empty for what the Deploy CLI sends, keywords filled in', async () => {
    const tenant = await startTenant()
    await tenant.put('/guardian/factors/sms', { enabled: true })
    await tenant.put('/guardian/factors/phone/providers/twilio', {
      sid: 'AC1',
      auth_token: 'hush',
      from: '+1555',
    })
    await tenant.put('/guardian/factors/phone/selected-provider', { provider: 'twilio' })
    await tenant.put('/guardian/factors/phone/message-types', { message_types: ['sms', 'voice'] })
    await tenant.put('/guardian/factors/phone/templates', {
      enrollment_message: '{{code}} for Acme ${x}',
      verification_message: '{{code}}',
    })
    await tenant.put('/guardian/policies', ['all-applications'])
    const file = await migrated(
      {
        'tenant.yaml': `guardianFactors:
  - { name: sms, enabled: true }
guardianFactorProviders:
  - name: sms
    provider: twilio
    sid: ##TWILIO_SID##
    auth_token: '##TWILIO_TOKEN##'
    from: "+1555"
guardianFactorTemplates:
  - name: sms
    enrollment_message: '{{code}} for ##COMPANY## \${x}'
    verification_message: '{{code}}'
guardianPhoneFactorMessageTypes:
  message_types: [voice, sms]
guardianPhoneFactorSelectedProvider:
  provider: @@PROVIDER@@
guardianPolicies:
  policies: [all-applications]
`,
      },
      'tenant.yaml',
    )
    const keywords = { TWILIO_SID: 'AC1', TWILIO_TOKEN: 'hush', COMPANY: 'Acme', PROVIDER: 'twilio' }
    expect(await changesOf(tenant, file, keywords)).toEqual([])
    expect(await changesOf(tenant, file, { ...keywords, COMPANY: 'Other' })).toHaveLength(1)
  })
})
