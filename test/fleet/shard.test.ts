import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shardOf } from '../../src/fleet/shard.ts'
import { json, run } from '../support/cli.ts'

const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 60 })
const count = fc.integer({ min: 1, max: 12 })

/** All parts of a fleet, the first first. */
function partsOf(all: readonly string[], parts: number): string[][] {
  return Array.from({ length: parts }, (_, i) => shardOf(all, { index: i + 1, count: parts }))
}

describe('the parts of a fleet', () => {
  test('are together the fleet, and have nothing in common', () => {
    fc.assert(
      fc.property(names, count, (all, parts) => {
        expect(partsOf(all, parts).flat().sort()).toEqual([...all].sort())
      }),
    )
  })

  test('are of one size, give or take one', () => {
    fc.assert(
      fc.property(names, count, (all, parts) => {
        const sizes = partsOf(all, parts).map(({ length }) => length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('have the order of the fleet, and do not depend on it', () => {
    fc.assert(
      fc.property(names, count, fc.func(fc.integer()), (all, parts, rank) => {
        const shuffled = [...all].sort((a, b) => rank(a) - rank(b))
        const [one, other] = [partsOf(all, parts), partsOf(shuffled, parts)]
        for (const [index, part] of one.entries()) {
          expect(part).toEqual(all.filter(name => part.includes(name)))
          expect([...(other[index] ?? [])].sort()).toEqual([...part].sort())
        }
      }),
    )
  })

  test('lose and gain at most one over each of their bounds when a tenant is added', () => {
    fc.assert(
      fc.property(names, count, fc.string({ minLength: 13, maxLength: 14 }), (all, parts, added) => {
        const place = (fleet: readonly string[]): Map<string, number> =>
          new Map(partsOf(fleet, parts).flatMap((part, index) => part.map(name => [name, index])))
        const [before, after] = [place(all), place([...all, added])]
        const moves = all.map(name => [before.get(name) ?? 0, after.get(name) ?? 0] as const)
        for (let bound = 0; bound < parts - 1; bound++) {
          const over = moves.filter(([from, to]) => from <= bound !== to <= bound)
          expect(over.length).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  test('are stable: these names are where they were', () => {
    const all = ['dev', 'staging', 'prod-eu', 'prod-us', 'prod-au', 'prod-jp', 'demo']
    expect(partsOf(all, 3)).toEqual([
      ['prod-eu', 'demo'],
      ['prod-us', 'prod-au'],
      ['dev', 'staging', 'prod-jp'],
    ])
  })

  test('are the whole where there is one, and some are empty where there are more than tenants', () => {
    expect(shardOf(['b', 'a'], { index: 1, count: 1 })).toEqual(['b', 'a'])
    expect(partsOf(['b', 'a'], 5).filter(({ length }) => length > 0)).toHaveLength(2)
    expect(partsOf([], 3)).toEqual([[], [], []])
  })
})

describe('--shard', () => {
  const all = ['one', 'two', 'three', 'four', 'five', 'six', 'seven']
  const environments = Object.fromEntries(all.map(name => [name, {}]))
  const files = { 'mfa-config.yaml': JSON.stringify({ policy: 'never', environments }) }

  async function validated(...flags: string[]): Promise<string[]> {
    const outcome = await run(['validate', '--all', '--json', ...flags], { files })
    expect(outcome.code).toBe(0)
    const { results } = json(outcome)
    return Array.isArray(results) ? results.map(({ environment }) => environment) : []
  }

  test('takes a part of the environments, and all parts take all', async () => {
    const parts = await Promise.all(['1/3', '2/3', '3/3'].map(part => validated('--shard', part)))
    expect(parts).toEqual(partsOf(all, 3))
    expect(await validated()).toEqual(all)
    expect(await validated('--shard', '1/1')).toEqual(all)
  })

  test('of more parts than there are tenants leaves some with nothing to do, which is no error', async () => {
    const empty = Array.from({ length: 9 }, (_, i) => i + 1).find(
      index => shardOf(all, { index, count: 9 }).length === 0,
    )
    expect(await validated('--shard', `${empty}/9`)).toEqual([])
    for (const command of ['validate', 'plan', 'show', 'apply --yes']) {
      const args = [...command.split(' '), '--all', '--shard', `${empty}/9`, '--domain', 'sandbox']
      expect(await run(args, { files })).toMatchObject({ code: 0, out: 'No environments here.\n', err: '' })
    }
  })
})
