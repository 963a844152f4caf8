import type { Fault } from '../../support/faults.ts'

/** One thing that can go wrong with a request. */
export interface Kind {
  readonly name: string
  /**
   * `refused`: the tenant says no to this request; `unauthorised`: to every request; `limited`: it takes no more for
   * now; `failed`: an answer that does not say whether it acted; `dropped`: the connection was closed; `silent`: no
   * answer in time.
   */
  readonly sort: 'refused' | 'unauthorised' | 'limited' | 'failed' | 'dropped' | 'silent'
  readonly spoil: Pick<Fault, 'answer' | 'closed' | 'cut' | 'silent' | 'delivered'>
  /** How long it lasts; absent: for just the one request. */
  readonly lasting?: Fault['lasting']
}

/** Recorded bodies of the Management API, key by key in its order. */
function refusal(statusCode: number, error: string, message: string, errorCode?: string): Fault['answer'] {
  const body = JSON.stringify({ statusCode, error, message, ...(errorCode && { errorCode }) })
  return { status: statusCode, body, type: 'application/json; charset=utf-8' }
}

function refused(name: string, answer: Fault['answer']): Kind {
  return { name, sort: answer?.status === 401 ? 'unauthorised' : 'refused', spoil: spoilWith(answer) }
}

function spoilWith(answer: Fault['answer']): Kind['spoil'] {
  return { ...(answer && { answer }) }
}

const forbidden = (message: string, errorCode: string): Fault['answer'] =>
  refusal(403, 'Forbidden', message, errorCode)

const SCOPE = refused(
  '403 of a missing scope',
  forbidden('Insufficient scope, expected any of: update:guardian_factors', 'insufficient_scope'),
)
const EXPIRED = refused(
  '401',
  refusal(401, 'Unauthorized', 'Expired token received for JSON Web Token validation', 'invalid_token'),
)

const REFUSALS: readonly Kind[] = [
  refused(
    '400',
    refusal(400, 'Bad Request', "Payload validation error: 'Array items are not unique'.", 'invalid_body'),
  ),
  refused(
    '400 of unknown keys',
    refusal(
      400,
      'Bad Request',
      "Payload validation error: 'Additional properties not allowed: second_setting,first_setting' on property settings (Specific provider setting).",
      'invalid_body',
    ),
  ),
  EXPIRED,
  { ...EXPIRED, lasting: 'every' },
  SCOPE,
  { ...SCOPE, lasting: 'every' },
  refused(
    '403 of an entitlement',
    forbidden('Please upgrade your subscription to use bot detection', 'insufficient_entitlement'),
  ),
  refused(
    '403 of an entitlement with the code of a scope',
    forbidden('Please upgrade your subscription to enable Akamai Signals.', 'insufficient_scope'),
  ),
  refused(
    '403 of a deprecated phone endpoint',
    forbidden(
      'Insufficient privileges to use this deprecated feature. To handle Phone Provider/Templates refer to Tenant Phone Settings',
      'legacy_mfa_phone_provider_not_allowed',
    ),
  ),
  refused(
    '403 of a disabled endpoint',
    forbidden('This endpoint is disabled for your tenant.', 'voice_mfa_not_allowed'),
  ),
  refused(
    '403 of something else',
    forbidden(
      'This feature requires at least one custom domain to be configured for the tenant.',
      'operation_not_supported',
    ),
  ),
  refused('404', refusal(404, 'Not Found', 'Not Found')),
  refused(
    '409',
    refusal(409, 'Conflict', 'An email provider is already configured: mandrill', 'email_provider_conflict'),
  ),
]

const LIMITED = spoilWith(
  refusal(429, 'Too Many Requests', 'Global limit has been reached', 'too_many_requests'),
)
const FAILED = spoilWith({ status: 500, body: '{"statusCode":500,"error":"Internal Server Error"}' })
const BROKEN = spoilWith({ status: 200, body: '{"enabled":tr' })

/** Everything that is put in the way of a request. What happens after the tenant acted is for requests that make it act. */
export function kindsFor(method: string): Kind[] {
  const acting = method === 'GET' ? [] : [true]
  const moments = [false, ...acting]
  const when = (delivered: boolean): string =>
    method === 'GET' ? '' : delivered ? ' after it acted' : ' before it acted'
  const all = [undefined, 'same', 'every'] as const
  const lastingKinds = (name: string, sort: Kind['sort'], spoil: Kind['spoil']): Kind[] =>
    all.map(lasting => ({ name, sort, spoil, ...(lasting && { lasting }) }))
  return [
    ...REFUSALS,
    ...lastingKinds('429', 'limited', LIMITED),
    ...lastingKinds('half an answer', 'dropped', { cut: true, delivered: true }),
    ...moments.flatMap(delivered => [
      ...lastingKinds(`500${when(delivered)}`, 'failed', { ...FAILED, delivered }),
      ...lastingKinds(`200 that is no JSON${when(delivered)}`, 'failed', { ...BROKEN, delivered }),
      ...lastingKinds(`connection closed${when(delivered)}`, 'dropped', { closed: true, delivered }),
      ...lastingKinds(`no answer${when(delivered)}`, 'silent', { silent: true, delivered }),
    ]),
  ]
}

/** A kind in words, with how long it lasts. */
export function titleOf({ name, lasting }: Kind): string {
  return lasting === undefined
    ? `${name}, once`
    : `${name}, for ever${lasting === 'every' ? ' and for every request' : ''}`
}
