import type { Config } from '../config/config.ts'
import { FACTORS, type FactorName } from '../settings/factor.ts'
import type { Known } from './check.ts'

/** Every factor, and the path of its switch. */
export const SWITCHES: readonly { readonly name: FactorName; readonly path: string }[] = (
  Object.keys(FACTORS) as FactorName[]
).map(name => ({ name, path: switchOf(name) }))

/** The path of a factor's switch. */
export function switchOf(name: FactorName): string {
  return `factors.${name}.enabled`
}

/** Whether the file says something at a path, be it by a reference that has no value. */
export function names({ values, unresolved }: Config, path: string): boolean {
  return values.has(path) || unresolved.has(path)
}

/** Of these paths, those about which the file says nothing, so that the tenant has to be read. */
export function notNamed(config: Config, paths: readonly string[]): string[] {
  return paths.filter(path => !names(config, path))
}

/** Whether the file clears something at one of these paths. */
export function clears({ values }: Config, paths: readonly string[]): boolean {
  return paths.some(path => values.get(path) === null)
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`
}

/** What stands alone and works with nothing but its switch. */
const WITHOUT_ACCOUNT: readonly FactorName[] = ['otp', 'webauthn-roaming']

/**
 * Whether a file makes users rely on a factor that works only with an account or a provider: it switches it on; or it
 * requires MFA where nothing stands alone that works without.
 */
export function reliesOn(name: FactorName, { config: { values }, after }: Known): boolean {
  if (values.get(switchOf(name)) === true) return true
  const policy = values.get('policy')
  const requires = policy !== undefined && policy !== 'never'
  return requires && isOn(name) && !WITHOUT_ACCOUNT.some(isOn)

  function isOn(other: FactorName): boolean {
    return after(switchOf(other)) === true
  }
}
