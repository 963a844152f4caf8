import * as z from 'zod/mini'
import { ApiError } from '../errors.ts'
import { inOrder, type JsonObject } from '../json.ts'
import { setting } from '../setting.ts'

const schema = z.strictObject({
  sandbox: z.optional(z.boolean()),
  bundle_id: z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(1000)))),
  p12: z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(10_000)))),
})
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Any base64 passes for a certificate. The message is that of Auth0's OpenAPI; assumption: it has no code. */
function refuseCertificate({ p12 }: JsonObject): void {
  if (typeof p12 !== 'string' || base64.test(p12.replace(/\s/g, ''))) return
  throw new ApiError(
    400,
    'The PKCS #12 file is invalid. Please ensure the client certificate is not expired, the environment matches, and the key and certificate are not encrypted with a deprecated algorithm.',
  )
}

/**
 * Apple's push service. Recorded: the certificate is never shown, not even by PUT; GET adds `enabled`.
 * Assumption: `enabled` says that there is a certificate; what was not sent shows as null, and `sandbox` as false.
 */
export const apns = setting({
  path: '/guardian/factors/push-notification/providers/apns',
  scopeOf: 'guardian_factors',
  unset: { enabled: false },
  shown: ({ bundle_id = null, sandbox = false, p12 = false }) => ({ bundle_id, sandbox, enabled: p12 }),
  put: schema,
  patch: schema,
  check: refuseCertificate,
  answered: body =>
    inOrder(
      Object.keys(body).filter(name => name !== 'p12'),
      body,
    ),
  writeOnly: ['p12'],
})
