import * as z from 'zod/mini'
import { anyOf, notEmpty } from '../validation.ts'

const deliveryMethod = z.enum(['text', 'voice'])
const delivery_methods = z.array(deliveryMethod).check(z.minLength(1))
const text = z.optional(z.string())
const name = z.enum(['twilio', 'custom'])
const disabled = z.optional(z.boolean())

/** Which of the two it is does not depend on the name: a custom provider took Twilio's (recorded). */
const configuration = z.optional(
  anyOf(
    z.strictObject({ default_from: text, mssid: text, sid: z.string(), delivery_methods }),
    z.strictObject({ delivery_methods }),
  ),
)
const token = z.string().check(z.minLength(1), z.maxLength(255))
const credentials = anyOf(z.strictObject({ auth_token: token }), z.strictObject({}))

/** A new provider of the unified phone. Unknown fields pass, here alone (Auth0's OpenAPI). */
export const creation = z.looseObject({ name, disabled, configuration, credentials })

/** What is to change of one. */
export const update = z
  .strictObject({ name: z.optional(name), disabled, configuration, credentials: z.optional(credentials) })
  .check(notEmpty)

/** Where to send a test message, and how. */
export const testMessage = z.strictObject({
  to: z.string().check(z.minLength(1), z.maxLength(16)),
  delivery_method: z.optional(deliveryMethod),
})
