import { ENTRIES } from '../settings/catalogue.ts'
import type { Config } from './config.ts'

/**
 * Looks inside of the values that take it, a certificate for one; gives what is wrong, by path. `now` gives
 * milliseconds, and is asked only where there is such a value.
 */
export async function findFlaws(values: Config['values'], now: () => number): Promise<Map<string, string>> {
  const flaws = new Map<string, string>()
  for (const { path, field } of ENTRIES) {
    const value = values.get(path)
    if (!field.inspect || typeof value !== 'string') continue
    const flaw = await field.inspect(value, now())
    if (flaw !== undefined) flaws.set(path, flaw)
  }
  return flaws
}
