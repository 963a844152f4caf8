import { describe, expect, test } from 'vitest'
import { complete } from '../../src/completion/complete.ts'
import type { Completion } from '../../src/completion/completion.ts'
import { SOURCES, smallProgram } from './support/program.ts'

/** What the end of a line can become; a space at its end begins a new word. */
const completed = (line: string): Promise<Completion> => complete(smallProgram(), line.split(' '), SOURCES)

async function values(line: string): Promise<string[]> {
  const { candidates, files } = await completed(line)
  expect(files).toBe(false)
  return candidates.map(({ value }) => value)
}

const COMMANDS = ['plan', 'apply', 'init', 'diff', 'restore', 'completion']
const PLAN_FLAGS = [
  '--config',
  '--no-color',
  '--env-file',
  '--env',
  '--allow',
  '--latency',
  '--format',
  '--help',
]
const without = (...flags: string[]): string[] => PLAN_FLAGS.filter(flag => !flags.includes(flag))

describe('a line can go on with', () => {
  test.each<[string, string, string[]]>([
    ['every command', '', [...COMMANDS, 'help']],
    ['a command', 'pl', ['plan']],
    ['no command that is not shown', '__', []],
    ['the flags of the program', '-', ['--version', '--help']],
    ['the commands that help is about', 'help ', COMMANDS],
    ['a command that help is about', 'help re', ['restore']],
    ['nothing after an unknown command', 'plam ', []],
    ['the flags of a command', 'plan --', PLAN_FLAGS],
    ['the flags of a command that takes no argument', 'plan ', PLAN_FLAGS],
    ['flags that begin alike', 'plan --env', ['--env-file', '--env']],
    ['no flag that is hidden', 'plan --fa', []],
    ['a short flag that is whole', 'apply -y', ['-y']],
    ['no flag twice', 'plan --format json --no-color --', without('--format', '--no-color')],
    ['no flag twice, in its other form', 'plan -c x.yaml --', without('--config')],
    [
      'no flag twice, with its value in the same word',
      'plan -cx.yaml --env=dev --',
      without('--config', '--env'),
    ],
    [
      'no flag twice, among short ones',
      'apply -yc x --',
      ['--no-color', '--env-file', '--snapshot', '--help'],
    ],
    ['a flag that can be repeated', 'plan --allow F01 --al', ['--allow']],
    ['the choices of a flag', 'plan --format ', ['human', 'json']],
    ['a choice', 'plan --format j', ['json']],
    ['the choices after an equals sign', 'plan --format=', ['--format=human', '--format=json']],
    ['a choice after an equals sign', 'plan --format=j', ['--format=json']],
    ['nothing for a value that nothing is known of', 'plan --latency ', []],
    ['nothing for the value of a flag that is none', 'plan --nothing=', []],
    ['the checks', 'plan --allow ', ['F01', 'F06', 'P10']],
    ['the checks that were not given', 'plan --allow F01 --allow=P10 --allow ', ['F06']],
    ['an environment', 'plan --env d', ['dev']],
    ['a value, even of a flag that was given', 'plan --env dev --env pro', ['prod']],
    ['another of several environments', 'diff --env dev pr', ['prod', 'pre:prod']],
    ['a flag after several environments', 'diff --env dev prod --no', ['--no-color']],
    ['the presets', 'init --preset ', ['recommended', 'passkeys']],
    ['a value that may be left out', 'init --like ', ['tenant', 'file']],
    ['a flag where a value was left out', 'init --like --pre', ['--preset']],
    ['the value of a flag after one that was left out', 'init --like --preset r', ['recommended']],
    ['the choices of an argument', 'completion ', ['bash', 'zsh', 'fish']],
    ['flags when all arguments are given', 'completion bash ', ['--help']],
    ['the snapshots', 'restore .mfa-config/snapshots/a', ['.mfa-config/snapshots/acme.yaml']],
    ['a flag before an argument', 'apply --y', ['--yes']],
    ['a flag after the last argument', 'apply plan.json --y', ['--yes']],
    ['nothing that begins like a flag after two dashes', 'plan -- --', []],
    ['no flags at all after two dashes', 'plan -- ', []],
    ['a value that looks like two dashes', 'plan --latency -- --form', ['--format']],
  ])('%s: %j', async (_, line, expected) => {
    expect(await values(line)).toEqual(expected)
  })

  test.each([
    'plan -c ',
    'plan --config ',
    'plan --config sub/fi',
    'plan --config=',
    'plan --config=sub/fi',
    'plan --env-file ',
    'apply --snapshot ',
    'apply ',
    'apply --yes pl',
    'apply -- -pl',
    'restore elsewhere/',
  ])('a file: %j', async line => {
    expect(await completed(line)).toEqual({ candidates: [], files: true })
  })

  test('what is described', async () => {
    expect((await completed('pl')).candidates).toEqual([{ value: 'plan', description: 'print what differs' }])
    expect((await completed('plan --no-')).candidates).toEqual([
      { value: '--no-color', description: 'print without colours' },
    ])
    expect((await completed('plan --allow=F01')).candidates).toEqual([
      { value: '--allow=F01', description: 'Users are locked out' },
    ])
  })
})

describe('the environments are those of', () => {
  test.each([
    ['the file that is found', 'plan|--env|', undefined],
    ['the file that is named', 'plan|--config|a b.yaml|--env|', 'a b.yaml'],
    ['the file that is named, in short', 'plan|-c|a.yaml|--env=', 'a.yaml'],
    ['the file that is named, in one word', 'plan|--config=a.yaml|--env|', 'a.yaml'],
    ['the file that is named last', 'plan|-ca.yaml|-cb.yaml|--env|', 'b.yaml'],
  ])('%s', async (_, line, expected) => {
    const asked: (string | undefined)[] = []
    const environments = async (config: string | undefined): Promise<readonly string[]> => {
      asked.push(config)
      return []
    }
    await complete(smallProgram(), line.split('|'), { ...SOURCES, environments })
    expect(asked).toEqual([expected])
  })
})

test('a source is asked only where it is needed', async () => {
  const asked = async (): Promise<readonly string[]> => {
    throw new Error('It was asked.')
  }
  const sources = { environments: asked, presets: asked, snapshots: asked, checks: [] }
  for (const line of ['', 'plan ', 'plan --', 'plan --format ', 'plan --allow ', 'help ', 'apply ']) {
    await complete(smallProgram(), line.split(' '), sources)
  }
  await expect(complete(smallProgram(), ['plan', '--env', ''], sources)).rejects.toThrow('It was asked.')
})
