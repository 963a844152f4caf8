import type { Resource } from '../resource.ts'

/** The tenant's own domains: there are none. */
export const customDomains: Resource = {
  path: '/custom-domains',
  operations: { GET: { scope: 'read:custom_domains', answer: () => ({ status: 200, body: [] }) } },
}
