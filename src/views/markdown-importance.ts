import type { MarkdownResult } from './markdown-result.ts'

/**
 * What there is to say of a tenant: a check stops its changes or asks about them, they would be made, it could not be
 * planned for, there are findings alone, nothing.
 */
export type Importance = 'stopped' | 'changed' | 'failed' | 'told' | 'idle'

/** How important a tenant is to whoever reviews a change. */
export function importanceOf(result: MarkdownResult): Importance {
  if ('error' in result) return 'failed'
  const { findings, changes } = result.plan
  const isStopped = findings.some(
    ({ severity, allowed }) => !allowed && (severity === 'error' || severity === 'confirm'),
  )
  if (isStopped) return 'stopped'
  if (changes.length > 0) return 'changed'
  return findings.length > 0 ? 'told' : 'idle'
}

/**
 * What is of one importance, that with the least to say first: whoever has much to say takes room from others of the
 * kind last.
 */
export function ofImportance<One extends { readonly result: MarkdownResult }>(
  all: readonly One[],
  importance: Importance,
): One[] {
  return all
    .filter(({ result }) => importanceOf(result) === importance)
    .map(one => ({ one, size: sizeOf(one.result) }))
    .toSorted((left, right) => left.size - right.size)
    .map(({ one }) => one)
}

/** Roughly how much there is to say of a tenant. */
function sizeOf(result: MarkdownResult): number {
  return JSON.stringify('plan' in result ? [result.plan.changes, result.plan.findings] : result.error).length
}
