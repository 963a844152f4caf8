import type { JsonObject } from './json.ts'

const names = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
} as const

/** The statuses other than 2xx that the sandbox answers with. */
export type ErrorStatus = keyof typeof names

/** An answer other than 2xx, thrown wherever it is found out. Its body has the Management API's shape and order. */
export class ApiError extends Error {
  readonly status: ErrorStatus
  readonly body: JsonObject

  /** Some of Auth0's newer services send no `errorCode` (recorded): leave it out for those. */
  constructor(status: ErrorStatus, message: string, errorCode?: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.body = { statusCode: status, error: names[status], message, ...(errorCode && { errorCode }) }
  }
}

/** What an unknown path, or a known one with another method, answers (recorded for an action with an empty id). */
export function notFound(): ApiError {
  return new ApiError(404, 'Not Found')
}

/** What a token without the scope answers (recorded on other endpoints, with various scopes). */
export function insufficientScope(scope: string): ApiError {
  return new ApiError(403, `Insufficient scope, expected any of: ${scope}`, 'insufficient_scope')
}

/** What a tenant answers whose plan lacks `feature` (recorded for attack protection; the feature's name differs). */
export function insufficientEntitlement(feature: string): ApiError {
  return new ApiError(403, `Please upgrade your subscription to use ${feature}`, 'insufficient_entitlement')
}

/** What an exhausted rate limit answers (recorded 104 times). */
export function tooManyRequests(): ApiError {
  return new ApiError(429, 'Global limit has been reached', 'too_many_requests')
}
