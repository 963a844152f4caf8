import type { Agent, ClientRequest } from 'node:http'

type Env = Readonly<Record<string, string | undefined>>

/** A way to a server through a proxy. */
export interface Tunnel {
  readonly agent: Agent
  /** Makes a request fail where the proxy refuses: its answer must not pass for the server's. */
  guard(request: ClientRequest): ClientRequest
  /** Why a request failed: Node's error, or the proxy where that was not even reached. */
  explain(error: unknown): unknown
}

/** The proxy for `https:` that the environment names, as it is written there. */
export function proxyIn(env: Env): string | undefined {
  return ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'].map(name => env[name]).find(Boolean)
}

/** A tunnel for one request; none where `NO_PROXY` has the server. Its modules are loaded only where a proxy is set. */
export async function tunnelTo(url: string, proxy: string): Promise<Tunnel | undefined> {
  const { getProxyForUrl } = await import('proxy-from-env')
  if (!getProxyForUrl(url)) return undefined
  // Without a scheme it is http, as for curl.
  const written = proxy.includes('://') ? proxy : `http://${proxy}`
  // Not with what is written there: it can hold a password.
  if (!URL.canParse(written)) throw new Error('what HTTPS_PROXY names is no URL')
  const { HttpsProxyAgent } = await import('https-proxy-agent')
  let reached = false
  return {
    agent: new HttpsProxyAgent(written),
    guard: request =>
      request.once('proxyConnect', ({ statusCode }: { statusCode: number }) => {
        reached = true
        if (statusCode !== 200) request.destroy(new Error(`the proxy answered ${statusCode}`))
      }),
    explain: error => (reached ? error : notReached(new URL(written).host, error)),
  }
}

function notReached(proxy: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
  return new Error(`its proxy ${proxy} gives no connection${code}`, { cause: error })
}
