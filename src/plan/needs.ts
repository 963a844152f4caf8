import { CHECKS } from '../checks/catalogue.ts'
import type { Config } from '../config/config.ts'
import { CATALOGUE, entryAt } from '../settings/catalogue.ts'
import type { Lookup } from '../settings/lookup.ts'
import type { Setting } from '../settings/setting.ts'

/**
 * The settings to read for a file: those it names, the switch that one of them depends on, what checks need, and
 * whatever else comes with these in one answer: with one factor all the others, so that a check can judge them.
 */
export function settingsFor(config: Config): Set<Setting> {
  const forChecks = CHECKS.flatMap(check => check.needs?.(config) ?? [])
  const needed = new Set([...indispensable(config), ...forChecks].map(path => entryAt(path)?.setting))
  const answers = new Set([...needed].flatMap(setting => setting?.read?.path ?? []))
  return new Set(
    CATALOGUE.filter(setting => needed.has(setting) || (setting.read && answers.has(setting.read.path))),
  )
}

/** What checks look up of a tenant for a file, beyond settings. */
export function lookupsFor(config: Config): Set<Lookup<unknown>> {
  return new Set(CHECKS.flatMap(check => check.asks?.(config) ?? []).map(({ lookup }) => lookup))
}

/** The paths without which a file cannot be compared: those it names, and the switch that one of them depends on. */
export function indispensable(config: Config): string[] {
  const named = [...config.values.keys()]
  return [...named, ...named.flatMap(path => entryAt(path)?.setting.onlyWhile ?? [])]
}
