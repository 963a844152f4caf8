import type { JsonObject } from '../json.ts'
import type { Resource } from '../resource.ts'
import type { DeployedAction } from '../tenant.ts'

/** When the Actions were made: they are there from the start. */
export const made = '2026-01-01T00:00:00.000Z'

/** An id that is the same at each start: 1 for a binding, 2 for an Action, 3 for a version. */
export function idOf(what: 1 | 2 | 3, index: number): string {
  return `0000000${what}-0000-4000-8000-${String(index + 1).padStart(12, '0')}`
}

/** A number that the query gives, or another where it gives none. */
export function numberIn(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : otherwise
}

/** An Action as answers have it, in the order recorded. */
export function actionOf({ trigger, name, code = '' }: DeployedAction, index: number): JsonObject {
  const times = { created_at: made, updated_at: made }
  // Assumption: the versions of the triggers other than post-login.
  const supported_triggers = [{ id: trigger, version: trigger === 'post-login' ? 'v3' : 'v1' }]
  const version = { id: idOf(3, index), code, runtime: 'node22', number: 1 }
  return {
    id: idOf(2, index),
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
}

/**
 * The tenant's Actions, all of which are deployed. Auth0's OpenAPI; no recording. Assumptions: the filters go together,
 * and an answer has its total and page.
 */
export const actions: Resource = {
  path: '/actions/actions',
  operations: {
    GET: {
      scope: 'read:actions',
      answer: ({ query, tenant }) => {
        const all = tenant.actions
          .map((action, index) => ({ action, answer: actionOf(action, index) }))
          .filter(({ action }) => query.triggerId === undefined || action.trigger === query.triggerId)
          .filter(({ action }) => query.actionName === undefined || action.name === query.actionName)
          .filter(() => query.deployed !== 'false')
          .map(({ answer }) => answer)
        const page = numberIn(query.page, 0)
        const per_page = numberIn(query.per_page, 50)
        const actions = all.slice(page * per_page, (page + 1) * per_page)
        return { status: 200, body: { actions, total: all.length, page, per_page } }
      },
    },
  },
}
