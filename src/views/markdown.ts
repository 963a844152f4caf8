import { summary } from './human.ts'
import { renderFleet } from './markdown-fleet.ts'
import { type MarkdownResult, nameOf, requestsOf } from './markdown-result.ts'
import { leftOut, makeRoom, type Room } from './markdown-room.ts'
import { renderMessage, renderRequests, renderTenant } from './markdown-tenant.ts'
import { code } from './markdown-text.ts'

export type { MarkdownResult } from './markdown-result.ts'

/** The first line, which nobody sees: by it a workflow finds the comment that it made before. */
const MARKER = '<!-- mfa-config -->'

/** GitHub takes 65,536 characters in a comment. What is said of parts that are left out comes on top of this. */
const BYTES = 58_000

/**
 * Plans as a comment on a pull request, in GitHub's Markdown: fewer than 60,000 characters, and bytes, whatever there is
 * to say. What comes from tenants and files is shown as it is, and does nothing.
 */
export function renderMarkdown(results: readonly MarkdownResult[]): string {
  const [only, ...more] = results
  const parts = only && more.length === 0 ? renderOne(only, makeRoom(BYTES)) : renderFleet(results, BYTES)
  return `${[MARKER, ...parts.filter(part => part !== '')].join('\n\n')}\n`
}

function renderOne(result: MarkdownResult, room: Room): string[] {
  const head = [
    `## ${nameOf(result, code)}`,
    'plan' in result ? summary(result.plan) : renderMessage(result.error),
  ]
  room.take(head.join('\n\n'))
  const body = renderTenant(result, room)
  const requests = renderRequests(result)
  return [...head, ...body, room.take(requests) ? requests : leftOut(requestsOf(result).length, 'request')]
}
