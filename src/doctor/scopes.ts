import { CHECKS } from '../checks/catalogue.ts'
import { knownOf } from '../checks/run.ts'
import type { CheckId } from '../config/check-ids.ts'
import type { Config } from '../config/config.ts'
import type { Survey } from '../plan/survey.ts'
import { wantedOf, wantedOn } from '../plan/wanted.ts'
import { OF_ONE_KIND } from '../settings/catalogue.ts'
import { phoneExperience } from '../settings/phone-experience.ts'
import type { Setting } from '../settings/setting.ts'
import { adaptiveProof } from './adaptive.ts'

/** A scope, and whether the token has it; `null` where that is not known. */
export interface Need {
  readonly scope: string
  readonly granted: boolean | null
}

/** What one section of the file takes. */
export interface SectionNeeds {
  readonly section: string
  readonly plan: readonly Need[]
  readonly apply: readonly Need[]
}

/** A scope without which some checks cannot look, and nothing else is missing. */
export interface CheckNeed extends Need {
  readonly checks: readonly CheckId[]
}

export type Granted = ReadonlySet<string> | undefined

/** The scopes that a file takes, section by section, those and no others; without a file, those of every setting. */
export function scopesOf(config: Config | undefined, survey: Survey, granted: Granted): SectionNeeds[] {
  const { catalogue, readings } = survey.state
  const wanted = wantedOn(survey.state, config?.values ?? new Map())
  const sections = new Map<string, { plan: Set<string>; apply: Set<string> }>()
  for (const { path, setting, field } of catalogue.entries) {
    if (field.derived || (config && !config.values.has(path))) continue
    const section = sectionOf(path)
    const needs = sections.get(section) ?? { plan: new Set(), apply: new Set() }
    sections.set(section, needs)
    for (const read of readsOf(setting, survey)) needs.plan.add(read)
    const reading = readings.get(setting)
    const known = reading && [setting.request(reading, wantedOf(setting, wanted)).scope]
    for (const scope of known ?? setting.write.scopes) needs.apply.add(scope)
  }
  const asNeeds = (scopes: Set<string>): Need[] => [...scopes].map(scope => need(scope, granted))
  return [...sections].map(([section, { plan, apply }]) => ({
    section,
    plan: asNeeds(plan),
    apply: asNeeds(apply),
  }))
}

/** What checks would read besides, for this file. */
export function checkScopesOf(config: Config, survey: Survey, granted: Granted): CheckNeed[] {
  const { catalogue } = survey.state
  const known = knownOf({ config, ...survey })
  const needed = new Set(
    scopesOf(config, survey, granted).flatMap(({ plan }) => plan.map(({ scope }) => scope)),
  )
  const checks = new Map<string, Set<CheckId>>()
  const note = (id: CheckId, scopes: readonly string[]): void => {
    for (const scope of scopes)
      if (!needed.has(scope)) checks.set(scope, (checks.get(scope) ?? new Set()).add(id))
  }
  for (const { id, needs, asks } of CHECKS) {
    const settings = (needs?.(known) ?? []).flatMap(path => catalogue.entryAt(path)?.setting ?? [])
    note(
      id,
      settings.flatMap(setting => readsOf(setting, survey)),
    )
    note(
      id,
      (asks?.(known) ?? []).map(({ lookup }) => lookup.scope),
    )
  }
  for (const setting of adaptiveProof(config, catalogue)) note('P02', readsOf(setting, survey))
  return [...checks].map(([scope, ids]) => ({ ...need(scope, granted), checks: [...ids].sort() }))
}

/** `factors.phone` of `factors.phone.twilio.sid`, `policy` of `policy`. */
export function sectionOf(path: string): string {
  const [first = '', second] = path.split('.')
  return first === 'factors' && second !== undefined ? `${first}.${second}` : first
}

/** Reading a setting, knowing which kind of tenant has it, and what else it depends on. */
function readsOf(setting: Setting, { state: { catalogue } }: Survey): string[] {
  const others = [...(setting.onlyWhile ? [setting.onlyWhile] : []), ...(setting.derive?.from ?? [])]
  return [
    ...(OF_ONE_KIND.has(setting) ? [phoneExperience.scope] : []),
    ...[setting, ...others.flatMap(path => catalogue.entryAt(path)?.setting ?? [])].flatMap(
      ({ read }) => read?.scope ?? [],
    ),
  ]
}

function need(scope: string, granted: Granted): Need {
  return { scope, granted: granted ? granted.has(scope) : null }
}
