import * as z from 'zod/mini'
import { parseAnswer } from '../tenant/answer.ts'
import { toggle } from './field.ts'
import { tenantSettings } from './scopes.ts'
import { setting } from './setting.ts'

const showFactorList = toggle({
  description:
    'Whether users are shown all factors when they enrol (tenant flag mfa_show_factor_list_on_enrollment)',
  default: false,
  example: true,
})

const tenantFlags = z.looseObject({
  flags: z.optional(
    z.looseObject({ mfa_show_factor_list_on_enrollment: z.optional(z.nullable(z.boolean())) }),
  ),
})

/** The enrolment page. A tenant flag; recorded: a PATCH of one flag keeps the others. Assumption: absent means false. */
export const enrollment = setting({
  at: 'enrollment',
  about: 'The enrolment page',
  fields: { show_factor_list: showFactorList },
  endpoint: '/tenants/settings',
  scopes: tenantSettings,
  get: async api => (await api.tenants()).settings.get(),
  patch: async (api, { show_factor_list }) =>
    (await api.tenants()).settings.update({
      flags: { mfa_show_factor_list_on_enrollment: show_factor_list },
    }),
  decode: answer => {
    const { flags } = parseAnswer('/tenants/settings', tenantFlags, answer)
    return { show_factor_list: flags?.mfa_show_factor_list_on_enrollment ?? false }
  },
})
