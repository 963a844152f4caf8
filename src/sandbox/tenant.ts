/** What the tenant's subscription allows: the free plan has no Adaptive MFA and a narrow rate limit. */
export type Plan = 'free' | 'enterprise'

/** An Action that is deployed and, where its trigger's Actions are bound, bound to it. */
export interface DeployedAction {
  /** Such as `post-login`, `custom-phone-provider` or `custom-email-provider`. */
  trigger: string
  name: string
  /** Default: an Action that does nothing. */
  code?: string
}

/** What kind of tenant the sandbox is: what decides an answer besides the settings it keeps. */
export interface Tenant {
  plan: Plan
  /** Whether the tenant starts with the Unified Phone Experience; a PATCH of the tenant settings can change it. */
  unifiedPhone: boolean
  /** Factors that the list of factors has besides Auth0's own. */
  extraFactors: readonly { name: string; enabled: boolean }[]
  /** Its Actions, those of one trigger in the order in which they run. */
  actions: readonly DeployedAction[]
}

/** The tenant's name, where an answer has it. */
export const tenantName = 'sandbox'

/** Whether an Action of this trigger is deployed. */
export function hasAction({ actions }: Tenant, trigger: string): boolean {
  return actions.some(action => action.trigger === trigger)
}
