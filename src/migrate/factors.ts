import { FACTORS } from '../settings/factor.ts'
import type { DeployCliTenant } from './deploy-cli.ts'
import { IGNORED, quoted, type Said, saidBy, saidByEach, unusable } from './said.ts'

/** The file's names of the factors, by the API's. */
const NAMES: ReadonlyMap<unknown, string> = new Map(
  Object.entries(FACTORS).map(([name, { api }]) => [api, name]),
)

/** The switches of the factors. */
export function factorsOf({ sections }: DeployCliTenant): Said[] {
  const section = 'guardianFactors'
  return saidByEach(section, sections[section], (factor, index) => {
    const name = NAMES.get(factor.name)
    if (name === undefined) {
      return [{ from: `${section}[${index}]`, why: `the factor ${quoted(factor.name)} is not known` }]
    }
    return saidBy(`${section} (${quoted(factor.name)})`, factor, {
      name: IGNORED,
      enabled: { path: `factors.${name}.enabled` },
      // An answer's key. Recorded: the list of factors has it where a trial has ended.
      trial_expired: IGNORED,
    })
  })
}

/** The tenant-wide policy. Older versions wrote the bare list into the directory form. */
export function policyOf({ sections }: DeployCliTenant): Said[] {
  const section = 'guardianPolicies'
  const given = sections[section]
  if (!Array.isArray(given)) {
    return saidBy(section, given, { policies: { path: 'policy' } }).flatMap(said =>
      'value' in said ? policyIn(said.from, said.value) : [said],
    )
  }
  return policyIn(section, given)
}

function policyIn(from: string, list: unknown): Said[] {
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) return [unusable(from, list, 'a list')]
  if (list.length > 1) return [{ from, path: 'policy', why: 'it names more than one policy' }]
  return [{ from, path: 'policy', value: list.length === 0 ? 'never' : list[0] }]
}
