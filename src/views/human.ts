import type { Report } from '../plan/apply.ts'
import type { Change } from '../plan/diff.ts'
import type { Plan } from '../plan/plan.ts'
import { countFindings, plural, renderFindings } from './findings.ts'
import { heading } from './heading.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'
import { formatValue } from './value.ts'

/** What of a plan is shown. */
export type Shown = Pick<
  Plan,
  'tenant' | 'environment' | 'changes' | 'findings' | 'unverified' | 'hidden'
> & {
  readonly requests: readonly unknown[]
}

/** A plan: one line a change, the findings, and a count. */
export function renderPlan(plan: Shown, paint: Paint): string {
  const { changes, findings, unverified, hidden } = plan
  return blocks([
    [heading(plan, paint)],
    renderChanges(changes, hidden, paint),
    renderUnverified(unverified, paint),
    renderFindings(findings, paint),
    [summary(plan)],
  ])
}

/** What `apply` did, after the plan was shown: what was written, what was not, and whether it was read back. */
export function renderReport(report: Report, paint: Paint): string {
  const { applied, failed, notAttempted, hidden } = report
  const width = widest([...applied, ...failed, ...notAttempted])
  const line = (sign: string, change: Change): string =>
    `  ${sign} ${change.path.padEnd(width)}  ${difference(change, hidden)}`
  return blocks([
    applied.map(change => paint.green(line('✓', change))),
    failed.flatMap(change => [paint.red(line('✗', change)), paint.red(`      ${printable(change.error)}`)]),
    notAttempted.map(change => paint.dim(line('-', change))),
    [reportSummary(report)],
  ])
}

/** What changes in a tenant, as its column of a matrix. */
export function changeCells(changes: readonly Change[]): ReadonlyMap<string, string> {
  return new Map(changes.map(change => [change.path, difference(change, [])]))
}

/** What was done to a tenant, as its column of a matrix. */
export function reportCells({ applied, failed, notAttempted }: Report): ReadonlyMap<string, string> {
  const cells = (sign: string, changes: readonly Change[]): [string, string][] =>
    changes.map(({ path, after }) => [path, `${sign} ${formatValue(path, after)}`])
  return new Map([...cells('✓', applied), ...cells('✗', failed), ...cells('-', notAttempted)])
}

function renderChanges(changes: readonly Change[], hidden: readonly string[], paint: Paint): string[] {
  const width = widest(changes)
  return changes.map(
    change => `  ${paint.yellow('~')} ${change.path.padEnd(width)}  ${difference(change, hidden)}`,
  )
}

function renderUnverified(unverified: readonly string[], paint: Paint): string[] {
  return unverified.map(path =>
    paint.dim(`  = ${path}  cannot be read back: unverified, sent with --write-secrets`),
  )
}

function difference(change: Change, hidden: readonly string[]): string {
  const { path, before, after } = change
  const arrow = `${formatValue(path, before)} → ${formatValue(path, after)}`
  const remark = secretRemark(change, hidden)
  return remark ? `${arrow} ${remark}` : arrow
}

/** What is said of a secret that looks the same before and after; empty for everything else. */
export function secretRemark({ path, before, after, secret }: Change, hidden: readonly string[]): string {
  if (!secret || before === null || after === null) return ''
  return hidden.includes(path) ? '(sent; what is there cannot be compared)' : '(changed)'
}

/** What a plan comes to, as a sentence. */
export function summary({
  changes,
  requests,
  findings,
}: Pick<Shown, 'changes' | 'requests' | 'findings'>): string {
  const counts = countFindings(findings)
  if (changes.length === 0)
    return [`No changes: the tenant is as the file has it`, ...counts].join(', ').concat('.')
  return [`${plural(changes.length, 'change')} in ${plural(requests.length, 'request')}`, ...counts]
    .join(', ')
    .concat('.')
}

function reportSummary({ applied, failed, notAttempted, verified, hidden, error }: Report): string {
  if (error === undefined)
    return `${plural(applied.length, 'change')} applied${verified ? readBackAs(applied, hidden) : ''}.`
  const rest = [
    `${applied.length} applied`,
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
    ...(notAttempted.length > 0 ? [`${notAttempted.length} not attempted`] : []),
  ]
  return `${rest.join(', ')}. ${printable(error.message)}`
}

/** What reading back shows; what the API never gives back it does not. */
function readBackAs(applied: readonly Change[], hidden: readonly string[]): string {
  const unread = applied.filter(({ path }) => hidden.includes(path)).length
  if (unread === 0) return ', read back and as it should be'
  const rest = unread < applied.length ? ', the others read back and as they should be' : ''
  return `, ${unread} of which cannot be read back${rest}`
}

function widest(changes: readonly { path: string }[]): number {
  return Math.max(0, ...changes.map(({ path }) => path.length))
}

/** Blocks of lines with an empty line between them; empty blocks are left out. */
export function blocks(parts: readonly (readonly string[])[]): string {
  return `${parts
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}
