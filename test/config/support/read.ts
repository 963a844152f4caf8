import { join } from 'node:path'
import type { Config } from '../../../src/config/config.ts'
import { type Problem, UserError } from '../../../src/errors.ts'
import type { Host } from '../../../src/host.ts'
import { readConfig } from '../../../src/run/configuration.ts'
import { emptyFolder, writeFiles } from '../../support/cli.ts'

/** What a configuration is read from. */
export interface Given {
  /** By name, relative to a new folder. */
  readonly files?: Record<string, string | Uint8Array>
  /** The folder in it that the program runs in. */
  readonly cwd?: string
  readonly env?: Record<string, string>
  readonly stdin?: string
  /** `--config`. */
  readonly named?: string
  /** `--env`. */
  readonly environment?: string
  readonly unsetOk?: boolean
}

/** Reads a configuration as every command does. */
export async function read(given: Given | string): Promise<Config> {
  const { files = {}, cwd = '.', ...rest } = asGiven(given)
  const folder = Object.keys(files).length > 0 ? emptyFolder() : '/nowhere'
  await writeFiles(folder, files)
  const { named, environment, unsetOk } = rest
  const options = {
    ...(named !== undefined && { config: named }),
    env: environment === undefined ? [] : [environment],
  }
  return readConfig(hostWith(join(folder, cwd), rest), options, unsetOk ? 'everything' : 'nothing')
}

/** A text as `mfa-config.yaml`. */
function asGiven(given: Given | string): Given {
  return typeof given === 'string' ? { files: { 'mfa-config.yaml': given } } : given
}

/** The settings that a configuration names, by path. */
export async function valuesIn(given: Given | string): Promise<Record<string, unknown>> {
  return Object.fromEntries((await read(given)).values)
}

/** The error that reading ends in. Anything that is not for the user is thrown on. */
export async function refusal(given: Given | string): Promise<UserError> {
  const outcome = await read(given).catch((error: unknown) => error)
  if (outcome instanceof UserError) return outcome
  throw outcome instanceof Error ? outcome : new Error('It was accepted.')
}

/** What is wrong, as `file:line:column  path  message`, or as much of it as there is. */
export async function problemsIn(given: Given | string): Promise<string[]> {
  return (await refusal(given)).problems.map(told)
}

export function told({ path, file, line, column, message }: Problem): string {
  const place = [file, line, column].filter(part => part !== undefined).join(':')
  return [place, path, message].filter(Boolean).join('  ')
}

/** A file with one value in it, spread over lines: the key of the n-th step stands at line n + 1, column 2 n + 1. */
export function fileWith(path: string, value: unknown): { text: string; line: number; column: number } {
  const steps = path.split('.')
  const tree = steps.reduceRight<unknown>((below, step) => ({ [step]: below }), value)
  return {
    text: JSON.stringify(tree, null, 2),
    line: steps.length + 1,
    column: 2 * steps.length + 1,
  }
}

/** A host without a file system of its own, for what is read from standard input. */
export function hostWith(cwd: string, { env = {}, stdin = '' }: Pick<Given, 'env' | 'stdin'>): Host {
  const unused = (): never => {
    throw new Error('Reading a file needs nothing else from outside.')
  }
  return {
    cwd,
    env,
    stdin: async () => stdin,
    runsTypeScript: false,
    terminal: { in: false, out: false, err: false },
    interrupt: new AbortController().signal,
    out: unused,
    err: unused,
    confirm: unused,
    choose: unused,
    progress: unused,
    send: unused,
    now: Date.now,
    wait: unused,
  }
}
