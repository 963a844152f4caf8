import { LostAnswer, UserError } from '../errors.ts'

/** The error for a request that got no answer; its cause is Node's. */
export function unreachable(tenant: string, error: unknown, hide: (text: string) => string): UserError {
  const Kind = isSent(codeOf(error)) ? LostAnswer : UserError
  const told = new Kind('unreachable', `${tenant} cannot be reached: ${hide(reasonOf(error))}.`)
  told.cause = error
  return told
}

/** Whether the request may have reached the server: the connection was there, or what came back is no HTTP. */
function isSent(code: string): boolean {
  return ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_ENDLESS_ANSWER'].includes(code) || code.startsWith('HPE_')
}

/** Whether the connection was there and was lost, so that another try can succeed at once. */
export function isDropped(error: unknown): boolean {
  return error instanceof Error && DROPPED.has(codeOf(error.cause))
}

const DROPPED: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'EAI_AGAIN'])

const NO_TLS = 'it does not speak TLS; a sandbox on this machine is named with http://'
const UNTRUSTED = 'its certificate is not trusted; NODE_EXTRA_CA_CERTS can name an authority to trust'

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be looked up now',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  ETIMEDOUT: 'no answer came in time',
  ERR_ENDLESS_ANSWER: 'its answer does not end',
  EHOSTUNREACH: 'there is no way to it from here',
  ENETUNREACH: 'there is no way to it from here',
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is signed by itself; NODE_EXTRA_CA_CERTS can name one to trust',
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
}

/** Why there was no answer, in words where Node's code has a usual meaning. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error)
  if (code.startsWith('HPE_')) return 'it does not speak HTTP'
  return REASONS[code] ?? (code || (error instanceof Error ? error.message : 'no answer'))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
