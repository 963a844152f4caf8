import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts'

const { fetch: send } = globalThis

/** An answer: its text as sent, and what the text means as JSON; null where there is no text. */
export interface Answered {
  status: number
  headers: Headers
  text: string
  body: unknown
}

export interface TestTenant extends Sandbox {
  /** A request to /api/v2; the body is sent as JSON, a string as it is. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>
  get(path: string): Promise<Answered>
  post(path: string, body: unknown): Promise<Answered>
  put(path: string, body: unknown): Promise<Answered>
  patch(path: string, body: unknown): Promise<Answered>
  delete(path: string): Promise<Answered>
  /** A request to /oauth/token; an object is sent as JSON, a string as a form. */
  token(body: object | string): Promise<Answered>
}

/** A sandbox that is closed when the test is over. The token of its requests grants everything. */
export async function startTenant(options: SandboxOptions = {}): Promise<TestTenant> {
  const sandbox = await startSandbox(options)
  onTestFinished(() => sandbox.close())
  const call: TestTenant['call'] = (method, path, body, headers = { authorization: 'Bearer any-token' }) =>
    request(`${sandbox.url}/api/v2${path}`, {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  return {
    ...sandbox,
    call,
    get: path => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    delete: path => call('DELETE', path),
    token: body =>
      request(`${sandbox.url}/oauth/token`, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: {
          'content-type': typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json',
        },
      }),
  }
}

async function request(url: string, init: RequestInit): Promise<Answered> {
  const answer = await send(url, init)
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, body: text === '' ? null : JSON.parse(text) }
}

/** A folder that is removed when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-config-sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
