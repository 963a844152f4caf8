import * as z from 'zod/mini'
import { ApiError } from '../errors.ts'
import { inOrder, type JsonObject } from '../json.ts'
import { liquidProblem } from '../liquid.ts'
import { setting } from '../setting.ts'
import { legacyPhone } from './legacy-phone.ts'

const names = ['enrollment_message', 'verification_message']

/** The 400 of Auth0's OpenAPI for a template that is not Liquid. Assumption: the details, and that it has no code. */
function refuseUnbalanced(body: JsonObject): void {
  for (const name of names) {
    const problem = liquidProblem(String(body[name]))
    if (problem !== undefined) throw new ApiError(400, `Invalid ${name} template: ${problem}.`)
  }
}

/**
 * The texts of the phone's messages. Empty texts are kept (recorded). Before the first write sms/ answers 204 (the
 * newer recordings). Assumption: phone/ answers an empty object, since Auth0's OpenAPI has no 204 for it.
 */
export const phoneTemplates = (['phone', 'sms'] as const).map(twin =>
  setting({
    ...legacyPhone(twin, 'templates'),
    ...(twin === 'phone' && { unset: {} }),
    shown: kept => inOrder(names, kept),
    put: z.strictObject({ enrollment_message: z.string(), verification_message: z.string() }),
    check: refuseUnbalanced,
  }),
)
