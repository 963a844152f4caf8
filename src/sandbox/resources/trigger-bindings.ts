import type { JsonObject } from '../json.ts'
import type { Resource } from '../resource.ts'
import type { DeployedAction } from '../tenant.ts'
import { actionOf, idOf, made, numberIn } from './actions.ts'

/** The Action as it is bound, in the order recorded. */
function binding(action: DeployedAction, index: number): JsonObject {
  return {
    id: idOf(1, index),
    trigger_id: action.trigger,
    action: actionOf(action, index),
    created_at: made,
    updated_at: made,
    display_name: action.name,
  }
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
