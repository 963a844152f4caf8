import type { CheckId } from '../config/check-ids.ts'
import type { Config } from '../config/config.ts'
import type { Value } from '../settings/field.ts'

/** `error` stops `apply`; `confirm` is asked on a terminal and needs `--allow` elsewhere; the others are shown. */
export type Severity = 'error' | 'confirm' | 'warning' | 'note'

/** Something that no admin should do by accident, in the form of the JSON documents. */
export interface Finding {
  readonly check: CheckId
  readonly severity: Severity
  /** The path of the file that it is about. */
  readonly path: string
  /** What is wrong and what to do, as a sentence. */
  readonly message: string
  /** Whether it was accepted on purpose, by `--allow` or by the file. */
  readonly allowed: boolean
}

/** What a check judges: the state after the run, which is the file laid over what the tenant has. */
export interface Facts {
  readonly config: Config
  /** `undefined` where it is not known: not read, not readable, or offline. */
  readonly before: (path: string) => Value | undefined
  readonly after: (path: string) => Value | undefined
  /** Why a path that a check asked for could not be read. */
  readonly refused: (path: string) => string | undefined
}

/** One rule of section "Safety": a pure function with its id. */
export interface Check {
  readonly id: CheckId
  /** What it looks for, in a few words. */
  readonly title: string
  /** Why, for `validate --explain`. */
  readonly explanation: string
  /** Paths to read for it beyond those the file names, if the file gives a reason. */
  readonly needs?: (config: Config) => readonly string[]
  readonly judge: (facts: Facts) => readonly Omit<Finding, 'check' | 'allowed'>[]
}
