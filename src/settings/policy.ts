import * as z from 'zod/mini'
import { parseAnswer } from '../tenant/answer.ts'
import { ADAPTIVE_MFA } from './entitlements.ts'
import type { Field, Value } from './field.ts'
import type { Values } from './reading.ts'
import { mfaPolicies } from './scopes.ts'
import { setting } from './setting.ts'

const POLICIES = '/guardian/policies'
type Policy = 'never' | 'adaptive' | 'always'
const STRENGTH: readonly Value[] = ['never', 'adaptive', 'always']
/** The API's words, accepted in the file too. */
const API_NAMES = { adaptive: 'confidence-score', always: 'all-applications' } as const

const field: Field<Policy> = {
  kind: 'text',
  description:
    'When MFA is required: at every login, when a login looks risky (Adaptive MFA, an add-on of Enterprise plans), or never',
  default: 'never',
  example: 'always',
  expects: 'one of always, adaptive, never',
  schema: z.pipe(
    z.enum(['always', 'adaptive', 'never', API_NAMES.always, API_NAMES.adaptive]),
    z.transform((given: Policy | (typeof API_NAMES)[keyof typeof API_NAMES]): Policy => {
      if (given === API_NAMES.always) return 'always'
      return given === API_NAMES.adaptive ? 'adaptive' : given
    }),
  ),
  loosens: (before, after) => STRENGTH.indexOf(after) < STRENGTH.indexOf(before),
}

/** The tenant-wide MFA policy. The API's form is a list with at most one entry; recorded: an empty list is "never". */
export const policy = setting({
  at: '',
  fields: { policy: field },
  endpoint: POLICIES,
  scopes: mfaPolicies,
  entitlement: ADAPTIVE_MFA,
  get: async api => (await api.guardian()).policies.list(),
  put: async (api, { policy }) =>
    (await api.guardian()).policies.set(policy === 'never' ? [] : [API_NAMES[policy]]),
  decode: answer => ({ policy: decodePolicy(parseAnswer(POLICIES, z.array(z.string()), answer)) }),
  encode: (values: Values) => values,
})

function decodePolicy(list: readonly string[]): Value {
  if (list.length === 0) return 'never'
  if (list.length > 1) return list
  return field.schema.safeParse(list[0]).data ?? list
}
