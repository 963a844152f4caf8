import { CHECKS } from '../checks/catalogue.ts'
import type { Config } from '../config/config.ts'
import { type ErrorCode, UserError } from '../errors.ts'
import { CATALOGUES, type Catalogue, ENTRIES } from '../settings/catalogue.ts'
import type { Lookup } from '../settings/lookup.ts'
import type { PhoneExperience } from '../settings/phone-experience.ts'
import { pathOf, type Setting } from '../settings/setting.ts'
import type { Survey } from './survey.ts'

/**
 * What to read for a file of a tenant of one kind: the settings that it names, the switch that one of them depends on,
 * what checks need, and whatever else comes with these in one answer: with one factor all the others, so that a check
 * can judge them.
 */
export function wishOf(
  config: Config,
  phone: PhoneExperience | undefined,
): {
  readonly settings: Set<Setting>
  readonly lookups: Set<Lookup<unknown>>
  readonly optional: Set<Setting>
} {
  const catalogue = CATALOGUES[phone ?? 'legacy']
  const forChecks = CHECKS.flatMap(check => check.needs?.(config, phone) ?? [])
  const settingsAt = (paths: readonly string[]) => paths.map(path => catalogue.entryAt(path)?.setting)
  const required = new Set(settingsAt(indispensable(config, catalogue)))
  const needed = new Set([...required, ...settingsAt(forChecks)])
  const answers = new Set([...needed].flatMap(setting => setting?.read?.path ?? []))
  const asks = CHECKS.flatMap(check => check.asks?.(config, phone) ?? [])
  const settings = catalogue.settings.filter(
    setting => needed.has(setting) || (setting.read && answers.has(setting.read.path)),
  )
  return {
    settings: new Set(settings),
    lookups: new Set(asks.map(({ lookup }) => lookup)),
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
  const { code, message } = phoneRefused ?? ONLY_UNIFIED
  // Answers come in any order: the file's words always in theirs.
  const rank = new Map(ENTRIES.map(({ path }, index) => [path, index]))
  return [...unread, ...strange.map(path => ({ path, code, message }))].sort(
    (a, b) => (rank.get(a.path) ?? 0) - (rank.get(b.path) ?? 0),
  )
}

/** Refuses to go on without something that the file names. Throws one error with every such path. */
export function requireAll(config: Config, survey: Survey): void {
  const unmet = unmetNeeds(config, survey)
  const [first] = unmet
  if (!first) return
  throw new UserError(
    first.code,
    'The tenant does not let everything be read that the file names. Nothing was changed.',
    unmet.map(({ path, message }) => ({ path, message })),
  )
}

/** Of what the file can say, this is all that a tenant may not have. */
const ONLY_UNIFIED = {
  code: 'feature_disabled',
  message:
    'only the unified phone experience, which this tenant does not have, tells voice calls from texts. Give the message as one text.',
} as const
