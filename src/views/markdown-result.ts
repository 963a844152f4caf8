import type { Finding } from '../checks/check.ts'
import type { ErrorCode, UserError } from '../errors.ts'
import { type Shown, summary } from './human.ts'

/** A plan, with the requests that `apply` would send. */
export type ShownPlan = Omit<Shown, 'environment' | 'requests'> & {
  readonly requests: readonly { readonly method: string; readonly path: string }[]
}

/** Why there is no plan. */
export interface ShownError extends Pick<UserError, 'message' | 'problems'> {
  readonly code: ErrorCode
  readonly findings?: readonly Finding[]
}

/** What came of one tenant; `environment` and `tenant` are `null` where there is none, or it is not known. */
export type MarkdownResult = { readonly environment: string | null; readonly tenant: string | null } & (
  | { readonly plan: ShownPlan }
  | { readonly error: ShownError }
)

/** The tenant's name; `null` where it is not known. */
export function tenantOf(result: MarkdownResult): string | null {
  return result.tenant ?? ('plan' in result ? result.plan.tenant : null)
}

/** Which tenant it is, in words; its names are written by `write`, at most so many characters of each. */
export function nameOf(result: MarkdownResult, write: (text: string, most: number) => string): string {
  const { environment } = result
  const tenant = tenantOf(result)
  if (tenant === null) return environment === null ? 'mfa-config' : `environment ${write(environment, 200)}`
  return `${write(tenant, 200)}${environment === null ? '' : ` (environment ${write(environment, 200)})`}`
}

/** What a plan comes to, or that there is none. */
export function verdict(result: MarkdownResult): string {
  return 'plan' in result ? summary(result.plan) : 'no plan.'
}

/** What checks say about a tenant, whether there is a plan or none. */
export function findingsOf(result: MarkdownResult): readonly Finding[] {
  return ('plan' in result ? result.plan.findings : result.error.findings) ?? []
}

/** The requests that `apply` would send. */
export function requestsOf(result: MarkdownResult): ShownPlan['requests'] {
  return 'plan' in result ? result.plan.requests : []
}
