/** What went wrong, in one word, for programs: product of the JSON document `mfa-config/error/1`. */
export type ErrorCode =
  | 'usage'
  | 'config_not_found'
  | 'config_invalid'
  | 'reference_unset'
  | 'reference_missing'
  | 'credentials_missing'
  | 'credentials_rejected'
  | 'tenant_mismatch'
  | 'scope_missing'
  | 'not_entitled'
  | 'feature_disabled'
  | 'unreachable'
  | 'rate_limited'
  | 'api_error'
  | 'check_failed'
  | 'apply_incomplete'
  | 'verification_failed'
  | 'plan_stale'
  | 'interrupted'

/** One thing to mend, and where it stands. Lines and columns count from 1. */
export interface Problem {
  readonly path?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly message: string
}

/**
 * An error that the user can do something about: a sentence that says what, without a stack.
 * Everything else that is thrown is a bug and shows its stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly code: ErrorCode
  readonly problems: readonly Problem[]

  constructor(code: ErrorCode, message: string, problems: readonly Problem[] = []) {
    super(message)
    this.code = code
    this.problems = problems
  }
}

/** The error for a request that may have been carried out: its answer was lost, or says nothing about it. */
export class LostAnswer extends UserError {}

/**
 * The exit code that an error leads to: 3 for a check, 4 for writes that did not all succeed, 5 for a saved plan that does
 * not fit, 130 for Ctrl-C, else 1.
 */
export function exitCodeOf(code: ErrorCode): number {
  switch (code) {
    case 'check_failed':
      return 3
    case 'apply_incomplete':
    case 'verification_failed':
      return 4
    case 'plan_stale':
      return 5
    case 'interrupted':
      return 130
    default:
      return 1
  }
}

/** Exit codes from the gravest to none: of several tenants the first that occurs is that of the run. */
const GRAVEST_FIRST: readonly number[] = [130, 4, 1, 5, 3, 2]

/** The worst of several exit codes; 0 where there is none. */
export function worstOf(codes: readonly number[]): number {
  return GRAVEST_FIRST.find(code => codes.includes(code)) ?? 0
}
