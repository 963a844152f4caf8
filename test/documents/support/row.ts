import type { SandboxOptions } from '../../../src/sandbox/server.ts'
import type { Circumstances } from '../../support/cli.ts'
import type { Fault } from '../../support/faults.ts'

/** How a result is printed, and the flags that ask for it. */
export type Form = readonly [kind: Kind, ...flags: string[]]

type Kind = 'people' | 'markdown' | 'yaml' | 'json'

/** What is known of a command. */
export interface Command {
  readonly forms: readonly Form[]
  /** Every exit code that it can end with: there is a row for each. */
  readonly codes: readonly number[]
  readonly rows: readonly Row[]
}

/** One command line and what becomes of it. It is run in each of its command's forms, each time on a new tenant. */
export interface Row extends Pick<Circumstances, 'answers' | 'files' | 'env'> {
  /** What is particular about it. */
  readonly with: string
  readonly args?: readonly string[]
  /** The forms that it is for, where these are not all. */
  readonly only?: readonly Kind[]
  /** The configuration, given on standard input; `TENANT` stands for the tenant's address. */
  readonly file?: string
  readonly tenant?: SandboxOptions
  /** What the tenant has before, by path below `/api/v2`. */
  readonly has?: Readonly<Record<string, unknown>>
  readonly faults?: readonly Fault[]
  /** Command lines that were run before, in the same folder and with the same file. */
  readonly after?: readonly (readonly string[])[]
  /** What the tenant has since then, by path below `/api/v2`. */
  readonly since?: Readonly<Record<string, unknown>>
  /** The request on which Ctrl-C is pressed, as `PUT /guardian/factors/otp`. */
  readonly interrupted?: string
  readonly code: number
  /** The name of the JSON document, such as `plan`; absent where it prints no such document, in whatever form. */
  readonly prints?: string
  /** The code that this document has for what went wrong. */
  readonly error?: string
  /** The environment that it is of, where the file has some. */
  readonly environment?: string
  /** Of each environment, where it is of several: the name of its document, or the code of its error. */
  readonly results?: Readonly<Record<string, string>>
  /** A file that it writes: one document, whose name follows. */
  readonly saves?: readonly [file: string, document: string]
  /** What people see, where it is not the same as in the document: an error, or a result. */
  readonly people?: 'result' | 'result, then error' | 'nothing'
  /** The first line that people see, where it is not the tenant. */
  readonly top?: RegExp
}

export const PEOPLE = ['people'] as const
export const JSON_FORM = ['json', '--json'] as const

/** Four writes, in this order: otp, email, recovery codes, policy. */
export const FILE = 'policy: always\nfactors: { otp: true, email: true, recovery-code: true }'
/** What F01 stops. */
export const LOCKED_OUT = 'policy: always\nfactors: { otp: false }'
const INVALID = 'policy: sometimes\nfactors:\n  otpp: true\n'

/** A file for two tenants. */
export const TWO = 'policy: never\nenvironments: { dev: {}, prod: { factors: { otp: true } } }'
/** Of one of two tenants something is missing. */
export const ONE_OF_TWO =
  'policy: never\nenvironments: { dev: {}, prod: { factors: { duo: { skey: "${NOT_SET}" } } } }'
/** What a check stops in one of two tenants. */
export const ONE_LOCKED_OUT = `environments: { dev: { policy: never }, prod: { policy: always, factors: { otp: false } } }`
/** All environments, each with a tenant of its own in this process. */
export const ALL = ['--all', '--domain', 'sandbox'] as const
export const TOP_OF_ALL = /^sandbox \(dev\)$/

export const NO_CREDENTIALS = { AUTH0_CLIENT_ID: '', AUTH0_CLIENT_SECRET: '' }

/** Reading the policy takes a scope that the token lacks. */
export const REFUSED: Fault = {
  method: 'GET',
  path: '/guardian/policies',
  answer: { status: 403, body: '{"message":"Insufficient scope, expected any of: read:mfa_policies"}' },
}

export const UNKNOWN_FLAG: Row = {
  with: 'a flag that there is not',
  args: ['--jsno'],
  code: 1,
  prints: 'error',
  error: 'usage',
}

/** What every command that reads a file and a tenant has in common. */
export const INVALID_FILE: Row = {
  with: 'a file that is not valid',
  file: INVALID,
  code: 1,
  prints: 'error',
  error: 'config_invalid',
}

export const CTRL_C: Row = {
  with: 'Ctrl-C',
  file: FILE,
  interrupted: 'GET /guardian/factors',
  code: 130,
  prints: 'error',
  error: 'interrupted',
}

/** One environment, and all of them, of a command that prints such a document of each. */
export function ofEnvironments(document: string): Row[] {
  return [
    {
      with: 'an environment',
      file: TWO,
      args: ['--env', 'prod'],
      code: 0,
      prints: document,
      environment: 'prod',
    },
    ofAll(document),
  ]
}

/** All environments of a file, each of which has such a document. */
export function ofAll(document: string): Row {
  return {
    with: 'all environments',
    file: TWO,
    args: ALL,
    code: 0,
    prints: 'fleet',
    results: { dev: document, prod: document },
    top: TOP_OF_ALL,
  }
}
