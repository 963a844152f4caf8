import { FACTORS, STAND_ALONE } from '../settings/factor.ts'
import type { Check } from './check.ts'
import { STAND_ALONE_WORDS, standAloneAfter } from './stand-alone.ts'

const standAlone = new Set<string>(STAND_ALONE)
const DEPENDENT = Object.keys(FACTORS).filter(name => !standAlone.has(name))

/** F02. Recorded: the API accepts each of them as the only factor. */
export const dependentFactors: Check = {
  id: 'F02',
  title: 'A factor is on that needs another, and no other is on',
  severities: ['error'],
  why: 'E-mail, device biometrics and recovery codes only serve users who have enrolled in another factor first. The API takes them alone, and they are there for nobody.',
  remedy: `Switch on ${STAND_ALONE_WORDS} as well, or this one off.`,

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
