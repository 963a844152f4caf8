import type { Config } from '../config/config.ts'
import { entryAt } from '../settings/catalogue.ts'
import type { Setting } from '../settings/setting.ts'
import { type State, valueAt } from '../settings/state.ts'
import { CHECKS } from './catalogue.ts'
import type { Check, Facts, Finding, Severity } from './check.ts'

/** What checks are run on. Offline, the state is empty. */
export interface Judged {
  readonly config: Config
  readonly state: State
  readonly unreadable: readonly { readonly setting: Setting; readonly message: string }[]
  /** Ids accepted for this run. */
  readonly allow: readonly string[]
}

const ORDER: readonly Severity[] = ['error', 'confirm', 'warning', 'note']

/** Runs every check, the gravest findings first. */
export function runChecks({ config, state, unreadable, allow }: Judged): Finding[] {
  const before: Facts['before'] = path => valueAt(state, path)
  const facts: Facts = {
    config,
    before,
    after: path => (config.unresolved.has(path) ? undefined : (config.values.get(path) ?? before(path))),
    refused: path => unreadable.find(({ setting }) => setting === entryAt(path)?.setting)?.message,
  }
  return CHECKS.flatMap(check =>
    judge(check, facts).map(found => ({
      check: check.id,
      ...found,
      allowed: allow.includes(check.id) || (found.severity !== 'error' && config.allow.includes(check.id)),
    })),
  ).sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
}

/** A read made only for a check never stops a run: refused, it becomes a note. */
function judge(check: Check, facts: Facts): ReturnType<Check['judge']> {
  const found = check.judge(facts)
  if (found.length > 0) return found
  const unseen = check.needs?.(facts.config).find(path => facts.refused(path) !== undefined)
  if (unseen === undefined) return []
  return [{ severity: 'note', path: unseen, message: `Not checked: ${facts.refused(unseen)}` }]
}
