import type { Check } from './check.ts'

/** P10. Auth0's documentation: choosing Adaptive turns the assessment on by itself ("Enable MFA"). */
export const adaptiveRisk: Check = {
  id: 'P10',
  title: 'The policy is adaptive and the file turns the risk assessment off',
  severities: ['error'],
  why: 'Choosing Adaptive MFA turns the risk assessment on, so such a file would be at odds with the tenant after every run.',
  remedy: 'Leave risk.enabled out or set it to true, or choose another policy.',

  judge: ({ config, after }) => {
    if (after('policy') !== 'adaptive' || config.values.get('risk.enabled') !== false) return []
    const message =
      'The policy is adaptive, which turns the risk assessment on, and the file turns it off. Leave risk.enabled out, or choose another policy.'
    return [{ severity: 'error', path: 'risk.enabled', message }]
  },
}
