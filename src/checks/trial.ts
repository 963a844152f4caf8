import type { Check } from './check.ts'
import { SWITCHES, switchOf } from './file.ts'
import { expiredTrials } from './lookups.ts'

/** F09. Auth0's OpenAPI description: `trial_expired` of a factor, which the factors' answer carries. */
export const trial: Check = {
  id: 'F09',
  title: 'The trial of a factor that is on has expired',
  severities: ['error'],
  why: 'Auth0 sends no more messages for a factor whose trial is over: its users cannot log in.',
  remedy: "Add the factor to the tenant's plan, or switch it off.",

  asks: ({ config: { values } }) =>
    SWITCHES.filter(({ path }) => values.get(path) === true).map(({ path }) => ({
      lookup: expiredTrials,
      path,
    })),

  judge: ({ after, asked }) =>
    (asked(expiredTrials) ?? [])
      .filter(name => after(switchOf(name)) === true)
      .map(name => ({
        severity: 'error',
        path: switchOf(name),
        message: `The trial of ${name} has expired, and Auth0 sends nothing for it any more. Add it to the tenant's plan, or switch it off.`,
      })),
}
