import * as z from 'zod/mini'
import { inOrder } from '../json.ts'
import { setting } from '../setting.ts'
import { notOfFormat } from '../validation.ts'

const text = z.string().check(z.maxLength(10_000))
const secret = text.check(z.refine(key => key !== '', notOfFormat('non-empty-string')))
const schema = z.strictObject({ ikey: z.optional(text), skey: z.optional(secret), host: z.optional(text) })

/** The account at Duo. GET shows the secret key in clear (28 recordings). Assumption: it is empty when never set. */
export const duo = setting({
  path: '/guardian/factors/duo/settings',
  scopeOf: 'guardian_factors',
  unset: {},
  shown: kept => inOrder(['ikey', 'skey', 'host'], kept),
  put: schema,
  patch: schema,
  secrets: ['skey'],
})
