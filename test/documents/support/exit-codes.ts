import type { ErrorCode } from '../../../src/errors.ts'

const OF_ERRORS = {
  usage: 1,
  config_not_found: 1,
  config_invalid: 1,
  reference_unset: 1,
  reference_missing: 1,
  credentials_missing: 1,
  credentials_rejected: 1,
  tenant_mismatch: 1,
  scope_missing: 1,
  not_entitled: 1,
  feature_disabled: 1,
  unreachable: 1,
  rate_limited: 1,
  api_error: 1,
  check_failed: 3,
  apply_incomplete: 4,
  verification_failed: 4,
  plan_stale: 5,
  interrupted: 130,
} satisfies Record<ErrorCode | 'plan_stale', number>

/** With which code a run ends, by the word that its document has for what went wrong. Types tell where one is missing. */
export const EXIT_CODES: Readonly<Record<string, number>> = OF_ERRORS
