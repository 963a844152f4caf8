import type { Finding } from '../checks/check.ts'
import { customDomains, emailProvider } from '../checks/lookups.ts'
import type { CheckId } from '../config/check-ids.ts'
import type { Survey } from '../plan/survey.ts'
import type { Line } from './line.ts'

/** Which kind of phone the tenant has, where that matters. */
export function phoneLine({ phone, phoneRefused }: Survey): Line[] {
  const topic = 'phone'
  if (phone === 'unified') {
    const message = 'unified phone experience: provider and messages are those of Branding › Phone'
    return [{ topic, status: 'ok', message }]
  }
  if (phone === 'legacy') return [{ topic, status: 'ok', message: 'provider and messages are of MFA alone' }]
  if (!phoneRefused) return []
  const message = `whether it is the unified phone experience cannot be seen: ${phoneRefused.message}`
  return [{ topic, status: 'unknown', message }]
}

/** What the tenant must have outside of MFA, by the checks that look for it. */
const BESIDES = [
  { topic: 'custom domain', lookup: customDomains, checks: ['W02', 'W04'], good: 'there is one, which fits' },
  { topic: 'e-mail', lookup: emailProvider, checks: ['F07'], good: "the tenant's own provider is enabled" },
] as const

/**
 * What checks find: each thing besides MFA that was looked at, then whatever stands in the way of `apply`. `canAsk` is
 * whether there is somebody who can confirm.
 */
export function checkLines(
  findings: readonly Finding[],
  asked: ReadonlySet<string>,
  canAsk: boolean,
): Line[] {
  const told = new Set<CheckId>(BESIDES.flatMap(({ checks }) => checks))
  return [
    ...BESIDES.flatMap(({ topic, lookup, checks, good }): Line[] => {
      const found = findings.filter(({ check }) => checks.some(id => id === check))
      if (found.length > 0) return once(found.map(finding => lineOf(topic, finding, canAsk)))
      return asked.has(lookup.path) ? [{ topic, status: 'ok', message: good }] : []
    }),
    ...findings
      .filter(({ check, severity }) => !told.has(check) && (severity === 'error' || severity === 'confirm'))
      .map(finding => lineOf(`check ${finding.check}`, finding, canAsk)),
  ]
}

/** Two checks can have the same to say of what they could not look at. */
function once(lines: readonly Line[]): Line[] {
  return [...new Map(lines.map(line => [line.message, line])).values()]
}

function lineOf(topic: string, { check, severity, message, allowed }: Finding, canAsk: boolean): Line {
  if (allowed) return { topic, status: 'ok', message: `${message} (accepted)` }
  if (severity === 'error') return { topic, status: 'error', message }
  if (severity !== 'confirm') return { topic, status: severity === 'note' ? 'unknown' : 'warning', message }
  return canAsk
    ? { topic, status: 'warning', message, remedy: 'apply asks for it.' }
    : { topic, status: 'error', message, remedy: `Where nobody can be asked, apply takes --allow ${check}.` }
}
