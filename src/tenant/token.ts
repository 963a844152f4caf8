import { UserError } from '../errors.ts'
import { isRecord } from '../record.ts'
import type { Credentials } from './credentials.ts'
import type { Domain } from './domain.ts'
import type { Transport } from './transport.ts'

/** A token of the Management API, and the scopes it carries; `undefined` where that cannot be known. */
export interface Token {
  readonly accessToken: string
  readonly granted: ReadonlySet<string> | undefined
  readonly identity: Identity
}

/** Who the tenant takes this program for. */
export interface Identity {
  readonly by: 'client secret' | 'private key' | 'access token'
  /** The application's client id; `undefined` where a token does not say. */
  readonly client?: string
  /** When the token ends, in milliseconds since 1970; `undefined` where nothing says. */
  readonly expires?: number
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * Gets a token with one request, or takes the one that is given.
 * Throws `credentials_rejected` when the tenant does not accept the credentials.
 */
export async function obtainToken(
  transport: Transport,
  domain: Domain,
  credentials: Credentials,
  audience: string | undefined,
  now: number,
): Promise<Token> {
  if (credentials.kind === 'token') {
    const { accessToken } = credentials
    const { scope, azp, exp } = claimsOf(accessToken)
    return {
      accessToken,
      granted: scopesOf(undefined, scope),
      identity: {
        by: 'access token',
        ...(typeof azp === 'string' && { client: azp }),
        ...(typeof exp === 'number' && { expires: exp * 1000 }),
      },
    }
  }
  const answer = await transport.token(`${domain.origin}/oauth/token`, async () => ({
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    audience: audience || `${domain.origin}/api/v2/`,
    ...(credentials.kind === 'secret'
      ? { client_secret: credentials.clientSecret }
      : { client_assertion_type: ASSERTION_TYPE, client_assertion: await assertion(domain, credentials) }),
  }))
  if (!isRecord(answer) || typeof answer.access_token !== 'string' || answer.access_token === '') {
    throw new UserError(
      'api_error',
      `${domain.name} answered the token request with something that is no token.`,
    )
  }
  return {
    accessToken: answer.access_token,
    granted: scopesOf(answer.scope, claimsOf(answer.access_token).scope),
    identity: {
      by: credentials.kind === 'secret' ? 'client secret' : 'private key',
      client: credentials.clientId,
      ...(typeof answer.expires_in === 'number' && { expires: now + answer.expires_in * 1000 }),
    },
  }
}

/** A private key JWT: valid for a minute, for once. Source: Auth0's "Authenticate with Private Key JWT". */
async function assertion(domain: Domain, credentials: Credentials & { kind: 'key' }): Promise<string> {
  const { importPKCS8, SignJWT } = await import('jose')
  const { createPrivateKey, randomUUID } = await import('node:crypto')
  try {
    // Through Node's parser, which also takes the older PKCS #1 form of a key.
    const pem = createPrivateKey(credentials.signingKey).export({ type: 'pkcs8', format: 'pem' })
    return await new SignJWT({})
      .setProtectedHeader({ alg: credentials.algorithm })
      .setIssuer(credentials.clientId)
      .setSubject(credentials.clientId)
      .setAudience(`${domain.origin}/`)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(await importPKCS8(String(pem), credentials.algorithm))
  } catch {
    throw new UserError(
      'credentials_rejected',
      `${credentials.where} holds no RSA private key that can be used.`,
    )
  }
}

/** How the Management API's scopes look: `read:guardian_factors`. */
const SCOPE = /^[a-z_]{1,20}:[a-z_]{1,60}$/

/**
 * Scopes as the answer says them, else as the token claims them; nothing said means nothing known. What is none of the
 * Management API's is left out: it opens nothing here, and it is shown nowhere.
 */
function scopesOf(said: unknown, claimed: unknown): ReadonlySet<string> | undefined {
  const scopes = [said, claimed].map(words).find(words => words.length > 0)
  return scopes && new Set(scopes.filter(scope => SCOPE.test(scope)))
}

function words(text: unknown): string[] {
  return typeof text === 'string' ? text.split(/\s+/).filter(Boolean) : []
}

/** What a token says of itself, if it is one that can be read; none of it is relied on but for display and scopes. */
function claimsOf(accessToken: string): Record<string, unknown> {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8'),
    )
    return isRecord(claims) ? claims : {}
  } catch {
    return {}
  }
}
