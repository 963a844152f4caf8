import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitInto as fitView } from '../../src/views/fit.ts'
import { choosePaint } from '../../src/views/paint.ts'

const paint = await choosePaint({ env: { FORCE_COLOR: '1' }, isTerminal: true, refused: false })

/** The visible text alone. */
function bare(text: string): string {
  return text.replaceAll(/\p{Cc}\[[\d;]*m/gu, '')
}

test('what fits stays as it is', async () => {
  const view = `${paint.bold('acme')}\n\n  ${paint.yellow('~')} policy  ${'never → always'.padEnd(24, '.')}\n`
  expect(await fitView(view, 36)).toBe(view)
  expect(await fitView(view, 35)).not.toBe(view)
})

test.each([0, -1])('a terminal that does not know its width, such as %i, changes nothing', async width => {
  const view = `${'word '.repeat(40)}end\n`
  expect(await fitView(view, width)).toBe(view)
})

describe('a line that is too long', () => {
  test.each([
    [
      'of a finding goes on below its sentence',
      '  ! F06  Recovery codes are off: a user who loses their device needs an admin.',
      44,
      `  ! F06  Recovery codes are off: a user who
         loses their device needs an admin.`,
    ],
    [
      'of a finding with its place goes on below its sentence',
      '  ! F06  mfa.yaml:3:5  Recovery codes are off: a user needs an admin.',
      50,
      `  ! F06  mfa.yaml:3:5  Recovery codes are off: a
                       user needs an admin.`,
    ],
    [
      'of a change goes on below its values',
      '  ~ factors.phone.message  Your code is 12 → This is your code: 12',
      52,
      `  ~ factors.phone.message  Your code is 12 → This is
                           your code: 12`,
    ],
    [
      'of a change whose values have no room beside its path has them below',
      '  ~ factors.webauthn-roaming.relying_party  auth.acme.com → login.acme.com',
      60,
      `  ~ factors.webauthn-roaming.relying_party
      auth.acme.com → login.acme.com`,
    ],
    [
      'with a sign keeps its path beside it',
      '  = factors.push-notification.apns.p12  cannot be read back: unverified',
      39,
      `  = factors.push-notification.apns.p12
    cannot be read back: unverified`,
    ],
    [
      'that is indented goes on below itself',
      '      API says that it is not entitled to this',
      34,
      `      API says that it is not
      entitled to this`,
    ],
    [
      'that is indented too far for the terminal is indented less',
      '                    Ask for it in the dashboard',
      32,
      `      Ask for it in the
      dashboard`,
    ],
    [
      'of one column goes on at the left',
      'No changes: the tenant is as the file has it, 1 warning.',
      40,
      `No changes: the tenant is as the file
has it, 1 warning.`,
    ],
    [
      'with a word that has no room in its column has it further to the left',
      '  ✗ credentials  see https://acme.example/a/long/page for it',
      44,
      `  ✗ credentials
      see https://acme.example/a/long/page
      for it`,
    ],
    [
      'with a word that has room at the left alone is not indented',
      '  ✗ credentials  see https://acme.example/a/much/longer/page for it',
      40,
      `✗ credentials
see
https://acme.example/a/much/longer/page
for it`,
    ],
    [
      'with a word that is longer than any line has it broken',
      `  ~ policy  ${'x'.repeat(60)} → on`,
      50,
      `  ~ policy  ${'x'.repeat(38)}
            ${'x'.repeat(22)} → on`,
    ],
    [
      'is as wide as it is seen, not as it is written',
      '  ! F06  認証を設定してください 認証を設定してください',
      36,
      `  ! F06  認証を設定してください
         認証を設定してください`,
    ],
  ])('%s', async (_, line, width, wanted) => {
    expect(await fitView(`before\n${line}\nafter\n`, width)).toBe(`before\n${wanted}\nafter\n`)
  })

  test('has its colours on every row, and none on what lies between', async () => {
    const line = `  ${paint.yellow('! F06  Recovery codes are off: a user needs an admin.')}`
    expect(await fitView(line, 40)).toBe(
      `  ${paint.yellow('! F06  Recovery codes are off: a user')}\n         ${paint.yellow('needs an admin.')}`,
    )
  })
})

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abc.:→✓"', '認'), minLength: 1, maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('x', '-'), minLength: 1, maxLength: 90 }),
)
const line = fc
  .tuple(
    fc.constantFrom('', '  ', '      ', ' '.repeat(30), '  ~ ', `  ${paint.yellow('!')} `),
    fc.array(fc.tuple(word, fc.constantFrom('', '', '', 'red', 'dim')), { minLength: 1, maxLength: 20 }),
    fc.array(fc.constantFrom(' ', ' ', ' ', '  ', '      '), { minLength: 20, maxLength: 20 }),
    fc.boolean(),
  )
  .map(([beginning, words, gaps, isPainted]) => {
    const painted = words.map(([text, colour]) =>
      colour === '' ? text : paint[colour === 'red' ? 'red' : 'dim'](text),
    )
    const text = painted.map((each, i) => (i === 0 ? each : `${gaps[i]}${each}`)).join('')
    return `${beginning}${isPainted ? paint.green(text) : text}`
  })
const view = fc.array(line, { minLength: 1, maxLength: 4 }).map(lines => `${lines.join('\n')}\n`)
const width = fc.integer({ min: 2, max: 130 })

test('whatever there is and however wide: no row is longer, ends in spaces, or lacks a character', async () => {
  await fc.assert(
    fc.asyncProperty(view, width, async (given, columns) => {
      const shown = bare(await fitView(given, columns))
      for (const row of shown.split('\n')) {
        expect(row.replaceAll('認', '二二').length).toBeLessThanOrEqual(columns)
        expect(row).not.toMatch(/ $/)
      }
      expect(shown.replaceAll(/\s/g, '')).toBe(bare(given).replaceAll(/\s/g, ''))
    }),
  )
})

test('no word is broken where the terminal is wide enough for it', async () => {
  await fc.assert(
    fc.asyncProperty(view, fc.integer({ min: 90, max: 130 }), async (given, columns) => {
      const shown = bare(await fitView(given, columns))
      expect(shown.trim().split(/\s+/)).toEqual(bare(given).trim().split(/\s+/))
    }),
  )
})
