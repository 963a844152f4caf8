/**
 * The scopes of the API's sections. Sources: Auth0's OpenAPI description for factors, policies, attack protection and
 * tenant settings and the unified phone; the Terraform provider for `/guardian/settings`.
 */
export const guardianFactors = { read: 'read:guardian_factors', update: 'update:guardian_factors' }
export const mfaPolicies = { read: 'read:mfa_policies', update: 'update:mfa_policies' }
export const tenantSettings = { read: 'read:tenant_settings', update: 'update:tenant_settings' }
export const phoneProviders = {
  read: 'read:phone_providers',
  create: 'create:phone_providers',
  update: 'update:phone_providers',
}
export const phoneTemplates = {
  read: 'read:phone_templates',
  create: 'create:phone_templates',
  update: 'update:phone_templates',
}
export const attackProtection = { read: 'read:attack_protection', update: 'update:attack_protection' }
/** Assumption: `/prompts/mfa-push` is in no OpenAPI description; its neighbours under `/prompts` need these. */
export const prompts = { read: 'read:prompts', update: 'update:prompts' }
