import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { yamlDocument } from '../../src/views/yaml-document.ts'

const writtenAndRead = (text: string): unknown =>
  parse(yamlDocument({ at: { some: text } }).toString({ lineWidth: 0 })).at.some

test.each([' ', ' \n', '\n', '  \n\n', ' \n \n', '\t\n', '\n a', ' a\nb', 'a\n', 'a\n \nb', '# a', '${A}'])(
  '%j is read as it was written',
  text => {
    expect(writtenAndRead(text)).toBe(text)
  },
)

test('so is any text of white space and some letters', () => {
  const text = fc.string({ unit: fc.constantFrom(' ', '\n', '\t', 'a', ':', '#', '-'), maxLength: 12 })
  fc.assert(
    fc.property(text, given => {
      expect(writtenAndRead(given)).toBe(given)
    }),
    { numRuns: 2000 },
  )
})
