import { STAND_ALONE_SWITCHES } from '../settings/factor.ts'
import type { Value } from '../settings/field.ts'
import { type State, valueAt } from '../settings/state.ts'
import type { Wanted } from './wanted.ts'

/** Whether users are locked out of a tenant: MFA is required, as far as is known, and nothing that stands alone is on. */
export function isLockedOut(at: (path: string) => Value | undefined): boolean {
  return at('policy') !== 'never' && !STAND_ALONE_SWITCHES.some(path => at(path) === true)
}

/** Whether that is what a run ends with. */
export function endsLockedOut(wanted: Wanted, state: State): boolean {
  return isLockedOut(path => wanted.get(path) ?? valueAt(state, path))
}
