import { type ErrorCode, UserError } from '../errors.ts'
import type { Api } from '../tenant/api.ts'
import type { Change } from './diff.ts'
import { toldOf } from './entitlement.ts'
import { lastLook } from './last-look.ts'
import type { Write } from './order.ts'
import type { Plan } from './plan.ts'
import type { OnProgress } from './read.ts'
import { makeWrite, readAgain, stillDifferent, type WriteWatch } from './write.ts'

/** A change that was not made, and why. */
export type FailedChange = Change & { readonly error: string }

/** What a run did to a tenant. */
export interface Report {
  readonly applied: readonly Change[]
  readonly failed: readonly FailedChange[]
  readonly notAttempted: readonly Change[]
  /** Whether all that was written was read again and is as the file has it. */
  readonly verified: boolean
  /** Paths of changes that the API never gives back. */
  readonly hidden: readonly string[]
  readonly error?: { readonly code: ErrorCode; readonly message: string }
}

/** What the person at the terminal is told meanwhile. */
export interface ApplyWatch extends WriteWatch {
  /** Before each write, and once more when all are made. */
  readonly onWrite?: (done: number, total: number, write: Write | undefined) => void
  readonly onReadBack?: OnProgress
}

/**
 * Makes a plan's writes one after the other, stops at the first that fails, and reads back what was written.
 * It throws nothing that a server can cause: whatever happens, the report says what was done.
 */
export async function apply(api: Api, plan: Plan, watch: ApplyWatch): Promise<Report> {
  const total = plan.writes.length
  for (const [done, write] of plan.writes.entries()) {
    if (watch.interrupt.aborted) return interrupted(plan, done)
    watch.onWrite?.(done, total, write)
    try {
      await lastLook(api, write, plan)
      await makeWrite(api, write, plan.wanted, plan.state, watch)
    } catch (error) {
      // The rate limit held it back until then: it was not made.
      if (error instanceof UserError && error.code === 'interrupted') return interrupted(plan, done)
      // Even a bug must not hide what was done before it.
      const reason = error instanceof UserError ? toldOf(error, [write.setting]) : reasonOf(error)
      const failed = write.changes.map(change => ({ ...change, error: reason }))
      const message = `A write failed: ${reason} Run apply again when that is mended.`
      return {
        ...stopped(plan, done, 'apply_incomplete', message),
        failed,
        notAttempted: changesOf(plan.writes.slice(done + 1)),
      }
    }
  }
  watch.onWrite?.(total, total, undefined)
  return readBack(api, plan, watch)
}

function interrupted(plan: Plan, done: number): Report {
  return stopped(plan, done, 'interrupted', 'Interrupted before everything was written.')
}

function stopped(plan: Plan, done: number, code: ErrorCode, message: string): Report {
  return {
    applied: changesOf(plan.writes.slice(0, done)),
    failed: [],
    notAttempted: changesOf(plan.writes.slice(done)),
    verified: false,
    hidden: plan.hidden,
    error: { code, message },
  }
}

async function readBack(
  api: Api,
  { writes, wanted, hidden, state: before }: Plan,
  watch: ApplyWatch,
): Promise<Report> {
  const applied = changesOf(writes)
  const done = { applied, failed: [], notAttempted: [], hidden }
  const unverified = (message: string): Report => ({
    ...done,
    verified: false,
    error: { code: 'verification_failed', message },
  })
  try {
    const settings = writes.map(({ setting }) => setting)
    const { state, unreadable } = await readAgain(api, before.catalogue, settings, watch.onReadBack)
    const [unread] = unreadable
    if (unread) return unverified(`All was written, but cannot be read back: ${unread.message}`)
    const paths = applied.map(({ path }) => path)
    const different = stillDifferent(paths, wanted, state)
    if (different.length === 0) return { ...done, verified: true }
    return unverified(
      `All was written, but the tenant does not have it: ${different.join(', ')}. Run plan to see what it has.`,
    )
  } catch (error) {
    if (error instanceof UserError && error.code === 'interrupted') {
      const message = 'All was written; interrupted while reading it back.'
      return { ...done, verified: false, error: { code: 'interrupted', message } }
    }
    return unverified(`All was written, but cannot be read back: ${reasonOf(error)}`)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function changesOf(writes: readonly Write[]): Change[] {
  return writes.flatMap(({ changes }) => changes)
}
