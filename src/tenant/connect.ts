import type { GuardianClient } from 'auth0/guardian'
import type { Host } from '../host.ts'
import { once } from '../once.ts'
import type { Api } from './api.ts'
import type { Credentials } from './credentials.ts'
import type { Domain } from './domain.ts'
import { type Identity, obtainToken } from './token.ts'
import { createTransport, type Transport, type Watch } from './transport.ts'

/** A tenant that can be asked and told. */
export interface Connection {
  readonly api: Api
  /** What the token may do; `undefined` where that is not known. */
  readonly granted: ReadonlySet<string> | undefined
  readonly identity: Identity
}

/** What a run wants to know of its requests, and the token's audience where it is not the tenant's usual one. */
export interface ConnectOptions extends Watch {
  readonly audience?: string | undefined
}

/** Connects with one token request, or none where a token is given. */
export async function connect(
  host: Host,
  domain: Domain,
  credentials: Credentials,
  { audience, ...watch }: ConnectOptions = {},
): Promise<Connection> {
  const transport = createTransport(host, domain.name, watch)
  // The SDK's modules are loaded while the token is on its way.
  const guardian = import('auth0/guardian')
  const { accessToken, granted, identity } = await obtainToken(
    transport,
    domain,
    credentials,
    audience,
    host.now(),
  )
  const baseUrl = `${domain.origin}/api/v2`
  const options = { baseUrl, token: accessToken, fetcher: sdkFetcher(transport, accessToken) }
  return {
    granted,
    identity,
    api: {
      guardian: once(async () => new (await guardian).GuardianClient(options)),
      riskAssessments: once(
        async () => new (await import('auth0/riskAssessments')).RiskAssessmentsClient(options),
      ),
      tenants: once(async () => new (await import('auth0/tenants')).TenantsClient(options)),
      request: (method, path, body) => transport.json(method, `${baseUrl}${path}`, accessToken, body),
    },
  }
}

type Fetcher = NonNullable<GuardianClient.Options['fetcher']>

/**
 * What the SDK sends, it sends through this program's transport: so there is one rate limit and one rule for sending
 * again, and the SDK's own blind repetition of failed writes is not in the way.
 */
function sdkFetcher(transport: Transport, accessToken: string): Fetcher {
  return async <R>({ method, url, queryString, body }: Parameters<Fetcher>[0]) => {
    const answer = await transport.json(
      method,
      queryString ? `${url}?${queryString}` : url,
      accessToken,
      body,
    )
    return { ok: true, body: answer as R, rawResponse: RAW }
  }
}

/** The SDK hands this to callers who ask for the raw answer; nobody here does, and failures throw before it. */
const RAW = {
  get headers(): Headers {
    return new Headers()
  },
  redirected: false,
  status: 200,
  statusText: 'OK',
  type: 'default',
  url: '',
} as const
