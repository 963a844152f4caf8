import { countFindings, plural } from './findings.ts'
import { findingsOf, type MarkdownResult, nameOf, requestsOf, tenantOf, verdict } from './markdown-result.ts'
import { fold, leftOut, type Room } from './markdown-room.ts'
import { renderMessage, renderRequests, renderTenant } from './markdown-tenant.ts'
import { code, htmlCode, row, tableHead } from './markdown-text.ts'

/** What is shown of a tenant; what is empty had no room. */
interface Entry {
  readonly result: MarkdownResult
  row: string
  details: readonly string[]
  requests: string
}

/** Of several tenants none has more problems of its file shown. */
const MOST_PROBLEMS = 5

/**
 * Several tenants: a table of all, then each that there is something to say about, folded. Where room is short, a tenant
 * with nothing to do is left out before anything is left out of the others, and what could not be planned before what
 * would be changed: no noise hides a change.
 */
export function renderFleet(results: readonly MarkdownResult[], room: Room): string[] {
  const head = [`## ${plural(results.length, 'tenant')}`, summary(results)]
  room.take(head.join('\n\n'))
  const entries = results.map((result): Entry => ({ result, row: '', details: [], requests: '' }))
  const busy = entries.filter(({ result }) => isBusy(result))
  const ranked = busy.toSorted((one, other) => rank(one.result) - rank(other.result))
  addRows(ranked, room)
  for (const entry of ranked) entry.details = renderDetails(entry.result, room)
  addRows(
    entries.filter(({ result }) => !isBusy(result)),
    room,
  )
  const open = busy.filter(({ details }) => details.length > 0)
  for (const entry of open) entry.requests = ifRoom(renderRequests(entry.result), room)

  return [
    ...head,
    ...overview(entries),
    ...open.flatMap(({ details, requests }) => [...details, requests, '</details>']),
    leftOut(busy.length - open.length, 'tenant', 'Details of '),
    leftOut(
      sum(open.map(({ result, requests }) => (requests === '' ? requestsOf(result).length : 0))),
      'request',
    ),
  ]
}

function isBusy(result: MarkdownResult): boolean {
  return 'error' in result || result.plan.changes.length > 0 || result.plan.findings.length > 0
}

/** The smaller, the more important: what a check stops or asks about, what changes, what failed, what is only said. */
function rank(result: MarkdownResult): number {
  if ('error' in result) return 2
  const { findings, changes } = result.plan
  const isStopped = findings.some(
    ({ severity, allowed }) => !allowed && (severity === 'error' || severity === 'confirm'),
  )
  if (isStopped) return 0
  return changes.length > 0 ? 1 : 3
}

function summary(results: readonly MarkdownResult[]): string {
  const changes = results.map(result => ('plan' in result ? result.plan.changes.length : 0))
  const changed = changes.filter(count => count > 0).length
  const failed = results.filter(result => 'error' in result).length
  const parts = [
    changed === 0
      ? 'No changes'
      : `${plural(sum(changes), 'change')} in ${changed} of ${plural(results.length, 'tenant')}`,
    ...countFindings(results.flatMap(findingsOf)),
    ...(failed > 0 ? [`${plural(failed, 'tenant')} without a plan`] : []),
  ]
  return `${parts.join(', ')}.`
}

function overview(entries: readonly Entry[]): string[] {
  const rows = entries.map(entry => entry.row).filter(text => text !== '')
  const left = entries.length - rows.length
  if (rows.length === 0) return [leftOut(left, 'tenant')]
  const head = tableHead(['environment', 'tenant', 'changes', 'findings'])
  return [[head, ...rows].join('\n'), leftOut(left, 'more tenant')]
}

function addRows(entries: readonly Entry[], room: Room): void {
  for (const entry of entries) entry.row = ifRoom(overviewRow(entry.result), room)
}

function overviewRow(result: MarkdownResult): string {
  const changes = 'plan' in result ? result.plan.changes.length : renderMessage(result.error, 200)
  return row([
    code(result.environment ?? '', 200),
    code(tenantOf(result) ?? '', 200),
    changes === 0 ? 'none' : String(changes),
    countFindings(findingsOf(result)).join(', '),
  ])
}

/** A tenant as it is folded, open at its end for the requests. */
function renderDetails(result: MarkdownResult, room: Room): string[] {
  const { head, tail } = fold(`${nameOf(result, htmlCode)}: ${verdict(result)}`)
  const first = 'error' in result ? [`${head}\n${renderMessage(result.error, 200)}`] : [head.trimEnd()]
  return room.take([...first, tail].join('\n\n'))
    ? [...first, ...renderTenant(result, room, MOST_PROBLEMS)]
    : []
}

function ifRoom(text: string, room: Room): string {
  return room.take(text) ? text : ''
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
