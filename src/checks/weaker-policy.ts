import { entryAt } from '../settings/catalogue.ts'
import type { Value } from '../settings/field.ts'
import type { Check } from './check.ts'

/** P06. */
export const weakerPolicy: Check = {
  id: 'P06',
  title: 'The policy becomes weaker',
  severities: ['confirm'],
  why: 'Logins that need a second factor today may not need one after the run.',
  remedy: 'Confirm that it is meant, or leave the policy as it is.',

  judge: ({ before, after }) => {
    const from = before('policy')
    const to = after('policy')
    if (from === undefined || to === undefined || !isWeaker(from, to)) return []
    const message = `The policy goes from ${word(from)} to ${word(to)}: logins that need a second factor today may need none. Confirm that this is meant.`
    return [{ severity: 'confirm', path: 'policy', message }]
  },
}

/** A policy that this version does not know may require as much as any. */
function isWeaker(from: Value, to: Value): boolean {
  if (Array.isArray(from)) return !Array.isArray(to) && to !== 'always'
  return entryAt('policy')?.field.loosens?.(from, to) ?? false
}

function word(policy: Value): string {
  return Array.isArray(policy) ? policy.join(', ') : String(policy)
}
