import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { textOf } from '../../tenant/support/text-of.ts'
import { ISSUED, textsIn } from './planted.ts'
import { WRITINGS, type Writing } from './search.ts'

/** Which requests go wrong. */
export const PLACES = ['token', 'reads', 'first write', 'third write', 'read-back'] as const
export type Place = (typeof PLACES)[number]

/** All that a server can repeat of a request: its header, its body, each text in that. */
export interface Sent {
  readonly texts: readonly string[]
  /** The same of the requests before it: a server can remember. */
  readonly earlier: readonly string[]
  /** As `GET /api/v2/guardian/factors`. */
  readonly line: string
  /** How often this request came before. */
  readonly before: number
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  readonly reason?: string
  /** The tenant gets the request all the same. */
  readonly delivered?: true
}

/** What becomes of a request: an answer, a connection that is closed, reset or kept silent, or nothing out of the way. */
export type Act =
  | Answer
  | 'pass'
  | 'closed'
  | 'closed after it was done'
  | 'reset'
  | 'reset after it was done'
  | 'silent'
  | { readonly raw: string }
  | { readonly rewrite: (body: unknown) => unknown }

export interface Fault {
  readonly name: string
  readonly act: (sent: Sent) => Act
  /** Only in some places. */
  readonly places?: readonly Place[]
}

/** The writings in which every fault repeats what it was sent; with all of them, a message would be too long to be told. */
const USUAL: readonly Writing[] = ['as it is', 'in a URL', 'in JSON']

/** Texts as a server quotes them: whole, in some writings, and their beginnings, ends and middles. */
export function repeated(texts: readonly string[], writings: readonly Writing[] = USUAL): string {
  const quoted = texts.flatMap(text => [
    ...writings.map(writing => WRITINGS[writing](text)),
    // As part of something longer it would be another text.
    ...(/^Bearer |^\{/.test(text) ? [] : [WRITINGS['in base64'](text)]),
    `${text.slice(0, 12)}…${text.slice(-9)}`,
    `'${text.slice(5, 20)}'`,
  ])
  return quoted.join(', ')
}

/** The same where only a header fits. */
function inHeader(texts: readonly string[]): string {
  return texts
    .map(text => text.replaceAll(/[^\x20-\x7e]/g, ' ').slice(0, 200))
    .join(' ')
    .slice(0, 2000)
}

/** An error of the API that has all it was sent in every part of it. */
export function refusing(
  status: number,
  start: string,
  errorCode?: string,
  more: { delivered?: true } = {},
): Fault['act'] {
  return ({ texts }) => {
    const said = repeated(texts)
    return {
      status,
      reason: inHeader(texts.slice(0, 2)),
      headers: headersOf(texts),
      body: JSON.stringify({
        statusCode: status,
        error: `Error: ${said}`,
        message: `${start}${said}`,
        errorCode: errorCode ?? said,
        error_description: said,
        error_uri: said,
        attributes: { error: said },
      }),
      ...more,
    }
  }
}

function headersOf(texts: readonly string[]): Record<string, string> {
  const value = inHeader(texts)
  return {
    'content-type': 'application/json',
    'x-request-id': value,
    'www-authenticate': `Bearer error="${value}"`,
    'retry-after': value,
    'x-ratelimit-remaining': value,
    'x-ratelimit-reset': value,
    location: value,
  }
}

/** A server in front of a tenant in which requests of one place go wrong. */
export async function startHostile(
  tenant: { readonly url: string },
  fault: Fault,
  place: Place | 'nowhere' | 'everywhere',
) {
  const seen: string[] = []
  const lines: string[] = []
  let assertion = ''
  let strikes = 0
  const server = createServer((request, response) => {
    answer(request, response).catch(error => response.destroy(error))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request)
    const { method = '', url = '', headers } = request
    const line = `${method} ${url}`
    const before = lines.filter(other => other === line).length
    lines.push(line)
    const fields: unknown = body === '' ? {} : JSON.parse(body)
    if (isRecord(fields) && typeof fields.client_assertion === 'string') assertion = fields.client_assertion
    const { authorization = '' } = headers
    // Of a long message only the beginning is told, so what is short comes first.
    const texts = [...textsIn(fields), authorization.replace('Bearer ', ''), authorization, body].filter(
      Boolean,
    )
    const earlier = seen.filter(text => !texts.includes(text))
    for (const text of texts) if (!seen.includes(text)) seen.push(text)
    const struck = isAt(place, line, lines)
    if (struck) strikes++
    const act = struck ? fault.act({ texts, earlier, line, before }) : 'pass'

    if (act === 'silent') return
    if (act === 'closed') return void request.socket.destroy()
    if (act === 'reset') return void request.socket.resetAndDestroy()
    if (typeof act === 'object' && 'raw' in act) return void request.socket.end(act.raw)
    const given = typeof act === 'object' && 'status' in act ? act : undefined
    if (given && !given.delivered) return write(response, given)
    const passed = await pass(line, authorization, body)
    if (act === 'closed after it was done') return void request.socket.destroy()
    if (act === 'reset after it was done') return void request.socket.resetAndDestroy()
    if (typeof act === 'object' && 'rewrite' in act && passed.status === 200)
      return write(response, { ...passed, body: JSON.stringify(act.rewrite(JSON.parse(passed.body))) })
    write(response, given ?? passed)
  }

  async function pass(line: string, authorization: string, body: string): Promise<Answer> {
    const [method = '', url = ''] = line.split(' ')
    if (url === '/oauth/token') return { status: 200, body: JSON.stringify({ access_token: ISSUED }) }
    const own = await fetch(`${tenant.url}${url}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== '' && { body }),
    })
    return { status: own.status, body: await own.text() }
  }

  function write(response: ServerResponse, { status, body, headers = {}, reason }: Answer): void {
    if (reason === undefined) response.writeHead(status, headers)
    else response.writeHead(status, reason, headers)
    response.end(status === 204 ? undefined : body)
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Whether there was a request in that place. */
    struck: () => strikes > 0,
    /** What is secret and comes about only in the run. */
    secrets: (): Record<string, string> => (assertion === '' ? {} : { 'client assertion': assertion }),
  }
}

function isAt(place: Place | 'nowhere' | 'everywhere', line: string, lines: readonly string[]): boolean {
  const isRead = line.startsWith('GET ')
  const isToken = line.endsWith(' /oauth/token')
  const writes = lines.filter(other => !other.startsWith('GET ') && !other.endsWith(' /oauth/token'))
  switch (place) {
    case 'nowhere':
      return false
    case 'everywhere':
      return true
    case 'token':
      return isToken
    case 'reads':
      return isRead && writes.length === 0
    case 'read-back':
      return isRead && writes.length > 0
    case 'first write':
      return !isRead && !isToken && new Set(writes).size === 1
    case 'third write':
      return !isRead && !isToken && new Set(writes).size === 3
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
