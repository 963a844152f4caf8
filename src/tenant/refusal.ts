import { type ErrorCode, LostAnswer, UserError } from '../errors.ts'
import { isRecord } from '../record.ts'

/** What the API said when it did not do what it was asked. */
export interface Refusal {
  readonly status: number
  readonly message: string
  readonly errorCode: string
}

/** Of a longer message, only so many characters say something. */
const LONGEST = 2000

/** Reads the API's error body, `{statusCode, error, message, errorCode}`; newer parts of the API leave the last out. */
export function parseRefusal(status: number, body: string): Refusal {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    parsed = undefined
  }
  const { message, errorCode } = isRecord(parsed) ? parsed : {}
  return {
    status,
    // On one line, and nothing in it that acts on a terminal.
    message:
      typeof message === 'string'
        ? message
            .slice(0, LONGEST)
            .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
            .trim()
        : '',
    errorCode: typeof errorCode === 'string' ? errorCode : '',
  }
}

/** The API has refused, with this HTTP status. */
export class RefusedError extends UserError {
  readonly status: number

  constructor(code: ErrorCode, message: string, status: number) {
    super(code, message)
    this.status = status
  }
}

const SCOPE = /^Insufficient scope, expected any of: (.+)$/
const ENTITLEMENT = /upgrade your subscription|not entitled/i
const UNIFIED_PHONE = /deprecated feature/i
const DISABLED = /disabled for your tenant|not enabled for this tenant/i

/**
 * Tells the refusals apart, by the message before the code: an entitlement's 403 can carry the code
 * `insufficient_scope` (recorded). `what` is the request, such as `GET /guardian/policies`.
 */
export function explainRefusal(what: string, refusal: Refusal): UserError {
  const [code, sentence] = classify(refusal)
  const message = `${what}: ${sentence}`
  const isLost = refusal.status === 408 || refusal.status > 499
  return isLost ? new LostAnswer(code, message) : new RefusedError(code, message, refusal.status)
}

function classify({ status, message, errorCode }: Refusal): [ErrorCode, string] {
  const said = message ? ` ("${message}")` : ''
  if (status === 401) return ['credentials_rejected', `the tenant does not accept the access token${said}.`]
  if (status === 429)
    return ['rate_limited', 'the tenant takes no more requests for now. Try again in a minute.']
  if (status !== 403) return ['api_error', `the API answered ${status}${said}.`]
  const scope = SCOPE.exec(message)?.[1]
  if (scope) {
    return [
      'scope_missing',
      `the token lacks the scope ${scope}. Grant it to the application for the Management API.`,
    ]
  }
  if (ENTITLEMENT.test(message) || /entitle/.test(errorCode)) {
    return ['not_entitled', `the tenant's plan does not include this${said}.`]
  }
  if (UNIFIED_PHONE.test(message) || errorCode.startsWith('legacy_mfa_phone')) {
    return [
      'feature_disabled',
      'this tenant has no such endpoint any more: with the unified phone experience, provider and templates live under Branding › Phone. They are looked for there where /tenants/settings can be read (scope read:tenant_settings) and says so.',
    ]
  }
  if (DISABLED.test(message) || /_not_(allowed|enabled)$/.test(errorCode)) {
    return ['feature_disabled', `this is switched off for the tenant${said}.`]
  }
  if (errorCode === 'insufficient_scope') return ['scope_missing', `the token lacks a scope${said}.`]
  return ['api_error', `the API answered 403${said}.`]
}
