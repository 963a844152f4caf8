import { STAND_ALONE, STAND_ALONE_SWITCHES } from '../settings/factor.ts'
import type { Facts } from './check.ts'

/** Whether a stand-alone factor is on after the run; `undefined` where that cannot be told. */
export function standAloneAfter({ after }: Facts): boolean | undefined {
  const switches = STAND_ALONE_SWITCHES.map(after)
  if (switches.some(value => value === true)) return true
  return switches.some(value => value === undefined) ? undefined : false
}

/** For messages: what to switch on. */
export const STAND_ALONE_WORDS = `${STAND_ALONE.slice(0, -1).join(', ')} or ${STAND_ALONE.at(-1)}`
