import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSlots } from '../../src/fleet/slots.ts'

/** A promise that a test keeps. */
function later<T = void>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>(settle => {
    resolve = settle
  })
  return { promise, resolve }
}

/** Everything that is ready to go on has gone on. */
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

describe('places among those who work at once', () => {
  test('are so many, and are given in the order in which they were asked for', async () => {
    const slots = createSlots(2)
    const begun: string[] = []
    const works = ['a', 'b', 'c', 'd'].map(name => ({ name, end: later() }))
    const all = works.map(({ name, end }) =>
      slots.hold(async () => {
        begun.push(name)
        await end.promise
        return name
      }),
    )
    await settled()
    expect(begun).toEqual(['a', 'b'])
    works[1]?.end.resolve()
    await settled()
    expect(begun).toEqual(['a', 'b', 'c'])
    for (const { end } of works) end.resolve()
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('are free again after a failure', async () => {
    const slots = createSlots(1)
    await expect(slots.hold(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await slots.hold(async () => 'next')).toBe('next')
  })

  test('are given away while their worker waits, and taken again before it goes on', async () => {
    const slots = createSlots(1)
    const [asleep, busy] = [later<string>(), later()]
    const said: string[] = []
    const one = slots.hold(async slot => {
      said.push(await slot.release(() => asleep.promise))
      return 'one'
    })
    const two = slots.hold(async () => {
      said.push('two begins')
      await busy.promise
    })
    await settled()
    asleep.resolve('one goes on')
    await settled()
    expect(said).toEqual(['two begins'])
    busy.resolve()
    expect(await one).toBe('one')
    await two
    expect(said).toEqual(['two begins', 'one goes on'])
  })

  test('what is waited for can fail', async () => {
    const slots = createSlots(1)
    const failed = slots.hold(slot => slot.release(() => Promise.reject(new Error('no'))))
    await expect(failed).rejects.toThrow('no')
    expect(await slots.hold(async () => 'next')).toBe('next')
  })

  test('are no more and no fewer where one worker waits for several things', async () => {
    const slots = createSlots(1)
    await slots.hold(slot =>
      Promise.all(
        [1, 2, 3].map(turns =>
          slot.release(async () => {
            for (let i = 0; i < turns; i++) await settled()
          }),
        ),
      ),
    )
    let working = 0
    let most = 0
    await Promise.all(
      [1, 2, 3].map(() =>
        slots.hold(async () => {
          most = Math.max(most, ++working)
          await settled()
          working--
        }),
      ),
    )
    expect(most).toBe(1)
  })

  test('are not lost where a worker fails while something of it still waits', async () => {
    const slots = createSlots(1)
    const asleep = later()
    const pending: Promise<void>[] = []
    const failing = slots.hold(async slot => {
      pending.push(slot.release(() => asleep.promise))
      await settled()
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    asleep.resolve()
    await Promise.all(pending)
    expect(await slots.hold(async () => 'next')).toBe('next')
  })

  test('are never more, and all who wait get one, whatever happens', async () => {
    const work = fc.array(fc.constantFrom('work', 'wait', 'both', 'fail'), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(work, { maxLength: 6 }),
        async (count, works) => {
          const slots = createSlots(count)
          let working = 0
          let most = 0
          const outcomes = await Promise.allSettled(
            works.map(steps =>
              slots.hold(async slot => {
                for (const step of steps) {
                  if (step === 'fail') throw new Error('no')
                  if (step === 'wait') await slot.release(settled)
                  else if (step === 'both') await Promise.all([slot.release(settled), slot.release(settled)])
                  else {
                    most = Math.max(most, ++working)
                    await settled()
                    working--
                  }
                }
              }),
            ),
          )
          expect(outcomes).toHaveLength(works.length)
          expect(most).toBeLessThanOrEqual(count)
          // And they are all free again.
          await Promise.all(Array.from({ length: count }, () => slots.hold(settled)))
        },
      ),
      { numRuns: 60 },
    )
  })
})
