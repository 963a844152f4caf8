/** What the tenant's subscription allows: the free plan has no Adaptive MFA and a narrow rate limit. */
export type Plan = 'free' | 'enterprise'

/** What kind of tenant the sandbox is: what decides an answer besides the settings it keeps. */
export interface Tenant {
  plan: Plan
  /** Whether the tenant starts with the Unified Phone Experience; a PATCH of the tenant settings can change it. */
  unifiedPhone: boolean
  /** Factors that the list of factors has besides Auth0's own. */
  extraFactors: readonly { name: string; enabled: boolean }[]
}
