import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { onTestFinished, vi } from 'vitest'
import { builtProgram } from '../../support/build.ts'
import { emptyFolder, writeFiles } from '../../support/cli.ts'

/** How the program is started. */
export interface Start {
  readonly cwd?: string
  readonly env?: Record<string, string>
  /** `null`: it stays open, and nothing comes. */
  readonly stdin?: string | null
  /** Files to put into the working directory first, by name. */
  readonly files?: Record<string, string | Uint8Array>
}

/** How it ended. */
export interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

/** The program while it runs. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams
  readonly ended: Promise<End>
  /** Waits until standard output or standard error has something like this; gives what was found. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
}

/** A child process's environment: nothing of this one but where programs are. */
export function cleanEnv(env: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME, ...env }
}

/** An environment in which Node runs a line of code before the program. */
export function preloaded(code: string): Record<string, string> {
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}` }
}

/** Starts the program as a process of its own; it is killed when the test ends. */
export async function start(args: readonly string[], given: Start = {}): Promise<Running> {
  const program = await builtProgram()
  const cwd = given.cwd ?? emptyFolder()
  await writeFiles(cwd, given.files ?? {})
  const child = spawn(process.execPath, [program, ...args], { cwd, env: cleanEnv(given.env) })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    err += text
  })
  // A program that does not read it may be gone by then.
  child.stdin.on('error', () => {})
  if (given.stdin !== null) child.stdin.end(given.stdin ?? '')
  return {
    child,
    ended: new Promise(resolve => child.on('close', (code, signal) => resolve({ code, signal, out, err }))),
    printed: pattern =>
      vi.waitFor(
        () => {
          const found = pattern.exec(out) ?? pattern.exec(err)
          if (!found) throw new Error(`Not printed: ${pattern}. Only: ${out}${err}`)
          return found
        },
        { timeout: 10_000, interval: 10 },
      ),
  }
}

/** Runs the program to its end. */
export async function runProgram(args: readonly string[], given: Start = {}): Promise<End> {
  return (await start(args, given)).ended
}
