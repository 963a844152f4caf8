import { ApiError, insufficientScope } from './errors.ts'

/** The scopes that a token grants: those named, or all there are. */
export type Grant = ReadonlySet<string> | 'all'

/** How long a token lasts, in seconds: Auth0's default for the Management API. */
export const tokenLifetime = 86_400

/**
 * An access token that carries its own scopes, so that it outlives the sandbox that issued it. It is shaped as a JWT
 * and not signed: this is a sandbox, there is nothing to protect.
 * @param time milliseconds since the epoch
 */
export function issueToken(claims: { issuer: string; subject: string; scope: string }, time: number): string {
  const issued = Math.floor(time / 1000)
  const { issuer: iss, subject: sub, scope } = claims
  const payload = { iss, sub, aud: `${iss}api/v2/`, iat: issued, exp: issued + tokenLifetime, scope }
  return [{ alg: 'none', typ: 'JWT' }, payload]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('sandbox')
    .join('.')
}

/**
 * What the request's Authorization header grants. Any token is accepted: one that does not say its scopes, such as that
 * of a real tenant, has all of them.
 * @param time milliseconds since the epoch
 * @throws ApiError 401 without a bearer token or with an expired one, 400 for a header of another form
 */
export function grantOf(authorization: string | undefined, time: number): Grant {
  const [scheme, token, ...rest] = authorization?.trim().split(/\s+/) ?? []
  if (scheme?.toLowerCase() !== 'bearer') throw new ApiError(401, 'Missing authentication')
  if (token === undefined || rest.length > 0) {
    throw new ApiError(400, 'Bad HTTP authentication header format', 'Bearer')
  }
  const { scope, exp } = claimsOf(token)
  if (typeof exp === 'number' && exp * 1000 <= time) {
    // Assumption: the words; an expired token was not recorded.
    throw new ApiError(401, 'Expired token received for JSON Web Token validation')
  }
  return typeof scope === 'string' ? new Set(scope.split(' ').filter(Boolean)) : 'all'
}

/** Throws ApiError 403 where the grant lacks the scope. */
export function requireScope(grant: Grant, scope: string): void {
  if (grant !== 'all' && !grant.has(scope)) throw insufficientScope(scope)
}

/** The claims of a token that is shaped as a JWT; none of any other. */
function claimsOf(token: string): { scope?: unknown; exp?: unknown } {
  const [, payload, signature] = token.split('.')
  if (payload === undefined || signature === undefined) return {}
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null ? claims : {}
  } catch {
    return {}
  }
}
