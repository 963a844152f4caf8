import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { makeAhead } from '../../src/fleet/ahead.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e']

test('each is made once, and at most so many ahead of those that are taken', async () => {
  const begun: string[] = []
  const ahead = makeAhead(NAMES, 2, async name => {
    begun.push(name)
    return name.toUpperCase()
  })
  expect(await ahead.take('a')).toBe('A')
  expect(begun).toEqual(['a'])
  await pause(5)
  expect(begun).toEqual(['a', 'c'])
  expect(await ahead.take('b')).toBe('B')
  await pause(5)
  expect(begun).toEqual(['a', 'c', 'b', 'd'])
  for (const name of ['c', 'd', 'e']) expect(await ahead.take(name)).toBe(name.toUpperCase())
  await pause(5)
  expect(begun.sort()).toEqual(NAMES)
})

test('what comes later is begun after whoever takes has gone on', async () => {
  const order: string[] = []
  const ahead = makeAhead(NAMES, 1, async name => void order.push(`made ${name}`))
  await ahead.take('a')
  order.push('a goes on')
  await pause(5)
  expect(order).toEqual(['made a', 'a goes on', 'made b'])
})

test('what fails is told to whoever takes it, and to nobody before', async () => {
  const ahead = makeAhead(NAMES, 1, async name => {
    if (name === 'b') throw new Error('b cannot be made')
    return name
  })
  await ahead.take('a')
  await pause(5)
  await expect(ahead.take('b')).rejects.toThrow('b cannot be made')
  expect(await ahead.take('c')).toBe('c')
})
