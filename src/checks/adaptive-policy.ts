import type { Check } from './check.ts'

const RISK = ['risk.enabled', 'risk.new_device.remember_for']

/** P02. Auth0's documentation on Adaptive MFA; deploy-cli issue 1493 for the refusal. */
export const adaptivePlan: Check = {
  id: 'P02',
  title: 'Adaptive MFA or its risk assessment is asked for',
  severities: ['warning'],
  why: 'Both belong to Enterprise plans with the Adaptive MFA add-on; other tenants refuse them. A tenant that shows its risk assessment, or is adaptive already, has them.',
  remedy: "Make sure that the tenant's plan has the add-on.",

  judge: ({ config: { values }, before }) => {
    const path = values.get('policy') === 'adaptive' ? 'policy' : RISK.find(path => values.has(path))
    const hasIt = before('policy') === 'adaptive' || RISK.some(path => before(path) !== undefined)
    if (path === undefined || hasIt) return []
    const message =
      "Adaptive MFA and its risk assessment need an Enterprise plan with the Adaptive MFA add-on; a tenant without it refuses them. Make sure that the tenant's plan has it."
    return [{ severity: 'warning', path, message }]
  },
}

/** P03. Auth0's documentation: "Adaptive MFA". */
export const adaptiveUsers: Check = {
  id: 'P03',
  title: 'The policy is adaptive, and some users may have no e-mail address',
  severities: ['warning'],
  why: 'Adaptive MFA blocks a risky login of a user who has no e-mail address, such as one who logs in by SMS without a password.',
  remedy: 'Make sure that every user has an e-mail address, or use the policy always.',

  judge: ({ after }) => {
    if (after('policy') !== 'adaptive') return []
    const message =
      'With the policy adaptive, a risky login of a user without an e-mail address is blocked (passwordless by SMS, for one). Make sure that every user has one, or use always.'
    return [{ severity: 'warning', path: 'policy', message }]
  },
}
