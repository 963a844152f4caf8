import type { Catalogue } from '../settings/catalogue.ts'
import { STAND_ALONE_SWITCHES } from '../settings/factor.ts'
import { policy } from '../settings/policy.ts'
import { pathOf, type Request, type Setting } from '../settings/setting.ts'
import type { State } from '../settings/state.ts'
import type { Change } from './diff.ts'
import { endsLockedOut } from './lock-out.ts'
import { type Wanted, wantedOf } from './wanted.ts'

/** One write: everything that changes in one API resource. */
export interface Write {
  readonly setting: Setting
  readonly changes: readonly Change[]
}

/**
 * The writes that make the changes, in an order in which no moment between two of them is weaker than both ends:
 *
 * 1. what adds protection, or neither adds nor takes it, in the catalogue's order: what is needed before what needs it,
 *    the policy last;
 * 2. what takes protection away, the other way round: the policy first, what stands alone after what depends on it.
 *
 * So a requirement that is added precedes any that is taken away, a factor that replaces another is on before that one
 * goes off, and a policy never stands without a factor, unless it did before or the file asks for it: then at the end.
 */
export function order(changes: readonly Change[], wanted: Wanted, state: State): Write[] {
  const { settings, entryAt } = state.catalogue
  const writes = settings
    .map(setting => ({
      setting,
      changes: changes.filter(({ path }) => entryAt(path)?.setting === setting),
    }))
    .filter(({ changes }) => changes.length > 0)

  const loosens = (write: Write): boolean => isLoosening(write, state.catalogue)
  const loosening = writes.filter(loosens).reverse()
  const rest = writes.filter(write => !loosens(write))
  const ordered = [...rest, ...loosening]
  if (!endsLockedOut(wanted, state)) return ordered
  // Asked for in spite of the check: then the very last write is the one that does it. That is the last stand-alone
  // factor going off, or the policy where none was on.
  const goingOff = loosening.filter(({ setting }) => isStandAlone(setting))
  const last = goingOff.length > 0 ? goingOff : rest.filter(({ setting }) => setting === policy)
  return [...ordered.filter(write => !last.includes(write)), ...last]
}

/** A request of a plan, and the scope that it takes. Its body can hold secrets, and is not here. */
export type PlannedRequest = Omit<Request, 'body'>

/** The requests that writes will be. */
export function requestsOf(writes: readonly Write[], wanted: Wanted, state: State): PlannedRequest[] {
  return writes.map(({ setting }) => {
    const { method, path, scope } = setting.request(state.readings.get(setting), wantedOf(setting, wanted))
    return { method, path, scope }
  })
}

/** A write that takes protection away and adds none. Clearing a field is that too: what uses it goes first. */
function isLoosening({ changes }: Write, { entryAt }: Catalogue): boolean {
  return changes.every(({ path, before, after }) => {
    const loosens = entryAt(path)?.field.loosens
    return loosens ? loosens(before, after) : after === null
  })
}

function isStandAlone(setting: Setting): boolean {
  return STAND_ALONE_SWITCHES.includes(pathOf(setting, 'enabled'))
}
