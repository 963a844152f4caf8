import * as z from 'zod/mini'
import { withNulls } from '../json.ts'
import { setting } from '../setting.ts'

const readable = [
  'aws_access_key_id',
  'aws_region',
  'sns_apns_platform_application_arn',
  'sns_gcm_platform_application_arn',
]
const text = z.string().check(z.minLength(1), z.maxLength(1000))
/** The regions that Auth0's OpenAPI allows. */
const region = /^(?:(?:us-(?:east|west)|ap-(?:southeast|northeast|central)|eu-(?:west|central))-[0-9]{1,2})$/
const schema = z.strictObject({
  aws_access_key_id: z.optional(z.nullable(text)),
  aws_secret_access_key: z.optional(z.nullable(text)),
  aws_region: z.optional(z.nullable(text.check(z.regex(region)))),
  sns_apns_platform_application_arn: z.optional(z.nullable(text)),
  sns_gcm_platform_application_arn: z.optional(z.nullable(text)),
})

/**
 * Amazon's push service. GET never shows the secret, PUT returns it (recorded). Assumption: PUT clears what it is not
 * sent, the secret included, and GET shows null for it.
 */
export const sns = setting({
  path: '/guardian/factors/push-notification/providers/sns',
  scopeOf: 'guardian_factors',
  unset: {},
  shown: kept => withNulls(readable, kept),
  put: schema,
  patch: schema,
  writeOnly: ['aws_secret_access_key'],
})
