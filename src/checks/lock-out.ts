import type { Config } from '../config/config.ts'
import { STAND_ALONE_SWITCHES } from '../settings/factor.ts'
import type { Check, Facts } from './check.ts'
import { STAND_ALONE_WORDS, standAloneAfter } from './stand-alone.ts'

/** F01. Recorded: the API accepts the policy "always" with all eight factors off. */
export const lockOut: Check = {
  id: 'F01',
  title: 'MFA is required and no factor stands alone',
  severities: ['error', 'confirm'],
  why: `Users can only enrol by themselves in ${STAND_ALONE_WORDS}. With none of them on, every login asks for a factor that nobody can have. The API takes that state without a word.`,
  remedy: 'Switch one of them on in the same file, or set the policy to never.',

  needs: ({ config }) => [
    ...(turnsStandAloneOff(config) ? ['policy'] : []),
    ...(requires(config.values.get('policy')) ? STAND_ALONE_SWITCHES : []),
  ],

  judge: facts => {
    const standAlone = standAloneAfter(facts)
    const policy = facts.after('policy')
    if (standAlone === true || policy === 'never') return []
    if (standAlone === false && policy !== undefined) {
      const message = `MFA is required (policy ${String(policy)}) and no factor that stands alone is on: every user would be locked out. Switch on ${STAND_ALONE_WORDS}, or set the policy to never.`
      return [{ severity: 'error', path: 'policy', message }]
    }
    return unseen(facts, standAlone)
  },
}

/** A file that gives a reason to look, on a tenant that does not let itself be looked at, is never passed in silence. */
function unseen({ config, refused }: Facts, standAlone: boolean | undefined): ReturnType<Check['judge']> {
  const policyRefused = turnsStandAloneOff(config) && standAlone === false ? refused('policy') : undefined
  if (policyRefused !== undefined) {
    const message = `Cannot see the policy: if it requires MFA, switching off the last factor that stands alone locks everybody out. ${policyRefused}`
    return [{ severity: 'confirm', path: 'policy', message }]
  }
  const factorsRefused = requires(config.values.get('policy'))
    ? refused(STAND_ALONE_SWITCHES[0] ?? '')
    : undefined
  if (factorsRefused !== undefined) {
    const message = `Cannot see the factors: if none that stands alone is on, this policy locks everybody out. ${factorsRefused}`
    return [{ severity: 'confirm', path: 'policy', message }]
  }
  return []
}

function turnsStandAloneOff({ values }: Config): boolean {
  return STAND_ALONE_SWITCHES.some(path => values.get(path) === false)
}

function requires(policy: unknown): boolean {
  return policy !== undefined && policy !== 'never'
}
