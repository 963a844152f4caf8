import type { Plan } from '../plan/plan.ts'
import { printable } from './printable.ts'

/** The comment at the top of a snapshot: what it is, how to go back, and what it cannot bring back. */
export function snapshotHead({ tenant, environment, changes, writes, state }: Plan, now: number): string[] {
  const { entries, entryAt } = state.catalogue
  const changed = new Set(changes.map(({ path }) => path))
  // A secret that is never given back can be lost with any write to where it lives.
  const written = new Set(writes.map(({ setting }) => setting))
  const secrets = entries
    .filter(({ field, setting, path }) =>
      field.writeOnly
        ? written.has(setting) && state.readings.get(setting)?.configured !== false
        : field.secret && changed.has(path),
    )
    .map(({ path }) => path)
  const derived = [...changed].filter(path => entryAt(path)?.field.derived)
  const unset = changes.filter(({ before, secret }) => before === null && !secret).map(({ path }) => path)
  return [
    `What mfa-config read of ${tenant} at ${new Date(now).toISOString()}, before it wrote.`,
    `To go back: mfa-config restore THIS_FILE${environment === null ? '' : ` --env ${printable(environment)}`}`,
    ...(secrets.length > 0
      ? [`It cannot restore secrets: ${secrets.join(', ')}.`, 'Where a check misses one of them, add it.']
      : []),
    ...(derived.length > 0 ? [`It leaves as it will be: ${derived.join(', ')}.`] : []),
    ...(unset.length > 0 ? [`It cannot take away what was not set before: ${unset.join(', ')}.`] : []),
  ]
}
