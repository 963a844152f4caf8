import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { vi } from 'vitest'
import type { Shell } from '../../../src/completion/shells.ts'
import { cleanEnv } from '../../process/support/program.ts'
import { emptyFolder } from '../../support/cli.ts'

/** A folder for `PATH` that has the small program as `mfa-config`; but for what shells ask, it prints what it was given. */
export async function installSmallProgram(): Promise<string> {
  const folder = emptyFolder()
  const bundle = await rolldown({
    input: fileURLToPath(new URL('main.ts', import.meta.url)),
    platform: 'node',
  })
  await bundle.write({ file: join(folder, 'main.mjs'), format: 'esm' })
  const program = join(folder, 'mfa-config')
  writeFileSync(
    program,
    `#!/bin/sh
case $1 in completion | __complete) exec '${process.execPath}' '${folder}/main.mjs' "$@" ;; esac
printf got
printf ' <%s>' "$@"
printf '.\\n'
`,
  )
  chmodSync(program, 0o755)
  return folder
}

/** Whether a program is on this machine, and of the kind that is meant. */
export function has(program: string, kind = ''): boolean {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' }).includes(kind)
  } catch {
    return false
  }
}

/** How each shell is started without the machine's own settings. */
const COMMANDS: Readonly<Record<Shell, string>> = {
  bash: 'bash --norc --noprofile -i',
  zsh: 'zsh -f -i',
  fish: 'fish --no-config -i',
}

/** How each is told its prompt, which is not to be seen while it is typed. */
const PROMPTS: Readonly<Record<Shell, string>> = {
  bash: 'PS1="rea""dy> "',
  zsh: 'PS1="rea""dy> "',
  fish: 'function fish_prompt; echo -n rea""dy"> "; end',
}

/** A shell at a terminal. */
export interface Prompt {
  /** Types keys, and Enter; gives the arguments that it got. */
  argumentsTyped(keys: string): Promise<readonly (string | undefined)[]>
  close(): void
}

/** Starts a shell on a terminal that `script` of util-linux makes, with the small program on its `PATH`. */
export async function openPrompt(
  shell: Shell,
  { path, cwd, settings }: { path: string; cwd: string; settings: string },
): Promise<Prompt> {
  const home = emptyFolder()
  const { PATH } = cleanEnv()
  const env = cleanEnv({
    PATH: `${path}:${PATH}`,
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    TERM: 'xterm',
    LC_ALL: 'C.UTF-8',
  })
  const child = spawn('script', ['-qec', COMMANDS[shell], '/dev/null'], { cwd, env })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    out += text
  })
  const printed = (pattern: RegExp): Promise<RegExpExecArray> =>
    vi.waitFor(
      () => {
        const found = pattern.exec(out)
        if (!found) throw new Error(`Not printed: ${pattern}. Only: ${JSON.stringify(out)}`)
        return found
      },
      { timeout: 10_000, interval: 10 },
    )
  child.stdin.write(`${settings}\n${PROMPTS[shell]}\n`)
  await printed(/ready> /)
  return {
    argumentsTyped: async keys => {
      out = ''
      child.stdin.write(`${keys}\r`)
      try {
        // The prompt comes again once the line was run.
        const [, given = ''] = await printed(/got(.*)\.\r\n[\s\S]*ready> /)
        return [...given.matchAll(/<([^>]*)>/g)].map(([, argument]) => argument)
      } catch (error) {
        // The next line begins anew.
        child.stdin.write('\u0003')
        throw error
      }
    },
    close: () => void child.kill('SIGKILL'),
  }
}
