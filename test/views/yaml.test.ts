import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { gatherSettings } from '../../src/plan/tenant-settings.ts'
import { CATALOGUES } from '../../src/settings/catalogue.ts'
import type { Value } from '../../src/settings/field.ts'
import { NOTHING_READ } from '../../src/settings/state.ts'
import { renderYaml } from '../../src/views/yaml.ts'
import { settingsOf, stateOf } from '../support/state.ts'

const TENANT = 'acme.eu.auth0.com'

function yamlOf(values: Readonly<Record<string, Value>>, unreadable: readonly string[] = []): string {
  const { catalogue, readings } = stateOf(values)
  const state = {
    catalogue,
    readings: new Map(
      [...readings].map(([setting, reading]) => [
        setting,
        setting.read?.path === '/guardian/factors' ? { ...reading, answer: [] } : reading,
      ]),
    ),
  }
  const refused = [...settingsOf(unreadable)].map(setting => ({
    setting,
    code: 'scope_missing' as const,
    message: 'GET it: the token\nlacks the scope.',
  }))
  return renderYaml(TENANT, gatherSettings({ state, unreadable: refused }, state.readings.keys()))
}

describe('a file made of a tenant', () => {
  test('pins it, and says what it has in the words of the file', () => {
    const file = yamlOf({
      'factors.otp.enabled': true,
      'factors.phone.message_types': ['sms', 'voice'],
      'factors.email.otp_length': 8,
      'factors.email.otp_expiration_time': 600,
      'factors.webauthn-roaming.relying_party': false,
      policy: 'always',
    })
    expect(parse(file)).toEqual({
      tenant: TENANT,
      factors: {
        otp: true,
        phone: { enabled: false, message_types: ['sms', 'voice'] },
        'push-notification': false,
        'webauthn-roaming': { enabled: false, relying_party: false },
        duo: false,
        email: { enabled: false, otp_length: 8, otp_expiration_time: '10m' },
        'webauthn-platform': false,
        'recovery-code': false,
      },
      policy: 'always',
    })
    expect(file).toContain('\n  otp: true\n')
  })

  test('leaves out what is not set and empty sets', () => {
    expect(parse(yamlOf({ 'factors.duo.host': null, 'factors.phone.message_types': [] }))).toEqual({
      tenant: TENANT,
    })
  })

  test('has secrets as references in remarks, where they would stand', () => {
    const file = yamlOf({ 'factors.duo.host': 'a.example', 'factors.duo.skey': 'hush' })
    expect(file).toBe(`tenant: ${TENANT}
factors:
  duo:
    host: a.example
    # skey: \${DUO_SKEY}
`)
  })

  test('has one remark a line for what cannot be read, at the place where it would stand', () => {
    const file = yamlOf({ 'factors.duo.host': 'a.example' }, ['risk.enabled', 'factors.phone.provider'])
    expect(file).toContain('\n  # phone.provider: not readable: GET it: the token lacks the scope.\n')
    expect(file).toContain('\n# risk.enabled: not readable: GET it: the token lacks the scope.\n')
    expect(parse(file)).toEqual({ tenant: TENANT, factors: { duo: { host: 'a.example' } } })
  })

  test('names what no tenant tells, for a whole one only', () => {
    const settings = gatherSettings({ state: NOTHING_READ, unreadable: [] }, CATALOGUES.legacy.settings)
    expect(renderYaml(TENANT, settings)).toMatch(
      /# factors\.push-notification\.fcm\.server_key: .* \(cannot be read\)/,
    )
    expect(yamlOf({ policy: 'never' })).toBe(`tenant: ${TENANT}\npolicy: never\n`)
  })

  test('begins with its head, each line a remark', () => {
    const settings = gatherSettings({ state: stateOf({ policy: 'never' }), unreadable: [] }, [])
    expect(renderYaml(TENANT, settings, ['One line.', 'Another.'])).toBe(
      `# One line.\n# Another.\n\ntenant: ${TENANT}\npolicy: never\n`,
    )
  })

  test('writes long texts on one line, so that a change of one is a change of one line', () => {
    const long = 'word '.repeat(100).trim()
    expect(yamlOf({ 'factors.duo.host': long })).toContain(`\n    host: ${long}\n`)
  })
})
