import type { PlanOutline } from '../plan/plan.ts'
import { type Moved, SAVED_FORMAT, type SavedPlan } from '../plan/saved.ts'
import { planDocument } from './documents.ts'
import { formatValue } from './value.ts'

/** The JSON document `mfa-config/saved-plan/1`: what `plan --out` writes and `apply FILE` reads. */
export function savedPlanDocument(
  version: string,
  plans: readonly (Omit<SavedPlan, 'plan'> & { readonly plan: PlanOutline })[],
): object {
  return {
    format: SAVED_FORMAT,
    version,
    plans: plans.map(({ plan, options, salt, configuration, state }) => ({
      plan: planDocument(plan),
      options,
      salt,
      configuration,
      state,
    })),
  }
}

/** What has moved since a plan was made, as a sentence. */
export function renderMoved(moved: Moved): string {
  switch (moved.what) {
    case 'file':
      return 'is something else in the file than when the plan was made.'
    case 'finding':
      return moved.isNew
        ? `${moved.check} finds something that it did not find when the plan was made.`
        : `${moved.check} no longer finds what it found when the plan was made.`
    case 'plan':
      return 'what would be done with it is not what the plan says.'
    case 'tenant':
      return tenantMoved(moved)
  }
}

function tenantMoved({ path, before, now }: Moved & { readonly what: 'tenant' }): string {
  if (now === undefined) return 'is not to be read of the tenant any more.'
  const was = before === undefined ? 'something else' : formatValue(path, before)
  const is = formatValue(path, now)
  // Of a secret nothing is shown but that it is there.
  if (was === is) return 'is another one than when the plan was made.'
  return `was ${was} when the plan was made, and is ${is} now.`
}
