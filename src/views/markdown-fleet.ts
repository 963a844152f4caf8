import { countFindings, plural } from './findings.ts'
import { type Importance, importanceOf, ofImportance } from './markdown-importance.ts'
import { findingsOf, type MarkdownResult, nameOf, requestsOf, tenantOf, verdict } from './markdown-result.ts'
import { fold, leftOut, makeRoom, type Room } from './markdown-room.ts'
import { type Limits, renderMessage, renderRequests, renderTenant } from './markdown-tenant.ts'
import { code, htmlCode, row, tableHead } from './markdown-text.ts'

/** What is shown of a tenant; what is empty had no room. */
interface Entry {
  readonly result: MarkdownResult
  row: string
  details: readonly string[]
  requests: string
}

/** How much is shown of why one of several tenants has no plan. */
const LIMITS: Limits = { problems: 5, characters: 200 }

/** What plans leave to tenants without one, and to those with nothing to do, however long they are. */
const BYTES_OF_OTHERS = 4_000

/**
 * Several tenants: a table of all, then each that there is something to say about, folded. They stand in the order in
 * which they are given; room is given by importance, of so many bytes. What would be changed comes before all that could
 * not be planned for, so no noise hides a change.
 */
export function renderFleet(results: readonly MarkdownResult[], bytes: number): string[] {
  const entries = results.map((result): Entry => ({ result, row: '', details: [], requests: '' }))
  const room = makeRoom(bytes - BYTES_OF_OTHERS)
  fill(entries, ['stopped', 'changed'], room)
  fill(entries, ['failed', 'told', 'idle'], room.extend(BYTES_OF_OTHERS))
  const busy = entries.filter(({ result }) => importanceOf(result) !== 'idle')
  const open = busy.filter(({ details }) => details.length > 0)

  return [
    `## ${plural(results.length, 'tenant')}`,
    summary(results),
    ...overview(entries),
    ...open.flatMap(({ details, requests }) => [...details, requests, '</details>']),
    leftOut(busy.length - open.length, 'tenant', 'Details of '),
    leftOut(
      sum(open.map(({ result, requests }) => (requests === '' ? requestsOf(result).length : 0))),
      'request',
    ),
  ]
}

/** Gives room to tenants of some importance, the most important first; to their requests when all have the rest. */
function fill(entries: readonly Entry[], order: readonly Importance[], room: Room): void {
  const groups = order.map(importance => ofImportance(entries, importance))
  for (const group of groups) {
    for (const entry of group) entry.row = ifRoom(overviewRow(entry.result), room)
    for (const entry of group) entry.details = renderDetails(entry.result, room)
  }
  const open = groups.flat().filter(({ details }) => details.length > 0)
  for (const entry of open) entry.requests = ifRoom(renderRequests(entry.result), room)
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

function overviewRow(result: MarkdownResult): string {
  const changes =
    'plan' in result ? result.plan.changes.length : renderMessage(result.error, LIMITS.characters)
  return row([
    code(result.environment ?? '', 200),
    code(tenantOf(result) ?? '', 200),
    changes === 0 ? 'none' : String(changes),
    countFindings(findingsOf(result)).join(', '),
  ])
}

/** A tenant as it is folded, open at its end for the requests; nothing where there is nothing to say. */
function renderDetails(result: MarkdownResult, room: Room): string[] {
  if (importanceOf(result) === 'idle') return []
  const { head, tail } = fold(`${nameOf(result, htmlCode)}: ${verdict(result)}`)
  const first =
    'error' in result ? [`${head}\n${renderMessage(result.error, LIMITS.characters)}`] : [head.trimEnd()]
  return room.take([...first, tail].join('\n\n')) ? [...first, ...renderTenant(result, room, LIMITS)] : []
}

function ifRoom(text: string, room: Room): string {
  return room.take(text) ? text : ''
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
