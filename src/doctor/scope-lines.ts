import type { Config } from '../config/config.ts'
import type { ErrorCode } from '../errors.ts'
import { unmetNeeds } from '../plan/needs.ts'
import type { Survey } from '../plan/survey.ts'
import { pathOf } from '../settings/setting.ts'
import { type Line, remedyFor } from './line.ts'
import { type CheckNeed, type Granted, type Need, type SectionNeeds, sectionOf } from './scopes.ts'

/** What the token may do, against what the file takes. */
export function scopeLines(sections: readonly SectionNeeds[], granted: Granted): Line[] {
  if (sections.length === 0) return []
  if (!granted) {
    const message =
      'the token does not say what it may do: what the file reads has been tried, what it writes shows with apply'
    return [{ topic: 'scopes', status: 'unknown', message }]
  }
  const missing = new Map<string, Set<string>>()
  for (const { section, plan, apply } of sections) {
    for (const { scope } of [...plan, ...apply].filter(isLacking))
      missing.set(scope, (missing.get(scope) ?? new Set()).add(section))
  }
  if (missing.size === 0)
    return [{ topic: 'scopes', status: 'ok', message: 'the token has all that are needed' }]
  return [...missing].map(([scope, sections]) => ({
    topic: 'scopes',
    status: 'error',
    message: `the token lacks ${scope}, needed for ${[...sections].join(', ')}`,
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

/**
 * What the file names and cannot be read, each reason once; without a file, whatever cannot be read, which is in nobody's
 * way. A scope that is known to be missing is told already.
 */
export function unreadLines(
  config: Config | undefined,
  survey: Survey,
  sections: readonly SectionNeeds[],
): Line[] {
  const lacking = sections.flatMap(({ plan }) => plan).filter(isLacking)
  const unread = config
    ? unmetNeeds(config, survey)
    : survey.unreadable.flatMap(({ setting, code, message }) =>
        Object.keys(setting.fields).map(name => ({ path: pathOf(setting, name), code, message })),
      )
  const reasons = new Map<string, { code: ErrorCode; sections: Set<string> }>()
  for (const { path, code, message } of unread) {
    if (code === 'scope_missing' && lacking.some(({ scope }) => message.includes(scope))) continue
    const reason = reasons.get(message) ?? { code, sections: new Set() }
    reasons.set(message, reason)
    reason.sections.add(sectionOf(path))
  }
  return [...reasons].map(([message, { code, sections }]) => ({
    topic: code === 'not_entitled' ? 'plan' : 'reading',
    status: config ? 'error' : 'warning',
    message: `${[...sections].join(', ')} cannot be read: ${message}`,
    remedy: remedyFor(code),
  }))
}

function isLacking({ granted }: Need): boolean {
  return granted === false
}
