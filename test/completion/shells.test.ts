import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { completionScript } from '../../src/completion/script.ts'
import type { Shell } from '../../src/completion/shells.ts'
import { cleanEnv } from '../process/support/program.ts'
import { emptyFolder, writeFiles } from '../support/cli.ts'
import { has, installSmallProgram, openPrompt, type Prompt } from './support/shell.ts'

let path: string
let cwd: string
beforeAll(async () => {
  path = await installSmallProgram()
  cwd = emptyFolder()
  await writeFiles(cwd, {
    'settings.yaml': '',
    'other file.yaml': '',
    'functions/_mfa-config': completionScript('zsh'),
  })
})

const canRun = (shell: Shell): boolean => has('script', 'util-linux') && has(shell)

const LINES: readonly [string, string, string[]][] = [
  ['a command is completed', 'pl\t', ['plan']],
  ['a flag is completed', 'plan --lat\t5', ['plan', '--latency', '5']],
  ['a choice is completed after an equals sign', 'plan --format=js\t', ['plan', '--format=json']],
  ['a title may have a colon', 'plan --allow F01 --allow F\t', ['plan', '--allow', 'F01', '--allow', 'F06']],
  ['a colon may follow an equals sign', 'plan --env=pre:\t', ['plan', '--env=pre:prod']],
  ['an environment in quotes is completed', 'plan --env "pro\t', ['plan', '--env', 'prod']],
  ['an environment beyond ASCII is completed', 'plan --env gr\t', ['plan', '--env', 'größe']],
  [
    'the environments are those of the file that is named',
    'plan -c "other file.yaml" --env el\t',
    ['plan', '-c', 'other file.yaml', '--env', 'elsewhere'],
  ],
  ['a file with a space is quoted', 'plan -c oth\t', ['plan', '-c', 'other file.yaml']],
  ['a file is completed after an equals sign', 'plan --config=sett\t', ['plan', '--config=settings.yaml']],
  [
    'a path is completed',
    'restore .mfa-config/snapshots/gl\t',
    ['restore', '.mfa-config/snapshots/globex.yaml'],
  ],
  // Control-B goes back by one.
  ['a word is completed before others', `app -y${'\u0002'.repeat(3)}\t`, ['apply', '-y']],
  ['nothing is completed where nothing is known', 'plan --latency sett\t', ['plan', '--latency', 'sett']],
  ['a name that would have to be quoted is left out', 'plan --env a\t', ['plan', '--env', 'a']],
]

const SETTINGS: readonly [string, Shell, string][] = [
  ['bash', 'bash', 'source <(mfa-config completion bash)'],
  ['zsh', 'zsh', 'fpath=($PWD/functions $fpath); autoload -Uz compinit; compinit -u'],
  ['fish', 'fish', 'mfa-config completion fish | source'],
]

describe.each(SETTINGS)('at a prompt of %s', (_, shell, settings) => {
  describe.runIf(canRun(shell))('', () => {
    let prompt: Prompt
    beforeAll(async () => {
      prompt = await openPrompt(shell, { path, cwd, settings })
    })
    afterAll(() => prompt.close())

    test.each(LINES)('%s', async (_, keys, expected) => {
      expect(await prompt.argumentsTyped(`mfa-config ${keys}`)).toEqual(expected)
    })

    test('a command need not begin a line', async () => {
      expect(await prompt.argumentsTyped('true; A=1 mfa-config pl\t')).toEqual(['plan'])
    })

    test('no name of an environment is run by being listed', async () => {
      await prompt.argumentsTyped('mfa-config plan --env \t\t\tdev')
      expect(existsSync(join(cwd, 'pwned'))).toBe(false)
    })
  })
})

test.runIf(canRun('zsh'))('zsh takes the script though its completion was not switched on', async () => {
  const prompt = await openPrompt('zsh', { path, cwd, settings: 'eval "$(mfa-config completion zsh)"' })
  onTestFinished(() => prompt.close())
  expect(await prompt.argumentsTyped('mfa-config plan --format js\t')).toEqual(['plan', '--format', 'json'])
})

/** Calls the function as bash does, so that words can be split as another bash, or another person's settings, would. */
async function offeredByBash(words: readonly string[], marks: string): Promise<string[]> {
  const line = words.join(' ')
  const { stdout } = await promisify(execFile)(
    'bash',
    [
      '-uc',
      `source <(mfa-config completion bash)
line=$1; shift
COMP_WORDBREAKS=$1; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE=$line COMP_POINT=\${#line}
_mfa_config mfa-config
printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      line,
      marks,
      ...words,
    ],
    { cwd, env: cleanEnv({ PATH: `${path}:${cleanEnv().PATH}`, LC_ALL: 'C.UTF-8' }) },
  )
  return stdout.trimEnd().split('\n')
}

describe.runIf(has('bash'))('bash is given only what it replaces', () => {
  test.each([
    // Bash 3.2 keeps `--env=pre:` as one word, and replaces what follows the last mark all the same.
    ['where it does not split words', ' \n=:', 'prod'],
    ['where a colon is no mark', ' \n=', 'pre:prod'],
    ['where there are no marks', ' \n', '--env=pre:prod'],
  ])('%s', async (_, marks, expected) => {
    expect(await offeredByBash(['mfa-config', 'plan', '--env=pre:'], marks)).toEqual([expected])
  })

  test('for each of several candidates', async () => {
    expect(await offeredByBash(['mfa-config', 'plan', '--format='], ' \n=:')).toEqual(['human', 'json'])
  })
})
