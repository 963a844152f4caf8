import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answer } from '../../src/completion/answer.ts'
import { renderCompletion } from '../../src/completion/render.ts'
import { HOSTILE, SOURCES, smallProgram } from './support/program.ts'

test('a candidate is a line, with what it is after a tab', async () => {
  expect(await answer(smallProgram(), ['plan', '--allow', 'F'], SOURCES)).toBe(
    'F01\tUsers are locked out\nF06\tRecovery codes: off\n',
  )
  expect(await answer(smallProgram(), ['plan', '--format', ''], SOURCES)).toBe('human\njson\n')
})

test('a file is left to the shell', async () => {
  expect(await answer(smallProgram(), ['plan', '-c', ''], SOURCES)).toBe(':files\n')
})

test('what goes wrong is not told', async () => {
  const environments = async (): Promise<never> => {
    throw new Error('The file cannot be read.')
  }
  expect(await answer(smallProgram(), ['plan', '--env', ''], { ...SOURCES, environments })).toBe('')
})

test.each(HOSTILE)('a name that would have to be quoted is left out: %j', async name => {
  const sources = { ...SOURCES, environments: async () => [name, 'dev'] }
  expect(await answer(smallProgram(), ['plan', '--env', ''], sources)).toBe('dev\n')
  const written = await answer(smallProgram(), ['plan', '--env='], sources)
  expect(written.split('\n').every(line => /^(--env=[\w:]+)?$/.test(line))).toBe(true)
})

test('a description does nothing but be read', () => {
  const candidates = [{ value: 'F01', description: 'one\ttwo\n:files\n\u001b[31mred' }]
  expect(renderCompletion({ candidates, files: false })).toBe(
    'F01\tone\\u0009two\\u000a:files\\u000a\\u001b[31mred\n',
  )
})

test('no line of words, and no name, makes it fail or print what acts on a shell', async () => {
  const word = fc.oneof(
    fc.constantFrom(
      'plan',
      'diff',
      'apply',
      'help',
      '--env',
      '--env=',
      '-c',
      '--',
      '-',
      '',
      '-yc',
      '--allow',
    ),
    fc.string({ unit: 'binary' }),
  )
  const program = smallProgram()
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { maxLength: 6 }),
      fc.array(fc.string({ unit: 'binary' })),
      async (words, names) => {
        const sources = { ...SOURCES, environments: async () => names, presets: async () => names }
        const written = await answer(program, words, sources)
        if (written !== ':files\n')
          expect(written).toMatch(
            /^([^\p{Cc}\s'"`$\\;|&<>(){}*?!~#[\]^:][^\p{Cc}\s'"`$\\;|&<>(){}*?!~#[\]^]*(\t[^\p{Cc}]+)?\n)*$/u,
          )
      },
    ),
  )
})
