import type { Kept } from '../../../src/sandbox/state.ts'
import { CATALOGUES } from '../../../src/settings/catalogue.ts'
import { ALLOW_ALL } from '../../support/allow.ts'
import { emptyFolder, json, type Outcome, run } from '../../support/cli.ts'
import { openFaults } from '../../support/faults.ts'
import type { Scenario } from './scenarios.ts'
import { type Moment, watchedTenant } from './tenant.ts'

/** One request of an apply that nothing goes wrong with. */
export interface Step {
  readonly method: string
  readonly path: string
  /** Which it is of those with this method and path, from 1. */
  readonly nth: number
  /** `lookup`: a read that only a check needs; `look`: one right before a write. */
  readonly phase: 'token' | 'read' | 'lookup' | 'look' | 'write' | 'read back'
  /** Which write it is, from 0; for the others, how many writes precede it. */
  readonly write: number
}

/** What one write changes. */
export interface Written {
  readonly paths: readonly string[]
  /** Whether a tenant's state shows that it was made: not one of nothing but what cannot be read. */
  readonly shows: boolean
}

/** How a scenario goes when nothing goes wrong. */
export interface Rehearsal {
  readonly scenario: Scenario
  readonly before: Kept
  readonly moments: readonly Moment[]
  readonly steps: readonly Step[]
  /** What each write changes, in the order of the writes. */
  readonly writes: readonly Written[]
  /** The paths that a plan lists as unverified afterwards. */
  readonly unverified: unknown
}

/** Without this it is not known where the phone's provider and messages live. */
const KIND_OF_TENANT = '/tenants/settings'

/** The command line that is put to the test. */
export const APPLY: readonly string[] = ['apply', '-c', '-', '--yes', '--json', ...ALLOW_ALL]
export const PLAN: readonly string[] = ['plan', '-c', '-', '--json', '--detailed-exitcode', ...ALLOW_ALL]

/** Runs a scenario with nothing in its way, and keeps what the tenant saw. */
export async function rehearse(scenario: Scenario): Promise<Rehearsal> {
  const { unifiedPhone = false } = scenario
  const making = watchedTenant(new Map(), { unifiedPhone })
  for (const write of scenario.before) await making.write(...write)
  const before = making.kept()

  const tenant = watchedTenant(before, { unifiedPhone })
  const watched = await openFaults(tenant)
  try {
    const given = { env: { ...scenario.secrets, ...watched.env }, stdin: scenario.file, cwd: emptyFolder() }
    const applied = await run(APPLY, given)
    if (applied.code !== 0) throw new Error(`${scenario.name}: ${applied.code} ${applied.out}${applied.err}`)
    const seen = [...watched.seen]
    const planned = await run(PLAN, given)
    if (planned.code !== 0) throw new Error(`${scenario.name}, planned again: ${planned.out}${planned.err}`)
    return {
      scenario,
      before,
      moments: tenant.moments,
      steps: stepsOf(seen),
      writes: writesOf(scenario, applied),
      unverified: json(planned).unverified,
    }
  } finally {
    watched.close()
  }
}

function stepsOf(seen: readonly { method: string; path: string }[]): Step[] {
  const isWrite = ({ method, path }: { method: string; path: string }): boolean =>
    method !== 'GET' && path !== '/oauth/token'
  const firstWrite = seen.findIndex(isWrite)
  const lastWrite = seen.findLastIndex(isWrite)
  const readBack = new Set(seen.slice(lastWrite).map(({ method, path }) => `${method} ${path}`))
  return seen.map((request, index) => {
    const { method, path } = request
    const same = seen.slice(0, index + 1).filter(other => other.method === method && other.path === path)
    const phase =
      path === '/oauth/token'
        ? 'token'
        : isWrite(request)
          ? 'write'
          : index > lastWrite
            ? 'read back'
            : index > firstWrite || same.length > 1
              ? 'look'
              : // Every setting that a scenario names is written and read back; what else is read is for checks.
                readBack.has(`GET ${path}`) || path === KIND_OF_TENANT
                ? 'read'
                : 'lookup'
    return { method, path, nth: same.length, phase, write: seen.slice(0, index).filter(isWrite).length }
  })
}

function writesOf({ unifiedPhone }: Scenario, applied: Outcome): Written[] {
  const { entryAt } = CATALOGUES[unifiedPhone ? 'unified' : 'legacy']
  const groups: string[][] = []
  let last: unknown
  for (const path of pathsOf(json(applied).applied)) {
    const setting = entryAt(path)?.setting
    if (setting === last) groups.at(-1)?.push(path)
    else groups.push([path])
    last = setting
  }
  return groups.map(paths => ({
    paths,
    shows: paths.some(path => entryAt(path)?.field.writeOnly !== true),
  }))
}

/** The paths of a report's list of changes. */
export function pathsOf(changes: unknown): string[] {
  return (changes as { path: string }[]).map(({ path }) => path)
}
