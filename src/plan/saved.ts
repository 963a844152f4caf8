import type { Finding } from '../checks/check.ts'
import type { Config } from '../config/config.ts'
import type { Value } from '../settings/field.ts'
import { type State, valueAt } from '../settings/state.ts'
import { MASK } from './diff.ts'
import { type Fingerprint, fingerprint } from './fingerprint.ts'
import type { Plan, PlanOutline } from './plan.ts'

/** The `format` of a file of saved plans. */
export const SAVED_FORMAT = 'mfa-config/saved-plan/1'

/** A plan that was saved: what it was, what it was made from, and the flags it was made with. */
export interface SavedPlan extends Fingerprint {
  readonly plan: Omit<PlanOutline, 'hidden' | 'requests'> & {
    readonly requests: readonly { readonly method: string; readonly path: string }[]
  }
  readonly options: SavedOptions
}

/** Flags of `plan` that are part of what it shows. */
export interface SavedOptions {
  readonly writeSecrets: boolean
  readonly allow: readonly string[]
}

/** Something that is not as it was when a plan was made. */
export type Moved =
  | { readonly what: 'file'; readonly path: string }
  | {
      readonly what: 'tenant'
      readonly path: string
      /** What it was, where the plan says so. */
      readonly before?: Value
      /** What it is now; secrets are masked. `undefined` where the tenant no longer has such a thing. */
      readonly now: Value | undefined
    }
  | { readonly what: 'finding'; readonly path: string; readonly check: string; readonly isNew: boolean }
  | { readonly what: 'plan'; readonly path: string }

/**
 * What has moved between a saved plan and one that was made just now, of the file and the tenant as they are. Nothing:
 * they are the same plan. What one client could read and another cannot makes no difference, unless a file names it.
 */
export async function movedSince(saved: SavedPlan, plan: Plan, config: Config): Promise<Moved[]> {
  const now = await fingerprint(config, plan.state, saved.salt)
  const moved = [
    ...movedFile(saved, now, plan),
    ...movedState(saved, now, plan, config),
    ...movedFindings(saved.plan.findings, plan.findings),
  ]
  // Whatever else makes another plan of it, such as a newer version of this tool.
  return moved.length > 0 ? moved : otherPaths(saved.plan, plan).map(path => ({ what: 'plan', path }))
}

function movedFile(saved: SavedPlan, now: Fingerprint, plan: Plan): Moved[] {
  const [before, after] = [writeOnlyIn(saved.plan, saved), writeOnlyIn(plan, now)]
  const named = [
    ...before.filter(path => !after.includes(path)),
    ...after.filter(path => !before.includes(path)),
  ]
  const said = differing(saved.configuration, now.configuration)
  return [...said, ...named].map(path => ({ what: 'file', path }))
}

/** The secrets that a file names and its fingerprint does not have: a plan says what becomes of each. */
function writeOnlyIn(
  { changes, unverified }: Pick<PlanOutline, 'changes' | 'unverified'>,
  { configuration }: Fingerprint,
): string[] {
  const sent = changes.filter(({ path, secret }) => secret && !(path in configuration))
  return [...sent.map(({ path }) => path), ...unverified]
}

function movedState(saved: SavedPlan, now: Fingerprint, { state }: Plan, config: Config): Moved[] {
  const isNamed = (path: string): boolean => config.values.has(path) && path in saved.configuration
  return differing(saved.state, now.state)
    .filter(path => (path in saved.state && path in now.state) || isNamed(path))
    .map(path => ({ what: 'tenant', path, ...seen(saved, state, path) }))
}

/** What is shown of a value of the tenant, then and now. */
function seen({ plan }: SavedPlan, state: State, path: string): { before?: Value; now: Value | undefined } {
  const entry = state.catalogue.entryAt(path)
  if (entry?.field.writeOnly) {
    const isThere = state.readings.get(entry.setting)?.configured === true
    return isThere ? { before: null, now: MASK } : { before: MASK, now: null }
  }
  const before = plan.changes.find(change => change.path === path)?.before
  const value = valueAt(state, path)
  const now = entry?.field.secret && value !== null && value !== undefined ? MASK : value
  return { ...(before !== undefined && { before }), now }
}

/** Keys under which two records do not have the same. */
function differing(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(key => one[key] !== other[key])
}

/** A check that could not look says so in a note: then it says nothing of what has moved. */
function movedFindings(before: readonly Finding[], now: readonly Finding[]): Moved[] {
  const news = (some: readonly Finding[], others: readonly Finding[], isNew: boolean): Moved[] =>
    some
      .filter(({ severity }) => severity !== 'note')
      .filter(finding => !others.some(other => isSame(finding, other)))
      .filter(({ check }) => !others.some(other => other.check === check && other.severity === 'note'))
      .map(({ check, path }) => ({ what: 'finding', check, path, isNew }))
  return [...news(now, before, true), ...news(before, now, false)]
}

function isSame(one: Finding, other: Finding): boolean {
  return one.check === other.check && one.severity === other.severity && one.path === other.path
}

function otherPaths(saved: SavedPlan['plan'], plan: Plan): string[] {
  const ways = ({ requests }: SavedPlan['plan']): string =>
    JSON.stringify(requests.map(({ method, path }) => [method, path]))
  const changes = new Map(saved.changes.map(change => [change.path, JSON.stringify(change)]))
  const now = new Map(plan.changes.map(change => [change.path, JSON.stringify(change)]))
  const other = [...new Set([...changes.keys(), ...now.keys()])].filter(
    path => changes.get(path) !== now.get(path),
  )
  if (other.length > 0) return other
  const isSamePlan = ways(saved) === ways(plan) && String(saved.unverified) === String(plan.unverified)
  if (isSamePlan) return []
  return [...new Set([...changes.keys(), ...saved.unverified, ...plan.unverified])]
}
