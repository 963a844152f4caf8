import { UserError } from './errors.ts'
import type { Host, Progress } from './host.ts'
import { sender } from './http.ts'

type Process = Pick<
  NodeJS.Process,
  'cwd' | 'env' | 'stdin' | 'stdout' | 'stderr' | 'getBuiltinModule' | 'features'
>

/** The world as it is, from the process that `bin/` hands in. `interrupt` is aborted at Ctrl-C. */
export function realHost(process: Process, interrupt: AbortSignal): Host {
  const { stdin, stdout, stderr, env } = process
  const terminal = { in: stdin.isTTY === true, out: stdout.isTTY === true, err: stderr.isTTY === true }
  const { getBuiltinModule } = process
  return {
    cwd: process.cwd(),
    env,
    terminal,
    interrupt,
    stdin: async () => {
      const parts: Buffer[] = []
      for await (const part of stdin) parts.push(Buffer.from(part))
      return Buffer.concat(parts).toString('utf8')
    },
    out: text => void stdout.write(text),
    err: text => void stderr.write(text),
    confirm: question => ask(question, process, interrupt),
    progress: text => (terminal.err ? spinner(text, stderr) : SILENT),
    send: sender({ http: getBuiltinModule('node:http'), https: getBuiltinModule('node:https'), env }),
    now: Date.now,
    wait: milliseconds =>
      new Promise(resolve => {
        const timer = setTimeout(done, milliseconds)
        interrupt.addEventListener('abort', done, { once: true })
        function done(): void {
          clearTimeout(timer)
          interrupt.removeEventListener('abort', done)
          resolve()
        }
      }),
    runsTypeScript: 'typescript' in process.features && process.features.typescript !== false,
  }
}

async function ask(message: string, { stdin, stderr }: Process, signal: AbortSignal): Promise<boolean> {
  const { default: confirm } = await import('@inquirer/confirm')
  try {
    return await confirm({ message, default: false }, { input: stdin, output: stderr, signal })
  } catch (error) {
    if (error instanceof Error && /^(ExitPrompt|AbortPrompt)Error$/.test(error.name)) {
      throw new UserError('interrupted', 'Interrupted before anything was written.')
    }
    throw error
  }
}

const SILENT: Progress = { tell: () => {}, stop: () => {} }

/** ora is loaded when the first request is under way, so that it delays nothing. */
function spinner(text: string, stream: NodeJS.WriteStream): Progress {
  let shown = text
  let stopped = false
  const spinning = import('ora').then(({ default: ora }) =>
    stopped ? undefined : ora({ text: shown, stream, discardStdin: false }).start(),
  )
  return {
    tell: text => {
      shown = text
      void spinning.then(spinner => {
        if (spinner) spinner.text = shown
      })
    },
    stop: () => {
      stopped = true
      void spinning.then(spinner => spinner?.stop())
    },
  }
}
