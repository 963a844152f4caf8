import { entryAt } from '../settings/catalogue.ts'
import { formatDuration } from '../settings/duration.ts'
import type { Check, Facts } from './check.ts'
import { names } from './file.ts'

const INACTIVITY = 'session.mfa_session_inactivity_timeout'
const OVERALL = 'session.mfa_session_overall_timeout'

/** S01. Auth0's API reference: the inactivity timeout is at most the overall one, or the write is refused. */
export const sessionTimeouts: Check = {
  id: 'S01',
  title: 'The inactivity timeout of a remembered browser is above the overall one',
  severities: ['error'],
  why: 'The API refuses it. Both are sent together, so the one that the file leaves out counts as the tenant has it.',
  remedy: 'Lower mfa_session_inactivity_timeout, or raise mfa_session_overall_timeout.',

  judge: ({ config, after }) => {
    const [inactivity, overall] = [after(INACTIVITY), after(OVERALL)]
    if (typeof inactivity !== 'number' || typeof overall !== 'number' || inactivity <= overall) return []
    const path = names(config, INACTIVITY) ? INACTIVITY : OVERALL
    const message = `The inactivity timeout, ${formatDuration(inactivity)}, is above the overall one, ${formatDuration(overall)}. Lower the first or raise the second.`
    return [{ severity: 'error', path, message }]
  },
}

/** S04. Auth0's defaults: 7 and 30 days. */
export const sessionLength: Check = {
  id: 'S04',
  title: 'Browsers are remembered for longer than usual',
  severities: ['warning'],
  why: 'A browser that is remembered needs no second factor: whoever gets hold of it in that time needs none either.',
  remedy: 'Keep to 7 days of inactivity and 30 days in all, or less.',

  judge: facts => [INACTIVITY, OVERALL].flatMap(path => tooLong(facts, path)),
}

function tooLong({ after }: Facts, path: string): ReturnType<Check['judge']> {
  const [seconds, usual] = [after(path), entryAt(path)?.field.default]
  if (typeof seconds !== 'number' || typeof usual !== 'number' || seconds <= usual) return []
  const what = path === INACTIVITY ? 'unused' : 'in all'
  const message = `A browser is remembered for ${formatDuration(seconds)} ${what}, longer than the usual ${formatDuration(usual)}, and needs no second factor meanwhile. Shorten it.`
  return [{ severity: 'warning', path, message }]
}
