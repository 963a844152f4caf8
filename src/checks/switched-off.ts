import type { Check } from './check.ts'
import { SWITCHES } from './file.ts'

/** X01. */
export const switchedOff: Check = {
  id: 'X01',
  title: 'A factor is switched off that users may have enrolled in',
  severities: ['warning'],
  why: 'Users who have only that factor must enrol in another at their next login, and where they cannot, they are locked out.',
  remedy: 'Make sure that they have another factor, or tell them before.',

  judge: ({ before, after }) =>
    SWITCHES.filter(({ path }) => before(path) === true && after(path) === false).map(({ name, path }) => ({
      severity: 'warning',
      path,
      message: `${name} goes off: users who have enrolled in nothing else must enrol anew or are locked out. Make sure that they have another factor.`,
    })),
}
