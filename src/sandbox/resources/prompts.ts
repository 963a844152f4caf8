import * as z from 'zod/mini'
import { inOrder, type JsonObject } from '../json.ts'
import { setting } from '../setting.ts'
import { notEmpty } from '../validation.ts'

const names = ['universal_login_experience', 'identifier_first', 'webauthn_platform_first_factor']
const flag = z.optional(z.nullable(z.boolean()))
/** As recorded, without the third field. Assumption: so it is on a new tenant. */
const unset: JsonObject = { universal_login_experience: 'new', identifier_first: true }
const shown = (kept: JsonObject) => inOrder(names, { ...unset, ...kept })

/** The login pages. Assumption: PATCH answers with all of it (Auth0's OpenAPI), and null brings the default back. */
export const prompts = setting({
  path: '/prompts',
  scopeOf: 'prompts',
  unset,
  shown,
  patch: z
    .strictObject({
      universal_login_experience: z.optional(z.enum(['new', 'classic'])),
      identifier_first: flag,
      webauthn_platform_first_factor: flag,
    })
    .check(notEmpty),
  answered: (_, kept) => shown(kept),
})
