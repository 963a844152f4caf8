import { CHECKS } from '../checks/catalogue.ts'
import type { Config } from '../config/config.ts'
import { entryAt } from '../settings/catalogue.ts'
import type { Setting } from '../settings/setting.ts'

/** The settings to read for a file: those it names, the switch that one of them depends on, and what checks need. */
export function settingsFor(config: Config): Set<Setting> {
  const named = [...config.values.keys()]
  const switches = named.flatMap(path => entryAt(path)?.setting.onlyWhile ?? [])
  const forChecks = CHECKS.flatMap(check => check.needs?.(config) ?? [])
  const entries = [...named, ...switches, ...forChecks].map(entryAt)
  return new Set(entries.flatMap(entry => entry?.setting ?? []))
}
