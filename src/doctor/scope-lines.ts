import type { Unmet } from '../plan/needs.ts'
import { type Line, remedyFor } from './line.ts'
import { type CheckNeed, type Granted, type Need, type SectionNeeds, sectionOf } from './scopes.ts'

/**
 * What the token may do, against what the file takes. `written` are the scopes of the writes that are due now: one that
 * only a later change would take is in nobody's way yet. Absent: nobody knows.
 */
export function scopeLines(
  sections: readonly SectionNeeds[],
  granted: Granted,
  written?: ReadonlySet<string>,
): Line[] {
  const topic = 'scopes'
  if (sections.length === 0) return []
  if (!granted) {
    const message =
      'the token does not say what it may do: what the file reads has been tried, what it writes shows with apply'
    return [{ topic, status: 'unknown', message }]
  }
  const missing = new Map<string, { sections: Set<string>; isDue: boolean }>()
  for (const { section, plan, apply } of sections) {
    const toPlan = plan.filter(isLacking).map(({ scope }) => ({ scope, isDue: true }))
    // Where something cannot be read, what is to be written cannot be known.
    const isUnknown = !written || toPlan.length > 0
    const toApply = apply
      .filter(isLacking)
      .map(({ scope }) => ({ scope, isDue: isUnknown || written.has(scope) }))
    for (const { scope, isDue } of [...toPlan, ...toApply]) {
      const known = missing.get(scope)
      missing.set(scope, {
        sections: (known?.sections ?? new Set()).add(section),
        isDue: isDue || (known?.isDue ?? false),
      })
    }
  }
  if (missing.size === 0) return [{ topic, status: 'ok', message: 'the token has all that are needed' }]
  return [...missing].map(([scope, { sections, isDue }]) => ({
    topic,
    status: isDue ? 'error' : 'warning',
    message: `the token lacks ${scope}, needed for ${[...sections].join(', ')}${isDue ? '' : ', where nothing is to be changed now'}`,
    remedy: remedyFor('scope_missing'),
  }))
}

/** What the token may do and the file never takes: less is safer. */
export function privilegeLine(
  sections: readonly SectionNeeds[],
  forChecks: readonly CheckNeed[],
  granted: Granted,
): Line[] {
  const needed = new Set(
    [...sections.flatMap(({ plan, apply }) => [...plan, ...apply]), ...forChecks].map(({ scope }) => scope),
  )
  const more = [...(granted ?? [])].filter(scope => !needed.has(scope)).sort()
  if (more.length === 0) return []
  const named = more.length > SHOWN ? [...more.slice(0, SHOWN), `${more.length - SHOWN} more`] : more
  return [
    {
      topic: 'privilege',
      status: 'warning',
      message: `the token may do more than the file needs: ${named.join(', ')}`,
      remedy: 'Take away what nothing else needs.',
    },
  ]
}

const SHOWN = 4

/** What cannot be had, each reason once. A scope that is known to be missing is told already. */
export function unreadLines(unmet: readonly Unmet[], sections: readonly SectionNeeds[]): Line[] {
  const lacking = sections.flatMap(({ plan }) => plan).filter(isLacking)
  const reasons = new Map<string, Unmet & { readonly sections: Set<string> }>()
  for (const one of unmet) {
    if (one.code === 'scope_missing' && lacking.some(({ scope }) => one.message.includes(scope))) continue
    const reason = reasons.get(one.message) ?? { ...one, sections: new Set() }
    reasons.set(one.message, reason)
    reason.sections.add(sectionOf(one.path))
  }
  return [...reasons.values()].map(({ code, message, sections, isAbsent }) => ({
    topic: code === 'not_entitled' ? 'plan' : isAbsent ? 'file' : 'reading',
    status: 'error',
    message: `${[...sections].join(', ')}${isAbsent ? '' : ' cannot be read'}: ${message}`,
    remedy: isAbsent ? 'Change the file for this tenant.' : remedyFor(code),
  }))
}

function isLacking({ granted }: Need): boolean {
  return granted === false
}
