import { duration } from './duration.ts'
import { integer } from './field.ts'

/**
 * Length and life of the codes that a factor sends. Bounds 4–10 and 30–3600 s: the Terraform provider's and the
 * documentation's changes of 2026; defaults: the API reference's examples.
 */
export const oneTimeCode = {
  otp_length: integer({ description: 'Digits of a code', min: 4, max: 10, default: 6, example: 6 }),
  otp_expiration_time: duration({
    description: 'How long a code is valid',
    min: 30,
    max: 3600,
    default: 300,
    example: '5m',
  }),
}
