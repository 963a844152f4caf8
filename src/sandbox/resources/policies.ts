import * as z from 'zod/mini'
import { insufficientEntitlement } from '../errors.ts'
import type { Resource } from '../resource.ts'
import { riskAssessment } from './risk-assessments.ts'

const path = '/guardian/policies'

/** When MFA is required: a bare list. It is kept as it was sent, whatever factors are on (226 recorded reads). */
export const policies: Resource = {
  path,
  operations: {
    GET: {
      scope: 'read:mfa_policies',
      answer: ({ kept }) => ({ status: 200, body: kept.get(path)?.policies ?? [] }),
    },
    PUT: {
      scope: 'update:mfa_policies',
      body: z.array(z.enum(['all-applications', 'confidence-score'])),
      answer: ({ kept, tenant }, body) => {
        const adaptive = Array.isArray(body) && body.includes('confidence-score')
        // Reported by users of Auth0's clients, with the code. Assumption: the feature's name.
        if (adaptive && tenant.plan === 'free') throw insufficientEntitlement('Adaptive MFA')
        kept.set(path, { policies: body })
        // Auth0's documentation: choosing Adaptive turns the risk assessment on. Assumption: it stays on afterwards.
        if (adaptive) kept.set(riskAssessment.path, { enabled: true })
        return { status: 200, body }
      },
    },
  },
}
