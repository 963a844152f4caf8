import { runChecks } from '../checks/run.ts'
import { type Config, EMPTY_CONFIG } from '../config/config.ts'
import { wishOf } from '../plan/needs.ts'
import type { Wish } from '../plan/read.ts'
import type { Survey } from '../plan/survey.ts'
import { CATALOGUES } from '../settings/catalogue.ts'
import type { PhoneExperience } from '../settings/phone-experience.ts'
import type { Line } from './line.ts'
import { privilegeLine, scopeLines, unreadLines } from './scope-lines.ts'
import { type CheckNeed, checkScopesOf, type Granted, type SectionNeeds, scopesOf } from './scopes.ts'
import { adaptiveLine, checkLines, phoneLine } from './tenant-lines.ts'

/** What a tenant and a token can do, against what a file needs. */
export interface Diagnosis {
  readonly lines: readonly Line[]
  readonly sections: readonly SectionNeeds[]
  readonly forChecks: readonly CheckNeed[]
}

/** What a diagnosis is made of. Without a file, everything that a tenant can have is looked at, and nothing is needed. */
export interface Examined {
  readonly config: Config | undefined
  readonly survey: Survey
  readonly granted: Granted
  /** Ids of checks accepted for this run. */
  readonly allow: readonly string[]
  /** Whether there is somebody who can confirm what a check wants confirmed. */
  readonly canAsk: boolean
}

/** What to read for a diagnosis: all that `plan` would, and what shows whether the tenant has what the file needs. */
export function wishForDiagnosis(config: Config | undefined, phone: PhoneExperience | undefined): Wish {
  const { settings, entryAt } = CATALOGUES[phone ?? 'legacy']
  if (!config) return { settings }
  const wish = wishOf(config, phone)
  const risk = config.values.get('policy') === 'adaptive' ? entryAt('risk.enabled')?.setting : undefined
  return {
    ...wish,
    settings: [...wish.settings, ...(risk ? [risk] : [])],
    optional: new Set([...wish.optional, ...(risk ? [risk] : [])]),
  }
}

/** Holds what was read of a tenant, and what its token may do, against a file. */
export function diagnose({ config, survey, granted, allow, canAsk }: Examined): Diagnosis {
  const sections = scopesOf(config, survey, granted)
  const forChecks = config ? checkScopesOf(config, survey, granted) : []
  const findings = config ? runChecks({ ...survey, config, allow }) : []
  return {
    sections,
    forChecks,
    lines: [
      ...phoneLine(survey),
      ...scopeLines(sections, granted),
      ...(config ? privilegeLine(sections, forChecks, granted) : []),
      ...unreadLines(config, survey, sections),
      ...adaptiveLine((config ?? EMPTY_CONFIG).values.get('policy'), survey),
      ...checkLines(findings, new Set(survey.answers.keys()), canAsk),
    ],
  }
}
