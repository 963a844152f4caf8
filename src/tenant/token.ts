import { UserError } from '../errors.ts'
import { isRecord } from '../record.ts'
import type { Credentials } from './credentials.ts'
import type { Domain } from './domain.ts'
import type { Transport } from './transport.ts'

/** A token of the Management API, and the scopes it carries; `undefined` where that cannot be known. */
export interface Token {
  readonly accessToken: string
  readonly granted: ReadonlySet<string> | undefined
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
): Promise<Token> {
  if (credentials.kind === 'token') {
    const { accessToken } = credentials
    return { accessToken, granted: scopesOf(undefined, accessToken) }
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
  return { accessToken: answer.access_token, granted: scopesOf(answer.scope, answer.access_token) }
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
      'The file that AUTH0_CLIENT_SIGNING_KEY_PATH names holds no RSA private key that can be used.',
    )
  }
}

/** Scopes as the answer says them, else as the token claims them; nothing said means nothing known. */
function scopesOf(said: unknown, accessToken: string): ReadonlySet<string> | undefined {
  const scopes = [said, claimedScope(accessToken)].map(words).find(words => words.length > 0)
  return scopes && new Set(scopes)
}

function words(text: unknown): string[] {
  return typeof text === 'string' ? text.split(/\s+/).filter(Boolean) : []
}

function claimedScope(accessToken: string): unknown {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8'),
    )
    return isRecord(claims) ? claims.scope : undefined
  } catch {
    return undefined
  }
}
