import fc from 'fast-check'
import { expect, test } from 'vitest'
import { duration, formatDuration, parseDuration } from '../../src/settings/duration.ts'

test.each([
  ['90s', 90],
  ['5m', 300],
  ['12h', 43_200],
  ['7d', 604_800],
  ['5 m', 300],
  [42, 42],
  ['0s', 0],
])('%s is %i seconds', (given, seconds) => {
  expect(parseDuration(given)).toBe(seconds)
})

test.each(['', '5', 'm', '5w', '5M', '-5m', '1.5h', '5m 30s', ' 5m', '5m\n', '٥m', '1e3s'])(
  '%j is no duration',
  given => {
    expect(parseDuration(given)).toBeUndefined()
  },
)

test('seconds are written in the largest unit that divides them, and read as what they were', () => {
  expect([0, 59, 60, 90, 3600, 5400, 86_400, 604_800].map(formatDuration)).toEqual([
    '0s',
    '59s',
    '1m',
    '90s',
    '1h',
    '90m',
    '1d',
    '7d',
  ])
  fc.assert(fc.property(fc.nat(), seconds => parseDuration(formatDuration(seconds)) === seconds))
})

test('a field takes what lies within its bounds, however it is written, both bounds included', () => {
  const { schema } = duration({ description: 'A length', example: '5m', min: 60, max: 7200 })
  const accepted = [60, '1m', '60s', 7200, '2h', '120m', '7200s']
  expect(accepted.map(given => schema.safeParse(given).data)).toEqual([60, 60, 60, 7200, 7200, 7200, 7200])
  for (const given of [59, '59s', 7201, '3h', '1d', 90.5, '1.5m', true, null, '', 'soon'])
    expect(schema.safeParse(given).success).toBe(false)
})
