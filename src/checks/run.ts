import type { Config } from '../config/config.ts'
import type { Value } from '../settings/field.ts'
import { type LookedUp, NOTHING_LOOKED_UP } from '../settings/lookup.ts'
import type { PhoneExperience } from '../settings/phone-experience.ts'
import type { Setting } from '../settings/setting.ts'
import { type State, valueAt } from '../settings/state.ts'
import { CHECKS } from './catalogue.ts'
import { type Check, type Facts, type Finding, type Found, type Known, SET, type Severity } from './check.ts'

/** What checks are run on. Offline, the state is empty. */
export interface Judged extends Partial<LookedUp> {
  readonly config: Config
  readonly state: State
  readonly phone?: PhoneExperience | undefined
  readonly unreadable: readonly { readonly setting: Setting; readonly message: string }[]
  /** Paths of secrets that are not sent. */
  readonly unverified?: readonly string[]
  /** What is to be changed. */
  readonly changes?: readonly { readonly path: string }[]
  /** Ids accepted for this run. */
  readonly allow: readonly string[]
}

const ORDER: readonly Severity[] = ['error', 'confirm', 'warning', 'note']

/** Runs every check, or those that are named, the gravest findings first. */
export function runChecks(judged: Judged, checks: readonly Check[] = CHECKS): Finding[] {
  const { config, allow } = judged
  const facts = factsOf(judged)
  return checks
    .flatMap(check =>
      judge(check, facts, judged).map(found => ({
        check: check.id,
        ...found,
        allowed: allow.includes(check.id) || (found.severity !== 'error' && config.allow.includes(check.id)),
      })),
    )
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
}

function factsOf({
  config,
  state,
  phone,
  unreadable,
  unverified = [],
  changes = [],
  ...lookedUp
}: Judged): Facts {
  const { answers } = { ...NOTHING_LOOKED_UP, ...lookedUp }
  return {
    ...knownOf({ config, state, phone }),
    refused: path =>
      unreadable.find(({ setting }) => setting === state.catalogue.entryAt(path)?.setting)?.message,
    asked: ({ path, decode }) => (answers.has(path) ? decode(answers.get(path)) : undefined),
    unverified,
    changed: new Set(changes.map(({ path }) => path)),
  }
}

/** What is known of a run by what was read so far. */
export function knownOf({
  config,
  state,
  phone,
}: Pick<Judged, 'config' | 'state' | 'phone'>): Pick<Facts, keyof Known | 'before'> {
  const { values, unresolved } = config
  const before: Facts['before'] = path => valueBefore(state, path)
  return {
    config,
    phone,
    before,
    after: path => {
      if (unresolved.has(path)) return undefined
      const value = values.get(path)
      return value === undefined ? before(path) : value
    },
  }
}

/** A secret that is not given back is there where its resource is configured. */
function valueBefore(state: State, path: string): Value | undefined {
  const entry = state.catalogue.entryAt(path)
  const reading = entry && state.readings.get(entry.setting)
  if (!entry?.field.writeOnly || !reading) return valueAt(state, path)
  return reading.configured ? SET : null
}

/** A read made only for a check never stops a run: refused, it becomes a note. */
function judge(check: Check, facts: Facts, judged: Judged): readonly Found[] {
  const found = check.judge(facts)
  if (found.length > 0) return found
  const unseen = unseenSetting(check, facts) ?? unseenLookup(check, facts, judged)
  if (unseen === undefined) return []
  return [{ severity: 'note', path: unseen.path, message: `Not checked: ${unseen.reason}` }]
}

interface Unseen {
  readonly path: string
  readonly reason: string
}

function unseenSetting(check: Check, facts: Facts): Unseen | undefined {
  const [unseen] = (check.needs?.(facts) ?? []).flatMap(path => {
    const reason = facts.refused(path)
    return reason === undefined ? [] : [{ path, reason }]
  })
  return unseen
}

function unseenLookup(
  check: Check,
  facts: Facts,
  { answers = NOTHING_LOOKED_UP.answers, refusals = NOTHING_LOOKED_UP.refusals }: Judged,
): Unseen | undefined {
  const [unseen] = (check.asks?.(facts) ?? []).flatMap(({ path, lookup }) => {
    const strange =
      answers.has(lookup.path) && facts.asked(lookup) === undefined
        ? `The answer to GET ${lookup.path} is not what the Management API documents.`
        : undefined
    const reason = refusals.get(lookup.path)?.message ?? strange
    return reason === undefined ? [] : [{ path, reason }]
  })
  return unseen
}
