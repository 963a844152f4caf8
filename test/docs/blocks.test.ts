import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { describe as describeProgram } from '../../src/command-line.ts'
import { run } from '../support/cli.ts'
import { kindOf } from './support/kind.ts'
import { BLOCKS, blocksOf, PAGES, placeOf, ROOT, textOf } from './support/page.ts'
import { filesOf } from './support/world.ts'

const yaml = BLOCKS.filter(({ language }) => language === 'yaml')
const configurations = yaml.filter(({ text }) => kindOf(parse(text)) === 'configuration')

/** Whether a configuration, or one that it imports, has environments. */
function hasEnvironments(text: string, files: Readonly<Record<string, string>>): boolean {
  const { environments, $import: imported = [] } = parse(text)
  return (
    environments !== undefined ||
    [imported].flat().some(name => hasEnvironments(files[name.replace('./', '')] ?? '{}', files))
  )
}

describe('a configuration that a page shows is valid', () => {
  test('there are some', () => {
    expect(configurations.length).toBeGreaterThan(15)
  })

  test.each(configurations.map(block => [placeOf(block), block] as const))('%s', async (_, block) => {
    const files = { ...filesOf(block.page), 'shown.yaml': block.text }
    const all = hasEnvironments(block.text, files) ? ['--all'] : []
    const { code, out, err } = await run(['validate', '-c', 'shown.yaml', '--unset-ok', ...all], { files })
    expect(code, out + err).toBe(0)
  })
})

test('JSON that a page shows is JSON', () => {
  const json = BLOCKS.filter(({ language }) => language === 'json')
  expect(json.length).toBeGreaterThan(1)
  for (const { text } of json) expect(() => JSON.parse(text)).not.toThrow()
})

test.each(BLOCKS.filter(({ language }) => language === 'ts').map(block => [placeOf(block), block] as const))(
  'a configuration in TypeScript is one: %s',
  async (_, { text }) => {
    const source = JSON.stringify(join(ROOT, 'src/index.ts'))
    const files = { 'mfa-config.config.ts': text.replace("'mfa-config'", source) }
    expect(await run(['validate'], { files })).toMatchObject({ code: 0 })
  },
)

describe('an example is the same on its page and in its file', () => {
  const examples = readdirSync(join(ROOT, 'docs/examples'))

  test.each(examples)('%s', name => {
    const shown = BLOCKS.filter(({ before }) => before.includes(`](examples/${name})`))
    expect(shown.map(({ text }) => text)).toEqual([textOf(`docs/examples/${name}`)])
  })
})

describe('a command line that a page shows has the flags that the program has', () => {
  /** Command lines in blocks and in running text, without what a shell makes of them. */
  const lines = PAGES.flatMap(page => [
    ...blocksOf(page)
      .filter(({ language }) => ['sh', 'console', 'yaml', 'bash'].includes(language))
      .flatMap(
        ({ text }) => text.replaceAll('\\\n', ' ').match(/(?<![\w@/.-])mfa-config(@[\d.]+)? [a-z].*/g) ?? [],
      ),
    ...[
      ...textOf(page)
        .replace(/```[\s\S]*?```/g, '')
        .matchAll(/`(mfa-config [a-z][^`]*)`/g),
    ].map(([, line = '']) => line),
  ])

  test('there are many', () => {
    expect(lines.length).toBeGreaterThan(80)
  })

  test.each([...new Set(lines)])('%s', async line => {
    const [, ...words] = line
      // What a shell or a reader puts in.
      .replace(/"\$[^"]*"/g, '1/5')
      .replace(/\[(flags|plan|snapshot|document)\]/g, '')
      .replace('<shell>', 'bash')
      // What comes after it.
      .replace(/(\)['"]|\s(#|>|\|)).*$/, '')
      .trim()
      .split(/\s+/)
    const program = describeProgram({ out: () => {}, err: () => {} }, async () => {})
    const ended = await program.parseAsync(words, { from: 'user' }).then(
      () => 'understood',
      error => error.code,
    )
    // In running text a flag can be named without what it takes.
    expect(['understood', 'commander.help', 'commander.optionMissingArgument']).toContain(ended)
  })
})
