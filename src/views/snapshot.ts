import type { Plan } from '../plan/plan.ts'

/** The comment at the top of a snapshot: what it is, how to go back, and what it cannot bring back. */
export function snapshotHead({ tenant, changes, state }: Plan, now: number): string[] {
  const secrets = state.catalogue.entries
    .filter(({ field, setting }) => field.secret && (state.readings.has(setting) || !setting.read))
    .map(({ path }) => path)
    .filter(path => changes.some(change => change.path === path))
  const unset = changes.filter(({ before, secret }) => before === null && !secret).map(({ path }) => path)
  return [
    `What mfa-config read of ${tenant} at ${new Date(now).toISOString()}, before it wrote.`,
    'To go back: mfa-config apply -c THIS_FILE',
    ...(secrets.length > 0 ? [`It cannot restore secrets: ${secrets.join(', ')}.`] : []),
    ...(unset.length > 0 ? [`It cannot take away what was not set before: ${unset.join(', ')}.`] : []),
  ]
}
