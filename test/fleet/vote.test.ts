import { expect, test } from 'vitest'
import { createVote } from '../../src/fleet/vote.ts'

/** A vote of three whose decisions are written down. */
function threeWith(answer: boolean | Error) {
  const asked: string[][] = []
  const vote = createVote<string>(['a', 'b', 'c'], async proposals => {
    asked.push([...proposals])
    if (answer instanceof Error) throw answer
    return answer
  })
  return { vote, asked }
}

test.each([true, false])(
  'one decision is made on all proposals, in the order of the names: %s',
  async answer => {
    const { vote, asked } = threeWith(answer)
    const decisions = [vote.propose('c', 'C'), vote.propose('a', 'A')]
    await new Promise(resolve => setImmediate(resolve))
    expect(asked).toEqual([])
    decisions.push(vote.propose('b', 'B'))
    expect(await Promise.all(decisions)).toEqual([answer, answer, answer])
    expect(asked).toEqual([['A', 'B', 'C']])
  },
)

test('who abstains is not waited for', async () => {
  const { vote, asked } = threeWith(true)
  vote.abstain('b')
  const decision = vote.propose('c', 'C')
  vote.abstain('a')
  expect(await decision).toBe(true)
  // Abstaining after one has proposed takes nothing back.
  vote.abstain('c')
  expect(asked).toEqual([['C']])
})

test('nothing is asked where nobody proposes anything', () => {
  const { vote, asked } = threeWith(true)
  for (const name of ['a', 'b', 'c', 'c']) vote.abstain(name)
  expect(asked).toEqual([])
})

test('what is proposed after the decision is decided on alone', async () => {
  const { vote, asked } = threeWith(true)
  vote.abstain('b')
  vote.abstain('c')
  await vote.propose('a', 'A')
  expect(await vote.propose('a', 'A again')).toBe(true)
  expect(asked).toEqual([['A'], ['A again']])
})

test('a decision that fails fails for all', async () => {
  const { vote } = threeWith(new Error('Ctrl-C'))
  vote.abstain('c')
  const decisions = [vote.propose('a', 'A'), vote.propose('b', 'B')]
  const outcomes = await Promise.allSettled(decisions)
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})
