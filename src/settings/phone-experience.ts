import * as z from 'zod/mini'
import { once } from '../once.ts'
import { type Lookup, lookup } from './lookup.ts'
import { tenantSettings } from './scopes.ts'

/**
 * Where a tenant keeps the provider and the texts of its phone messages: `legacy` under Guardian, `unified` under
 * Branding › Phone, shared with passwordless login.
 */
export type PhoneExperience = 'legacy' | 'unified'

const settings = once(() =>
  z.looseObject({ phone_consolidated_experience: z.optional(z.nullable(z.boolean())) }),
)

/** Which of the two a tenant has. The Terraform provider: new tenants are unified, and the flag may be absent there. */
export const phoneExperience: Lookup<PhoneExperience> = lookup<PhoneExperience>({
  path: '/tenants/settings',
  scope: tenantSettings.read,
  decode: answer => {
    const parsed = settings().safeParse(answer)
    if (!parsed.success) return undefined
    return parsed.data.phone_consolidated_experience === false ? 'legacy' : 'unified'
  },
})
