import type { CheckId } from '../config/check-ids.ts'
import type { Config } from '../config/config.ts'
import type { Value } from '../settings/field.ts'
import type { Lookup } from '../settings/lookup.ts'
import type { PhoneExperience } from '../settings/phone-experience.ts'

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
  /** Where the tenant has the phone's provider; `undefined` where that is not known: nobody asked, or offline. */
  readonly phone: PhoneExperience | undefined
  /**
   * `undefined` where it is not known: not read, not readable, or offline. A secret that cannot be read back is
   * {@link SET} where its resource is configured.
   */
  readonly before: (path: string) => Value | undefined
  /** A secret of the file is here as it is: it is for judging, never for a message. */
  readonly after: (path: string) => Value | undefined
  /** Why a path that a check asked for could not be read. */
  readonly refused: (path: string) => string | undefined
  /** `undefined` where it is not known: nobody asked, not readable, or offline. */
  readonly asked: <T>(lookup: Lookup<T>) => T | undefined
  /** Paths of secrets in the file that this run does not send, since they cannot be compared. */
  readonly unverified: readonly string[]
  /** Paths that this run changes. */
  readonly changed: ReadonlySet<string>
}

/** What is known before everything is read. */
export type Known = Pick<Facts, 'config' | 'phone' | 'after'>

/** Stands for a secret that the tenant has and does not give back. */
export const SET = 'set'

/** Something to look up, and the path of the file that is the reason. */
export interface Ask {
  readonly lookup: Lookup<unknown>
  readonly path: string
}

/** What a check has to say, before it is known whether it was accepted. */
export type Found = Omit<Finding, 'check' | 'allowed'>

/** One rule of section "Safety": a pure function with its id. */
export interface Check {
  readonly id: CheckId
  /** What it looks for, in a few words. */
  readonly title: string
  /** What its findings can be, the gravest first, leaving out the note that a tenant did not let it look. */
  readonly severities: readonly Severity[]
  /** Why that is wrong, in a sentence or two. */
  readonly why: string
  /** What to do about it, in a sentence or two. */
  readonly remedy: string
  /** Paths to read for it beyond those the file names, if the file gives a reason, by itself or on such a tenant. */
  readonly needs?: (known: Known) => readonly string[]
  /** What to look up for it besides, if the file gives a reason. */
  readonly asks?: (known: Known) => readonly Ask[]
  readonly judge: (facts: Facts) => readonly Found[]
}
