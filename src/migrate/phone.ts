import { isRecord } from '../record.ts'
import type { DeployCliTenant } from './deploy-cli.ts'
import { legacyPhoneOf } from './legacy-phone.ts'
import { isLost, type Said, saidBy } from './said.ts'
import { unifiedPhoneOf } from './unified-phone.ts'

const FLAG = 'phone_consolidated_experience'

/**
 * The phone. Message types and code lengths are where they are on every tenant; the provider, its account and the texts
 * are taken from the sections that this kind of tenant has.
 */
export function phoneOf(tenant: DeployCliTenant): Said[] {
  const { guardianPhoneFactorMessageTypes: types } = tenant.sections
  return [
    ...saidBy('guardianPhoneFactorMessageTypes', types, {
      message_types: { path: 'factors.phone.message_types' },
    }),
    ...providerAndTexts(tenant),
  ]
}

function providerAndTexts(tenant: DeployCliTenant): Said[] {
  const legacy = legacyPhoneOf(tenant)
  const unified = unifiedPhoneOf(tenant)
  if (isUnified(tenant, legacy)) {
    return [
      ...unified,
      ...unused(legacy, 'with the unified phone experience phoneProviders and phoneTemplates count'),
    ]
  }
  return [...legacy, ...unused(unified, `without ${FLAG} it concerns passwordless login alone`)]
}

/**
 * The tenant's flag decides. Assumption: where an export does not have it, a phone provider of Branding is there only
 * with the unified experience, or where nothing else is.
 */
function isUnified({ sections }: DeployCliTenant, legacy: readonly Said[]): boolean {
  const { tenant, phoneProviders } = sections
  const flag = isRecord(tenant) ? tenant[FLAG] : undefined
  if (typeof flag === 'boolean') return flag
  return legacy.every(isLost) || (Array.isArray(phoneProviders) && phoneProviders.length > 0)
}

/** What is of the other kind of tenant, each item once. */
function unused(said: readonly Said[], why: string): Said[] {
  const items = new Set(said.filter(one => !isLost(one)).map(itemOf))
  const others = said.filter(one => !items.has(itemOf(one)))
  return [...[...items].map(from => ({ from, why })), ...others]
}

/** The section, and the item of its list, that something stands in. */
function itemOf({ from }: Said): string {
  return /^\w+(?: \([^)]*\))?/.exec(from)?.[0] ?? from
}
