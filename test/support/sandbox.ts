import { onTestFinished } from 'vitest'
import * as z from 'zod/mini'
import { type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts'

/** A sandbox tenant over HTTP, stopped when the test ends, and a way to look at it and to change it behind the tool's back. */
export interface TestTenant {
  readonly url: string
  /** What the tool needs to reach it. */
  readonly env: Record<string, string>
  /** `path` is relative to `/api/v2`. */
  get(path: string): Promise<unknown>
  put(path: string, body: unknown): Promise<unknown>
  patch(path: string, body: unknown): Promise<unknown>
  post(path: string, body: unknown): Promise<unknown>
  /** An access token with just these scopes. */
  token(...scopes: string[]): Promise<string>
}

export async function startTenant(options: SandboxOptions = {}): Promise<TestTenant> {
  const sandbox = await startSandbox(options)
  onTestFinished(() => sandbox.close())
  return tenantAt(sandbox.url)
}

/** The same for a server that the caller closes: a property test starts one for many runs. */
function tenantAt(url: string): TestTenant {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/api/v2${path}`, {
      method,
      headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  return {
    url,
    env: { AUTH0_DOMAIN: url, AUTH0_CLIENT_ID: 'client', AUTH0_CLIENT_SECRET: 'secret-of-the-client' },
    get: path => call('GET', path),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    post: (path, body) => call('POST', path, body),
    token: async (...scopes) => {
      const answer = await fetch(`${url}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          grant_type: 'client_credentials',
          client_id: 'client',
          client_secret: 'secret',
          scope: scopes.join(' '),
        }),
      })
      const { access_token } = z.object({ access_token: z.string() }).parse(await answer.json())
      return access_token
    },
  }
}
