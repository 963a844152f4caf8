import { UserError } from '../errors.ts'
import { STAND_ALONE_SWITCHES } from '../settings/factor.ts'
import type { Value } from '../settings/field.ts'
import { valueAt } from '../settings/state.ts'
import type { Api } from '../tenant/api.ts'
import { endsLockedOut, isLockedOut } from './lock-out.ts'
import type { Write } from './order.ts'
import type { Plan } from './plan.ts'
import { read } from './read.ts'

/**
 * Looks once more at a tenant right before a write that would lock users out if somebody has changed the tenant since
 * it was read: one that requires MFA, or that switches off a factor that stands alone. Throws if it would, and if what
 * the plan has seen cannot be seen again.
 */
export async function lastLook(api: Api, { changes }: Write, plan: Plan): Promise<void> {
  const changed = new Map(changes.map(({ path, after }) => [path, after]))
  if (!isGrave(changed) || endsLockedOut(plan.wanted, plan.state)) return
  const { catalogue, readings } = plan.state
  const others = ['policy', ...STAND_ALONE_SWITCHES].filter(path => !changed.has(path))
  const rest = new Set(others.map(path => catalogue.entryAt(path)?.setting))
  const settings = [...readings.keys()].filter(setting => rest.has(setting))
  const { state, unreadable } = await read(api, catalogue, { settings })
  const [unread] = unreadable
  if (unread) throw new UserError(unread.code, `What it rests on cannot be read again: ${unread.message}`)
  const after = (path: string): Value | undefined =>
    changed.has(path) ? changed.get(path) : valueAt(state, path)
  // That the plan could not see it either was accepted.
  if (others.some(path => after(path) === undefined) || !isLockedOut(after)) return
  throw new UserError(
    'api_error',
    'Somebody has changed the tenant since it was read: MFA would be required while no factor that stands alone is on, and every user locked out. Plan anew.',
  )
}

function isGrave(changed: ReadonlyMap<string, Value>): boolean {
  const policy = changed.get('policy')
  const requires = policy !== undefined && policy !== 'never'
  return requires || STAND_ALONE_SWITCHES.some(path => changed.get(path) === false)
}
