import * as z from 'zod/mini'
import type { JsonObject } from './json.ts'
import { issueToken, tokenLifetime } from './token.ts'

const text = z.optional(z.string())
const Request = z.object({
  grant_type: text,
  client_id: text,
  client_secret: text,
  client_assertion: text,
  client_assertion_type: text,
  scope: text,
})

/** A request for a token: its body as text, and what is known from elsewhere. */
export interface TokenRequest {
  body: string
  /** A form (application/x-www-form-urlencoded) rather than JSON. */
  form: boolean
  /** The sandbox's own URL with a slash at the end. */
  issuer: string
  /** The scopes of a token for which none are asked. */
  scopes: readonly string[]
  /** Milliseconds since the epoch. */
  time: number
}

/**
 * Answers POST /oauth/token: the client credentials grant with a secret or an assertion, any of which is accepted.
 * Errors have the shape of Auth0's Authentication API, which is not that of the Management API.
 */
export function answerTokenRequest(request: TokenRequest): {
  status: 200 | 400 | 401 | 403
  body: JsonObject
} {
  const parsed = Request.safeParse(fieldsOfBody(request))
  if (!parsed.success) {
    // Assumption: the words; only well-formed requests were recorded.
    return {
      status: 400,
      body: { error: 'invalid_request', error_description: 'The body is not a token request' },
    }
  }
  const { grant_type: grant, client_id: client, scope } = parsed.data
  if (grant !== 'client_credentials') {
    const error_description = `Grant type '${grant ?? ''}' not allowed for the client.`
    return { status: 403, body: { error: 'unauthorized_client', error_description } }
  }
  const { client_secret: secret, client_assertion: assertion, client_assertion_type: kind } = parsed.data
  if (!(client && secret) && !(assertion && kind)) {
    return { status: 401, body: { error: 'access_denied', error_description: 'Unauthorized' } }
  }
  const granted = scope?.trim() || request.scopes.join(' ')
  const claims = { issuer: request.issuer, subject: `${client ?? 'sandbox'}@clients`, scope: granted }
  const access_token = issueToken(claims, request.time)
  return {
    status: 200,
    body: { access_token, scope: granted, expires_in: tokenLifetime, token_type: 'Bearer' },
  }
}

/** The body's fields; undefined where it is neither JSON nor a form. */
function fieldsOfBody({ body, form }: TokenRequest): unknown {
  if (form) return Object.fromEntries(new URLSearchParams(body))
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
