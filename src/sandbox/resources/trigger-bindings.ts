import type { JsonObject } from '../json.ts'
import type { Resource } from '../resource.ts'
import type { DeployedAction } from '../tenant.ts'

/** When the Actions were made: they are there from the start. */
const made = '2026-01-01T00:00:00.000Z'

/** A number that the query gives, or another where it gives none. */
function numberIn(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : otherwise
}

/** The Action as it is bound, in the order recorded. The ids are the same at each start. */
function binding({ trigger, name, code = '' }: DeployedAction, index: number): JsonObject {
  const id = (of: number) => `0000000${of}-0000-4000-8000-${String(index + 1).padStart(12, '0')}`
  const times = { created_at: made, updated_at: made }
  // Assumption: the versions of the triggers other than post-login.
  const supported_triggers = [{ id: trigger, version: trigger === 'post-login' ? 'v3' : 'v1' }]
  const version = { id: id(3), code, runtime: 'node22', number: 1 }
  const action = {
    id: id(2),
    name,
    supported_triggers,
    ...times,
    current_version: { ...version, status: 'BUILT', build_time: made, ...times },
    deployed_version: {
      ...version,
      deployed: true,
      status: 'built',
      built_at: made,
      supported_triggers,
      ...times,
    },
    // Recorded so for an Action that is deployed as it is.
    all_changes_deployed: false,
  }
  return { id: id(1), trigger_id: trigger, action, ...times, display_name: name }
}

/**
 * The Actions of a trigger in the order in which they run. What is zero is left out, and so is the total of a page
 * without bindings (3,574 recordings). Assumption: a trigger that does not exist has none.
 */
export const triggerBindings: Resource = {
  path: '/actions/triggers/:trigger/bindings',
  operations: {
    GET: {
      scope: 'read:actions',
      answer: ({ params, query, tenant }) => {
        const all = tenant.actions.map(binding).filter(({ trigger_id }) => trigger_id === params.trigger)
        const page = numberIn(query.page, 0)
        const per_page = numberIn(query.per_page, 20)
        const bindings = all.slice(page * per_page, (page + 1) * per_page)
        return {
          status: 200,
          body: {
            bindings,
            ...(bindings.length > 0 && { total: all.length }),
            ...(page > 0 && { page }),
            ...(per_page > 0 && { per_page }),
          },
        }
      },
    },
  },
}
