/** Whether every case is run, as `npm run faults` does, or a sample that is the same each time. */
const EVERY_CASE = process.env.MFA_CONFIG_FAULTS === 'all'

/** All cases, or one in `step`: a prime number, so that each kind of fault meets requests of every kind. */
export function chosen<T>(cases: readonly T[], step: number): T[] {
  return EVERY_CASE ? [...cases] : cases.filter((_, index) => index % step === step - 1)
}
