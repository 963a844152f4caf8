import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { isRecord } from '../../../src/record.ts'
import { type Circumstances, emptyFolder, type Outcome, run } from '../../support/cli.ts'
import { startTenant } from '../../support/sandbox.ts'

/** The file that plans are saved in. */
export const PLAN = 'plan.json'

/** A folder in which somebody plans and applies, with the configuration on standard input. */
export interface Desk {
  readonly cwd: string
  /** `plan --out`. */
  plan(file: string, ...args: readonly string[]): Promise<Outcome>
  /** `apply` of the saved plan, without a question and without a snapshot. */
  apply(file: string, ...args: readonly string[]): Promise<Outcome>
  /** Any command line, in this folder. */
  run(args: readonly string[], more?: Circumstances): Promise<Outcome>
  /** What is saved, as text. */
  saved(): Promise<string>
  /** Puts something else in its place: text, or a document. */
  save(content: unknown): Promise<void>
  /** The same desk, for somebody with other environment variables. */
  with(env: Readonly<Record<string, string>>): Desk
}

/** A desk with environment variables; in a new folder, if none is given. */
export function deskOf(env: Readonly<Record<string, string>>, cwd: string = emptyFolder()): Desk {
  const command = (args: readonly string[], more: Circumstances = {}): Promise<Outcome> =>
    run(args, { cwd, env: { ...env }, ...more })
  return {
    cwd,
    plan: (stdin, ...args) => command(['plan', '-c', '-', '--out', PLAN, ...args], { stdin }),
    apply: (stdin, ...args) =>
      command(['apply', PLAN, '-c', '-', '--yes', '--snapshot', 'none', ...args], { stdin }),
    run: command,
    saved: () => readFile(join(cwd, PLAN), 'utf8'),
    save: content =>
      writeFile(join(cwd, PLAN), typeof content === 'string' ? content : JSON.stringify(content)),
    with: other => deskOf(other, cwd),
  }
}

/** The requests of a run that change a tenant, as `PUT /guardian/factors/otp`. */
export function writesOf({ requests }: Pick<Outcome, 'requests'>): string[] {
  return requests
    .filter(request => !request.startsWith('GET ') && request !== 'POST /oauth/token')
    .map(request => request.replace('/api/v2', ''))
}

/** A saved plan as JSON, and the one plan in it. Throws where it is another document, or has several. */
export function parseSaved(text: string): {
  document: Record<string, unknown>
  only: Record<string, unknown>
} {
  const document: unknown = JSON.parse(text)
  if (!isRecord(document) || !Array.isArray(document.plans) || document.plans.length !== 1)
    throw new Error(`This is not one saved plan: ${text}`)
  const [only]: unknown[] = document.plans
  if (!isRecord(only)) throw new Error(`This is not one saved plan: ${text}`)
  return { document, only }
}

/** Three changes of a new tenant. */
export const FILE = 'policy: always\nfactors: { otp: true, recovery-code: true }'

/** A new tenant, with somebody who may do everything there. */
export async function startDesk() {
  const tenant = await startTenant()
  return { tenant, desk: deskOf(tenant.env) }
}

/** The same, with a saved plan of {@link FILE}. */
export async function startWithPlan() {
  const { tenant, desk } = await startDesk()
  const { code, err } = await desk.plan(FILE)
  expect(code, err).toBe(0)
  return { tenant, desk }
}

/** It does not fit, which was seen without asking any tenant. */
export function expectRefusedUnasked(refused: Outcome, why: RegExp): void {
  expect(refused.code, refused.err).toBe(5)
  expect(refused.err).toMatch(why)
  expect(refused.err).toContain('Nothing was written.')
  expect(refused.requests).toEqual([])
}
