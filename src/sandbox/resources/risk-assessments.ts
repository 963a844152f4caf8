import * as z from 'zod/mini'
import { insufficientEntitlement } from '../errors.ts'
import type { ApiRequest } from '../resource.ts'
import { setting } from '../setting.ts'

/** Reported by users of Auth0's clients, with the code. Assumption: the feature's name. */
function refuseOnFreePlan({ tenant }: ApiRequest): void {
  if (tenant.plan === 'free') throw insufficientEntitlement('risk assessments')
}

/** The assessment behind Adaptive MFA. */
export const riskAssessment = setting({
  path: '/risk-assessments/settings',
  scopeOf: 'attack_protection',
  refuse: refuseOnFreePlan,
  unset: { enabled: false },
  shown: kept => kept,
  patch: z.strictObject({ enabled: z.boolean() }),
})

/** For how many days a device is no longer new. */
export const newDevice = setting({
  path: '/risk-assessments/settings/new-device',
  scopeOf: 'attack_protection',
  refuse: refuseOnFreePlan,
  unset: { remember_for: 30 },
  shown: kept => kept,
  patch: z.strictObject({ remember_for: z.int().check(z.gte(1), z.lte(365)) }),
})
