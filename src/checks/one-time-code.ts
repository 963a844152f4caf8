import { entryAt } from '../settings/catalogue.ts'
import { formatDuration } from '../settings/duration.ts'
import type { Check, Facts, Found } from './check.ts'

const AT = ['factors.phone', 'factors.email']

/** S03. Auth0's defaults, 6 digits and 5 minutes, which its documentation advises not to weaken. */
export const oneTimeCodes: Check = {
  id: 'S03',
  title: 'Codes are shorter, or valid for longer, than usual',
  severities: ['warning'],
  why: 'The shorter a code and the longer it is valid, the easier it is to guess or to pass on.',
  remedy: 'Keep to 6 digits or more, and to 5 minutes or less.',

  judge: facts =>
    AT.flatMap(at => [
      ...tooShort(facts, `${at}.otp_length`),
      ...tooLong(facts, `${at}.otp_expiration_time`),
    ]),
}

function tooShort({ after }: Facts, path: string): Found[] {
  const [digits, usual] = [after(path), usualAt(path)]
  if (typeof digits !== 'number' || digits >= usual) return []
  const message = `Codes have ${digits} digits, fewer than the usual ${usual}, and are easier to guess. Use ${usual} or more.`
  return [{ severity: 'warning', path, message }]
}

function tooLong({ after }: Facts, path: string): Found[] {
  const [seconds, usual] = [after(path), usualAt(path)]
  if (typeof seconds !== 'number' || seconds <= usual) return []
  const message = `Codes are valid for ${formatDuration(seconds)}, longer than the usual ${formatDuration(usual)}, and are easier to pass on. Use ${formatDuration(usual)} or less.`
  return [{ severity: 'warning', path, message }]
}

function usualAt(path: string): number {
  return Number(entryAt(path)?.field.default)
}
