import type { Config } from '../config/config.ts'
import { FACTORS } from '../settings/factor.ts'
import type { Check } from './check.ts'

const SWITCHES = Object.keys(FACTORS).map(name => ({ name, path: `factors.${name}.enabled` }))

/** F12: what `strict: true` asks for. */
export const unmentioned: Check = {
  id: 'F12',
  title: 'strict: a factor is on that the file does not mention',
  explanation: `What a file does not mention is left untouched. With strict: true the file claims to say which factors there are, so a
factor that somebody has switched on elsewhere is a finding: it has to be confirmed, mentioned, or switched off.
What to do: name the factor in the file, with true or false.`,

  needs: config =>
    config.strict ? SWITCHES.filter(({ path }) => !isMentioned(config, path)).map(({ path }) => path) : [],

  judge: ({ config, before }) => {
    if (!config.strict) return []
    return SWITCHES.filter(({ path }) => before(path) === true && !isMentioned(config, path)).map(
      ({ name, path }) => ({
        severity: 'confirm',
        path,
        message: `${name} is on, and the file, which is strict, does not mention it. Name it with true or false.`,
      }),
    )
  },
}

function isMentioned({ values, unresolved }: Config, path: string): boolean {
  return values.has(path) || unresolved.has(path)
}
