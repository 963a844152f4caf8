import { UserError } from './errors.ts'
import type { Choice, Host, Progress } from './host.ts'
import { type Send, sender } from './http.ts'

type Process = Pick<
  NodeJS.Process,
  'cwd' | 'env' | 'stdin' | 'stdout' | 'stderr' | 'getBuiltinModule' | 'features'
>

/** The world as it is, from the process that `bin/` hands in. `interrupt` is aborted at Ctrl-C. */
export function realHost(process: Process, interrupt: AbortSignal): Host {
  const { stdin, stdout, stderr, env } = process
  const columns = stdout.columns || stderr.columns
  const terminal = {
    in: stdin.isTTY === true,
    out: stdout.isTTY === true,
    err: stderr.isTTY === true,
    ...(columns > 0 && { columns }),
  }
  const { getBuiltinModule } = process
  // Made with the first request: TLS takes a while to load, and many commands send nothing.
  let send: Send | undefined
  return {
    cwd: process.cwd(),
    env,
    terminal,
    interrupt,
    stdin: () => textOf(stdin, interrupt),
    out: text => void stdout.write(text),
    err: text => void stderr.write(text),
    confirm: question => ask(question, process, interrupt),
    choose: (question, choices) => choose(question, choices, process, interrupt),
    // A terminal that does not know its width, as under `docker exec -t`, has ora clear lines without end.
    progress: text => (terminal.err && stderr.columns > 0 ? spinner(text, stderr) : SILENT),
    send: request => {
      send ??= sender({ http: getBuiltinModule('node:http'), https: getBuiltinModule('node:https'), env })
      return send(request)
    },
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

/** All of a stream; Ctrl-C ends it, for at a terminal nothing else may. */
async function textOf(stream: NodeJS.ReadStream, interrupt: AbortSignal): Promise<string> {
  const stop = (): unknown => stream.destroy(new UserError('interrupted', 'Interrupted.'))
  if (interrupt.aborted) stop()
  interrupt.addEventListener('abort', stop, { once: true })
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(Buffer.from(part))
  interrupt.removeEventListener('abort', stop)
  return Buffer.concat(parts).toString('utf8')
}

async function ask(message: string, process: Process, signal: AbortSignal): Promise<boolean> {
  const { default: confirm } = await import('@inquirer/confirm')
  return answered(confirm({ message, default: false }, terminalOf(process, signal)))
}

async function choose(
  message: string,
  choices: readonly Choice[],
  process: Process,
  signal: AbortSignal,
): Promise<string> {
  const { default: select } = await import('@inquirer/select')
  return answered(select({ message, choices: [...choices] }, terminalOf(process, signal)))
}

function terminalOf({ stdin, stderr }: Process, signal: AbortSignal) {
  return { input: stdin, output: stderr, signal }
}

async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
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
