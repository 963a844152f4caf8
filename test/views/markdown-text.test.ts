import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { code, htmlCode, prose, row } from '../../src/views/markdown-text.ts'
import { printable } from '../../src/views/printable.ts'
import { anyHostileText } from './support/hostile.ts'
import { cellsOf, cellsOfOthers, readable, withoutCode } from './support/markdown.ts'

test.each([
  ['text', '`text`'],
  ['a `b`', '`` a `b` ``'],
  ['``', '``` `` ```'],
  [' both ', '`  both  `'],
  ['a|b', '`a|b`'],
  ['a\\|b', '`a\\`<!-- -->`|b`'],
  ['a\nb\u202e', '`a\\u000ab\\u202e`'],
  ['', ''],
])('%j is in code as it is', (text, wanted) => {
  expect(code(text)).toBe(wanted)
})

test.each([
  ["Recovery codes are off: a user needs an admin's help (or two).", undefined],
  ['Set factors.otp.enabled, or "policy".', 'Set `factors.otp.enabled`, or "policy".'],
  ['Ask @alice, (see #12)!', 'Ask `@alice`, (see `#12`)!'],
  ['<b>*bold*</b> [x](https://y)', '`<b>*bold*</b>` `[x](https://y`)'],
  ['GH-12, a@b.co and 0123abc', '`GH-12`, `a@b.co` and `0123abc`'],
  [':smile: $x$ &amp; ~~no~~', '`:smile`: `$x$` `&amp`; `~~no~~`'],
])('%j in a sentence has in code what could mean anything else', (text, wanted = text) => {
  expect(prose(text)).toBe(wanted)
})

test('what is very long is cut, in whole characters, and how much there was is said', () => {
  expect(code('👍'.repeat(12), 10)).toBe(`\`${'👍'.repeat(10)}\` … (2 more characters)`)
  expect(prose('One word.', 8)).toBe('One word … (1 more character)')
  expect(htmlCode('<<<', 2)).toBe('<code>&lt;&lt;</code> … (1 more character)')
  expect(code('x'.repeat(1000))).not.toContain('more')
})

describe('whatever the text', () => {
  test('a row has as many cells as it was given, whoever reads it, and they say what they were given', () => {
    fc.assert(
      fc.property(fc.array(anyHostileText, { minLength: 1, maxLength: 4 }), texts => {
        const line = row(texts.map(text => code(text)))
        expect(line).not.toContain('\n')
        expect(cellsOfOthers(line)).toBe(texts.length)
        expect(cellsOf(line).map(readable)).toEqual(texts.map(printable))
      }),
    )
  })

  test('a sentence has its words, and none that does anything', () => {
    fc.assert(
      fc.property(anyHostileText, text => {
        const shown = prose(text)
        expect(readable(shown)).toBe(printable(text).replaceAll(/ +/g, ' ').replaceAll(/^ | $/g, ''))
        expect(withoutCode(shown)).not.toMatch(
          /[^\p{L}\p{M}\d ("'“‘)”’.,;:!?…-]|[\p{L}\d][:.][\p{L}\d]|\d{7}/u,
        )
      }),
    )
  })

  test('HTML has it without a tag', () => {
    fc.assert(
      fc.property(anyHostileText, text => {
        const inside = htmlCode(text).replace(/^<code>(.*)<\/code>$/, '$1')
        expect(inside).not.toMatch(/[<>\n]/)
        const read = inside.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
        expect(read).toBe(printable(text))
      }),
    )
  })
})
