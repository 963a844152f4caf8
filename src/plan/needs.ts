import { CHECKS } from '../checks/catalogue.ts'
import { knownOf } from '../checks/run.ts'
import type { Config } from '../config/config.ts'
import { type ErrorCode, UserError } from '../errors.ts'
import { CATALOGUES, type Catalogue, ENTRIES } from '../settings/catalogue.ts'
import type { Lookup } from '../settings/lookup.ts'
import { pathOf, type Setting } from '../settings/setting.ts'
import type { Wish } from './read.ts'
import type { Survey, WishFor } from './survey.ts'

interface FileWish extends Wish {
  readonly settings: ReadonlySet<Setting>
  readonly lookups: ReadonlySet<Lookup<unknown>>
  readonly optional: ReadonlySet<Setting>
}

/**
 * What to read of a tenant for a file, by what is known of the tenant: the settings that the file names, the switch that one of them depends on,
 * what checks need, and whatever else comes with these in one answer: with one factor all the others, so that a check
 * can judge them.
 */
export function wishOf(config: Config, { phone, state }: Parameters<WishFor>[0]): FileWish {
  const catalogue = CATALOGUES[phone ?? 'legacy']
  const known = knownOf({ config, phone, state })
  const settingsAt = (paths: readonly string[]) => paths.map(path => catalogue.entryAt(path)?.setting)
  const required = new Set(settingsAt(indispensable(config, catalogue)))
  const forChecks = settingsAt(CHECKS.flatMap(check => check.needs?.(known) ?? []))
  const needed = new Set([...required, ...forChecks])
  const answers = new Set([...needed].flatMap(setting => setting?.read?.path ?? []))
  const settings = catalogue.settings.filter(
    setting => needed.has(setting) || (setting.read && answers.has(setting.read.path)),
  )
  return {
    settings: new Set(settings),
    lookups: new Set(CHECKS.flatMap(check => check.asks?.(known) ?? []).map(({ lookup }) => lookup)),
    optional: new Set(settings.filter(setting => !required.has(setting))),
  }
}

/** The paths without which a file cannot be compared: those it names, and those that one of them depends on. */
function indispensable(config: Config, { entryAt }: Catalogue): string[] {
  const named = [...config.values.keys()]
  const settings = named.flatMap(path => entryAt(path)?.setting ?? [])
  return [
    ...named,
    ...settings.flatMap(({ onlyWhile, derive }) => [
      ...(onlyWhile ? [onlyWhile] : []),
      ...(derive?.from ?? []),
    ]),
  ]
}

/** Something that a file names and that cannot be had of a tenant. */
export interface Unmet {
  readonly path: string
  readonly code: ErrorCode
  readonly message: string
  /** No tenant of this kind has it: there is nothing to be read. */
  readonly isAbsent?: true
}

/**
 * What a file names and a tenant does not let be read, which is unknown and not absent, and what a tenant of this kind
 * does not have.
 */
export function unmetNeeds(config: Config, { state, unreadable, phoneRefused }: Survey): Unmet[] {
  const paths = new Set(indispensable(config, state.catalogue))
  const unread = unreadable.flatMap(({ setting, code, message }) =>
    Object.keys(setting.fields)
      .map(name => pathOf(setting, name))
      .filter(path => paths.has(path))
      .map(path => ({ path, code, message })),
  )
  const strange = [...paths].filter(path => !state.catalogue.entryAt(path))
  const absent = phoneRefused ? { code: phoneRefused.code, message: phoneRefused.message } : ONLY_UNIFIED
  // Answers come in any order: the file's words always in theirs.
  const rank = new Map(ENTRIES.map(({ path }, index) => [path, index]))
  return [...unread, ...strange.map(path => ({ path, ...absent }))].sort(
    (a, b) => (rank.get(a.path) ?? 0) - (rank.get(b.path) ?? 0),
  )
}

/** Refuses to go on without something that the file names. Throws one error with every such path. */
export function requireAll(config: Config, survey: Survey): void {
  const unmet = unmetNeeds(config, survey)
  const [first] = unmet
  if (!first) return
  const what = unmet.every(({ isAbsent }) => isAbsent)
    ? 'The file names something that this tenant does not have.'
    : 'The tenant does not let everything be read that the file names.'
  throw new UserError(
    first.code,
    `${what} Nothing was changed.`,
    unmet.map(({ path, message, isAbsent }) => ({ path, ...(isAbsent && config.locate(path)), message })),
  )
}

/** Of what the file can say, this is all that a tenant may not have. */
const ONLY_UNIFIED = {
  code: 'feature_disabled',
  isAbsent: true,
  message:
    'only the unified phone experience, which this tenant does not have, tells voice calls from texts. Give the message as one text.',
} as const
