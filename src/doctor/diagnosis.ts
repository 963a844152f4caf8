import { runChecks } from '../checks/run.ts'
import type { Config } from '../config/config.ts'
import { diff } from '../plan/diff.ts'
import { unmetNeeds, wishOf } from '../plan/needs.ts'
import { order, requestsOf } from '../plan/order.ts'
import type { Wish } from '../plan/read.ts'
import type { Survey, WishFor } from '../plan/survey.ts'
import { wantedOn } from '../plan/wanted.ts'
import { CATALOGUES } from '../settings/catalogue.ts'
import { pathOf } from '../settings/setting.ts'
import { adaptiveLine, adaptiveProof } from './adaptive.ts'
import type { Line } from './line.ts'
import { privilegeLine, scopeLines, unreadLines } from './scope-lines.ts'
import { type CheckNeed, checkScopesOf, type Granted, type SectionNeeds, scopesOf } from './scopes.ts'
import { checkLines, phoneLine } from './tenant-lines.ts'

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

/**
 * What to read for a diagnosis: all that `plan` would, and what shows whether the tenant has Adaptive MFA where the file
 * needs it; without a file, all that there is.
 */
export function wishForDiagnosis(config: Config | undefined, known: Parameters<WishFor>[0]): Wish {
  const catalogue = CATALOGUES[known.phone ?? 'legacy']
  if (!config) return { settings: catalogue.settings }
  const wish = wishOf(config, known)
  const proof = adaptiveProof(config, catalogue)
  return { ...wish, settings: [...wish.settings, ...proof], optional: new Set([...wish.optional, ...proof]) }
}

/** Holds what was read of a tenant, and what its token may do, against a file. */
export function diagnose({ config, survey, granted, allow, canAsk }: Examined): Diagnosis {
  if (!config) return diagnoseTenant(survey, granted)
  const sections = scopesOf(config, survey, granted)
  const forChecks = checkScopesOf(config, survey, granted)
  const { state } = survey
  const wanted = wantedOn(state, config.values)
  const { changes, unverified } = diff(wanted, state)
  const writes = requestsOf(order(changes, wanted, state), wanted, state)
  const findings = runChecks({ ...survey, config, allow, unverified, changes })
  return {
    sections,
    forChecks,
    lines: [
      ...phoneLine(survey),
      ...scopeLines(sections, granted, new Set(writes.map(({ scope }) => scope))),
      ...privilegeLine(sections, forChecks, granted),
      ...unreadLines(unmetNeeds(config, survey), sections),
      ...adaptiveLine(config, survey),
      ...checkLines(findings, new Set(survey.answers.keys()), canAsk),
    ],
  }
}

/** What there is without a file: nothing is needed, so nothing is in the way. */
function diagnoseTenant(survey: Survey, granted: Granted): Diagnosis {
  const sections = scopesOf(undefined, survey, granted)
  const unread = survey.unreadable.flatMap(({ setting, ...reason }) =>
    Object.keys(setting.fields).map(name => ({ path: pathOf(setting, name), ...reason })),
  )
  const lines = [...phoneLine(survey), ...scopeLines(sections, granted), ...unreadLines(unread, sections)]
  return { sections, forChecks: [], lines: lines.map(asAdvice) }
}

function asAdvice(line: Line): Line {
  return line.status === 'error' ? { ...line, status: 'warning' } : line
}
