import type { Check } from './check.ts'
import { names, SWITCHES } from './file.ts'

/** F12: what `strict: true` asks for. */
export const unmentioned: Check = {
  id: 'F12',
  title: 'strict: a factor is on that the file does not mention',
  severities: ['confirm'],
  why: 'A strict file claims to say which factors there are, so one that somebody has switched on elsewhere has to be looked at.',
  remedy: 'Name the factor in the file, with true or false.',

  needs: ({ config }) =>
    config.strict ? SWITCHES.filter(({ path }) => !names(config, path)).map(({ path }) => path) : [],

  judge: ({ config, before }) => {
    if (!config.strict) return []
    return SWITCHES.filter(({ path }) => before(path) === true && !names(config, path)).map(
      ({ name, path }) => ({
        severity: 'confirm',
        path,
        message: `${name} is on, and the file, which is strict, does not mention it. Name it with true or false.`,
      }),
    )
  },
}
