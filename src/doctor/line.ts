import type { ErrorCode } from '../errors.ts'

/** `error` keeps `apply` from its work, `warning` may; what is `unknown` cannot be seen. */
export type Status = 'ok' | 'warning' | 'error' | 'unknown'

/** One thing that was looked at. */
export interface Line {
  readonly topic: string
  readonly status: Status
  readonly message: string
  /** What to do about it. */
  readonly remedy?: string
}

/** Whether `apply` would be able to do its work. */
export function isReady(lines: readonly Line[]): boolean {
  return !lines.some(({ status }) => status === 'error')
}

const REMEDIES: Readonly<Partial<Record<ErrorCode, string>>> = {
  scope_missing:
    'Grant the scope to the application, under Applications › APIs › Auth0 Management API in the dashboard.',
  not_entitled: "Leave it out of the file for this tenant, or have it added to the tenant's plan.",
  feature_disabled: 'Leave it out of the file for this tenant, or have it switched on.',
}

/** What to do about something that cannot be read or written. */
export function remedyFor(code: ErrorCode): string {
  return REMEDIES[code] ?? 'Try again; with --debug each request is shown.'
}
