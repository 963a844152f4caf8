import { adaptiveRisk } from './adaptive-risk.ts'
import type { Check } from './check.ts'
import { dependentFactors } from './dependent-factors.ts'
import { lockOut } from './lock-out.ts'
import { recovery } from './recovery.ts'
import { unmentioned } from './unmentioned.ts'

/** Every check that this version makes. */
export const CHECKS: readonly Check[] = [lockOut, dependentFactors, recovery, unmentioned, adaptiveRisk]
