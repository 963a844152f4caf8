import { closestWord } from '../closest.ts'
import { isRecord } from '../record.ts'
import type { DeployCliTenant } from './deploy-cli.ts'
import type { Remark } from './migrated.ts'
import { quoted } from './said.ts'
import { isMfaSection, isOtherSection, MFA_SECTIONS } from './sections.ts'

/** Of these, what is about MFA is a part. */
const IN_PART = ['tenant', 'prompts']

/** Names the sections that are not looked into: those of the Deploy CLI in one remark, others each with a guess. */
export function leftTo({ sections }: DeployCliTenant): Remark[] {
  const names = Object.keys(sections)
  const others = names.filter(isOtherSection)
  const rest = IN_PART.filter(name => isRecord(sections[name])).map(name => `the rest of ${name}`)
  const left = [...others, ...rest].join(', ')
  return [
    ...names.filter(name => !isMfaSection(name) && !isOtherSection(name)).map(unknown),
    ...(left === '' ? [] : [{ text: `Left to the Deploy CLI, since they are not MFA settings: ${left}.` }]),
  ]
}

function unknown(name: string): Remark {
  const meant = closestWord(name, Object.keys(MFA_SECTIONS))
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`
  return { text: `${quoted(name)} is not carried over: it is no section that is known.${hint}` }
}
