import type { Finding, Severity } from '../checks/check.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/**
 * Findings, a line each: its sign, the check's id, the sentence. Accepted ones are shown as such. `placeOf` says where
 * in the file a path stands, where that is of use.
 */
export function renderFindings(
  findings: readonly Finding[],
  paint: Paint,
  placeOf: (path: string) => string = () => '',
): string[] {
  return together(findings).map(({ checks, severity, path, message, allowed }) => {
    const { sign, colour } = STYLE[severity]
    const place = placeOf(path)
    const line = `${sign} ${checks.join(', ')}  ${place && `${place}  `}${printable(message)}${allowed ? ' (accepted)' : ''}`
    return `  ${allowed ? paint.dim(line) : paint[colour](line)}`
  })
}

/** A finding, or several that are said as one: the ids of their checks. */
export type SaidOnce = Finding & { readonly checks: readonly string[] }

/** Notes of several checks in the same words, such as why they could not look, are said once. */
export function together(findings: readonly Finding[]): SaidOnce[] {
  const isSaid = new Set<string>()
  return findings.flatMap(finding => {
    const { check, severity, message } = finding
    if (severity !== 'note') return [{ ...finding, checks: [check] }]
    if (isSaid.has(message)) return []
    isSaid.add(message)
    const same = findings.filter(other => other.severity === 'note' && other.message === message)
    return [{ ...finding, checks: [...new Set(same.map(other => other.check))] }]
  })
}

const STYLE: Readonly<Record<Severity, { sign: string; colour: 'red' | 'yellow' | 'dim' }>> = {
  error: { sign: '✗', colour: 'red' },
  confirm: { sign: '?', colour: 'yellow' },
  warning: { sign: '!', colour: 'yellow' },
  note: { sign: '·', colour: 'dim' },
}

/** How many findings there are of each severity that is worth counting, such as `1 error, 2 warnings`. */
export function countFindings(findings: readonly Finding[]): string[] {
  const words = { error: 'error', confirm: 'confirmation', warning: 'warning' } as const
  return Object.entries(words).flatMap(([severity, word]) => {
    const count = findings.filter(finding => finding.severity === severity).length
    return count === 0 ? [] : [plural(count, word)]
  })
}

/** `1 change`, `2 changes`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
