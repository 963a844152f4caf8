import { expect, test } from 'vitest'
import type { Value } from '../../src/settings/field.ts'
import { formatValue } from '../../src/views/value.ts'

test.each<[string, string, Value, string]>([
  ['a switch', 'factors.otp.enabled', true, 'on'],
  ['a switch', 'risk.enabled', false, 'off'],
  ["the tenant's own domain, which is no switch", 'factors.webauthn-roaming.relying_party', false, 'false'],
  ['a domain', 'factors.webauthn-roaming.relying_party', 'auth.acme.com', 'auth.acme.com'],
  ['what is not set', 'factors.duo.host', null, 'not set'],
  ['a word', 'policy', 'always', 'always'],
  ['a number', 'factors.phone.otp_length', 6, '6'],
  ['a time', 'factors.phone.otp_expiration_time', 300, '5m'],
  ['a time that no larger unit divides', 'factors.phone.otp_expiration_time', 90, '90s'],
  ['days', 'risk.new_device.remember_for', 30, '30 days'],
  ['one day', 'risk.new_device.remember_for', 1, '1 day'],
  ['a set', 'factors.phone.message_types', ['sms', 'voice'], 'sms, voice'],
  ['an empty set', 'factors.phone.message_types', [], 'none'],
  ['text', 'factors.duo.host', 'api.example', 'api.example'],
  ['empty text', 'factors.duo.host', '', '""'],
  ['text with spaces at an end', 'factors.duo.host', 'a ', '"a "'],
  ['text of two lines', 'factors.duo.host', 'a\nb', '"a\\nb"'],
  ['text that would colour the terminal', 'factors.duo.host', '\u001b[31m', '"\\u001b[31m"'],
  ['text with quotes', 'factors.duo.host', 'a "b"', 'a "b"'],
  ['letters of any script', 'factors.duo.host', 'ünï 日本', 'ünï 日本'],
  ['a switch that this version does not know', 'factors.passkey.enabled', true, 'on'],
])('%s, %s, %j is shown as %s', (_, path, value, expected) => {
  expect(formatValue(path, value)).toBe(expected)
})

test.each(['\u202e', '\u2028', '\u200b', '\u0085', '\u009b'])(
  'no text is shown with the invisible %j as it is',
  hidden => {
    expect(formatValue('factors.duo.host', `a${hidden}b`)).not.toContain(hidden)
  },
)
