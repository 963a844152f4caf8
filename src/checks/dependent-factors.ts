import { FACTORS, STAND_ALONE } from '../settings/factor.ts'
import type { Check } from './check.ts'
import { STAND_ALONE_WORDS, standAloneAfter } from './stand-alone.ts'

const standAlone = new Set<string>(STAND_ALONE)
const DEPENDENT = Object.keys(FACTORS).filter(name => !standAlone.has(name))

/** F02. Recorded: the API accepts each of them as the only factor. */
export const dependentFactors: Check = {
  id: 'F02',
  title: 'A factor is on that needs another, and no other is on',
  explanation: `E-mail, device biometrics and recovery codes only serve users who have enrolled in another factor first. With none of
${STAND_ALONE_WORDS} on, nobody can do that, so the factor is there for nobody. Auth0's API accepts it.
What to do: switch a factor that stands alone on as well, or this one off.`,

  judge: facts => {
    if (standAloneAfter(facts) !== false) return []
    return DEPENDENT.map(name => ({ name, path: `factors.${name}.enabled` }))
      .filter(({ path }) => facts.after(path) === true)
      .map(({ name, path }) => ({
        severity: 'error',
        path,
        message: `${name} is on, but users can only enrol in it after another factor, and none that stands alone is on. Switch on ${STAND_ALONE_WORDS}, or ${name} off.`,
      }))
  },
}
