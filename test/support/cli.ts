import { setMaxListeners } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { main } from '../../src/cli.ts'
import type { Host } from '../../src/host.ts'
import { sender } from '../../src/http.ts'
import { expectDocument } from './documents.ts'

/** How a command line is run: everything that the real program takes from its process. */
export interface Circumstances {
  readonly cwd?: string
  readonly env?: Record<string, string>
  readonly stdin?: string
  /** A person at a terminal, and what they answer to each question, in turn. Absent: a pipe. */
  readonly answers?: boolean[]
  /** What they choose, in turn; they are at a terminal then, too. */
  readonly choices?: string[]
  /** How wide their terminal is. */
  readonly columns?: number
  /** Aborted by the test as by Ctrl-C. */
  readonly interrupt?: AbortSignal
  /** Files to put into the working directory first, by name. */
  readonly files?: Record<string, string | Uint8Array>
  readonly now?: () => number
  /** Told of each request before it leaves; may throw, as a bug would. */
  readonly beforeSending?: (request: { method: string; url: string }) => void
  /** Rejects when a request is given up, in place of the program's own clock; pending where it is not. */
  readonly givenUp?: (request: { method: string; url: string }) => Promise<never>
  /** Told of each text as it is printed, on either stream. */
  readonly onText?: (text: string) => void
  /** What happens while a person thinks about a question. */
  readonly whileAsked?: () => Promise<void>
}

/** What a command line did, as a shell and a server would see it. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
  /** Every request that left the program, as `GET /api/v2/guardian/factors`. */
  readonly requests: readonly string[]
  /** What it asked on the terminal. */
  readonly questions: readonly string[]
  /** Milliseconds that it waited before sending again; the test does not wait. */
  readonly waits: readonly number[]
}

/** A new empty folder. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'mfa-config-'))
}

/** Writes files into a folder, by their relative names. */
export async function writeFiles(folder: string, files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
}

/** Runs a command line in this process, over real HTTP. */
export async function run(args: readonly string[], circumstances: Circumstances = {}): Promise<Outcome> {
  const { cwd = emptyFolder(), env = {}, stdin = '', answers, files = {} } = circumstances
  await writeFiles(cwd, files)
  const written = { out: '', err: '' }
  const requests: string[] = []
  const questions: string[] = []
  const waits: number[] = []
  const send = sender({ http, https, env })
  const { choices, columns } = circumstances
  const looking = answers !== undefined || choices !== undefined
  const interrupt = circumstances.interrupt ?? new AbortController().signal
  // As in `bin/`: every read that is under way listens.
  setMaxListeners(0, interrupt)
  const host: Host = {
    cwd,
    env,
    terminal: { in: looking, out: looking, err: looking, ...(columns !== undefined && { columns }) },
    interrupt,
    runsTypeScript: false,
    stdin: async () => stdin,
    out: text => {
      written.out += text
      circumstances.onText?.(text)
    },
    err: text => {
      written.err += text
      circumstances.onText?.(text)
    },
    confirm: async question => {
      questions.push(question)
      await circumstances.whileAsked?.()
      return answers?.shift() ?? false
    },
    choose: async question => {
      questions.push(question)
      return choices?.shift() ?? ''
    },
    progress: () => ({ tell: () => {}, stop: () => {} }),
    send: request => {
      circumstances.beforeSending?.(request)
      requests.push(`${request.method} ${new URL(request.url).pathname}`)
      const answer = send(request)
      return circumstances.givenUp ? Promise.race([answer, circumstances.givenUp(request)]) : answer
    },
    now: circumstances.now ?? Date.now,
    wait: async milliseconds => {
      waits.push(milliseconds)
    },
  }
  const code = await main(args, host)
  return { code, ...written, requests, questions, waits }
}

/** The one JSON document that standard output must be, as its published schema has it. */
export function json(outcome: Pick<Outcome, 'out'>): Record<string, unknown> {
  // A JSON Schema is not one of this tool's documents.
  return outcome.out.startsWith('{\n  "$schema"') ? JSON.parse(outcome.out) : expectDocument(outcome.out)
}
