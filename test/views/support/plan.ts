import type { Finding } from '../../../src/checks/check.ts'
import type { Shown } from '../../../src/views/human.ts'

/** A plan with nothing in it. */
export const NOTHING: Omit<Shown, 'requests'> & { readonly requests: readonly never[] } = {
  tenant: 'acme.eu.auth0.com',
  environment: null,
  changes: [],
  requests: [],
  findings: [],
  unverified: [],
  hidden: [],
}

/** Something that a check has found. */
export const FINDING: Finding = {
  check: 'F06',
  severity: 'warning',
  path: 'factors.recovery-code.enabled',
  message: 'Mind this.',
  allowed: false,
}
