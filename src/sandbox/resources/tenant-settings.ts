import * as z from 'zod/mini'
import { selected } from '../fields.ts'
import { fieldsOf, inOrder, isObject, type JsonObject } from '../json.ts'
import type { Resource } from '../resource.ts'
import type { Kept } from '../state.ts'
import type { Tenant } from '../tenant.ts'
import { notEmpty } from '../validation.ts'

const path = '/tenants/settings'
const flag = z.optional(z.boolean())
const hours = z.optional(z.int().check(z.gte(1)))
const countryCode = z.string().check(z.regex(/^[A-Z]{2}$/))

/** The fields of Auth0's OpenAPI that bear on MFA, in the order recorded; a tenant has many more. */
const fields = {
  acr_values_supported: z.optional(z.nullable(z.array(z.string()))),
  flags: z.optional(
    z.strictObject({
      disable_management_api_sms_obfuscation: flag,
      mfa_show_factor_list_on_enrollment: flag,
    }),
  ),
  guardian_mfa_page: z.optional(z.nullable(z.strictObject({ enabled: flag, html: z.optional(z.string()) }))),
  session_lifetime: hours,
  idle_session_lifetime: hours,
  customize_mfa_in_postlogin_action: z.optional(z.nullable(z.boolean())),
  phone_consolidated_experience: flag,
  session_cookie: z.optional(z.nullable(z.strictObject({ mode: z.enum(['persistent', 'non-persistent']) }))),
  country_codes: z.optional(
    z.nullable(
      z.strictObject({
        list: z.optional(z.array(countryCode)),
        mode: z.optional(z.enum(['allow', 'deny'])),
      }),
    ),
  ),
}

/** Assumption: the flags' values on a new tenant. What is absent here is absent until it is set. */
const fresh: JsonObject = {
  acr_values_supported: [],
  flags: { disable_management_api_sms_obfuscation: true, mfa_show_factor_list_on_enrollment: false },
  guardian_mfa_page: { enabled: false },
  session_cookie: { mode: 'persistent' },
}

/** Whether the tenant has the Unified Phone Experience: as set through the API, else as it was started. */
export function hasUnifiedPhone(kept: Kept, { unifiedPhone }: Tenant): boolean {
  const set = kept.get(path)?.phone_consolidated_experience
  return typeof set === 'boolean' ? set : unifiedPhone
}

function shown(kept: Kept, tenant: Tenant): JsonObject {
  const settings = {
    ...(kept.get(path) ?? fresh),
    phone_consolidated_experience: hasUnifiedPhone(kept, tenant),
  }
  return inOrder(Object.keys(fields), settings)
}

/** Recorded: flags merge; so does the page, unless it is sent empty, which empties it; null removes the field. */
function patched(before: JsonObject, body: JsonObject): JsonObject {
  const after = { ...before, ...body }
  if (body.flags) after.flags = { ...fieldsOf(before.flags), ...fieldsOf(body.flags) }
  const page = body.guardian_mfa_page
  if (isObject(page) && Object.keys(page).length > 0) {
    after.guardian_mfa_page = { ...fieldsOf(before.guardian_mfa_page), ...page }
  }
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null))
}

/** The tenant's own settings. Assumption: PATCH answers with all of them, as Auth0's OpenAPI has it. */
export const tenantSettings: Resource = {
  path,
  operations: {
    GET: {
      scope: 'read:tenant_settings',
      answer: ({ kept, tenant, query }) => ({ status: 200, body: selected(shown(kept, tenant), query) }),
    },
    PATCH: {
      scope: 'update:tenant_settings',
      body: z.strictObject(fields).check(notEmpty),
      answer: ({ kept, tenant }, body) => {
        kept.set(path, patched(kept.get(path) ?? fresh, fieldsOf(body)))
        return { status: 200, body: shown(kept, tenant) }
      },
    },
  },
}
