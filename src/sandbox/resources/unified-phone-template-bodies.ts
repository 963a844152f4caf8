import * as z from 'zod/mini'
import { notEmpty } from '../validation.ts'

const disabled = z.optional(z.boolean())
const text = z.optional(z.string().check(z.minLength(1), z.maxLength(20_000)))
const number = z.string().check(z.minLength(1), z.maxLength(16))
const content = {
  from: z.optional(number),
  body: z.optional(z.strictObject({ text, voice: text }).check(notEmpty)),
}

/** A new phone template. Assumption: its type is required, though Auth0's OpenAPI does not say so. */
export const creation = z.strictObject({
  type: z.enum(['otp_verify', 'otp_enroll', 'change_password', 'blocked_account', 'password_breach']),
  disabled,
  content: z.optional(z.strictObject({ syntax: z.optional(z.string()), ...content }).check(notEmpty)),
})

/** What is to change of one. */
export const update = z.strictObject({
  disabled,
  content: z.optional(z.strictObject(content).check(notEmpty)),
})

/** Where to send a test message, and how. */
export const testMessage = z.looseObject({
  to: number,
  delivery_method: z.optional(z.enum(['text', 'voice'])),
})
