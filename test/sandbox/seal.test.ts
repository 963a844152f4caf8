import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seal, unseal } from '../../src/sandbox/seal.ts'

const key = randomBytes(32)

test('whatever is sealed can be opened again, and only under its name and with its key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, name) => {
      const sealed = seal(secret, name, key)
      expect(unseal(sealed, name, key)).toBe(secret)
      expect(() => unseal(sealed, `${name}!`, key)).toThrow()
      expect(() => unseal(sealed, name, randomBytes(32))).toThrow()
    }),
  )
})

test('the same secret is sealed differently each time', () => {
  expect(seal('secret', 'name', key)).not.toBe(seal('secret', 'name', key))
})

test('a text that is not sealed cannot be opened', () => {
  expect(() => unseal('plain', 'name', key)).toThrow()
})
