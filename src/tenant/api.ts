import type { GuardianClient } from 'auth0/guardian'
import type { RiskAssessmentsClient } from 'auth0/riskAssessments'
import type { TenantsClient } from 'auth0/tenants'

/** The methods of the Management API that this tool uses. */
export type Method = 'GET' | 'PUT' | 'PATCH' | 'POST'

/**
 * The Management API of one tenant: the SDK's client of each section, loaded when it is first used, and plain
 * requests for the endpoints that the SDK has no client for. Every call throws a `UserError` when it fails.
 */
export interface Api {
  guardian(): Promise<GuardianClient>
  riskAssessments(): Promise<RiskAssessmentsClient>
  tenants(): Promise<TenantsClient>
  /** `path` is relative to `/api/v2`, with its leading slash. */
  request(method: Method, path: string, body?: unknown): Promise<unknown>
}
