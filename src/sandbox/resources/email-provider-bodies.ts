import * as z from 'zod/mini'
import { notEmpty } from '../validation.ts'

const services = [
  'mailgun',
  'mandrill',
  'sendgrid',
  'resend',
  'ses',
  'sparkpost',
  'smtp',
  'azure_cs',
  'ms365',
  'custom',
]
const name = z.enum(services)
const text = z.optional(z.string().check(z.minLength(1)))
/** Assumption: which service has which of them is not looked at. */
const credentials = z.strictObject({
  api_key: text,
  accessKeyId: text,
  secretAccessKey: text,
  region: z.optional(z.nullable(z.string())),
  domain: text,
  smtp_host: text,
  smtp_port: z.optional(z.int()),
  smtp_user: text,
  smtp_pass: text,
  connectionString: text,
  tenantId: text,
  clientId: text,
  clientSecret: text,
})
const others = {
  enabled: z.optional(z.boolean()),
  default_from_address: z.optional(z.string()),
  settings: z.optional(z.nullable(z.looseObject({}))),
}

/** A new email provider. */
export const creation = z.strictObject({ name, credentials, ...others })

/** What is to change of it. */
export const update = z
  .strictObject({ name: z.optional(name), credentials: z.optional(credentials), ...others })
  .check(notEmpty)
