import type { Check } from './check.ts'
import { enumerate, notNamed, reliesOn, SWITCHES, switchOf } from './file.ts'
import { prompts } from './lookups.ts'

const SWITCH = switchOf('duo')
const ACCOUNT = ['host', 'ikey', 'skey']

/** F03. Auth0's documentation: "Configure Cisco Duo for MFA". Whether the API refuses the mixture is not recorded. */
export const duoAlone: Check = {
  id: 'F03',
  title: 'Duo is on with another factor',
  severities: ['error'],
  why: 'Duo works only while every other factor is off, recovery codes included.',
  remedy: 'Switch off either duo or all the others.',

  judge: ({ after }) => {
    const others = SWITCHES.filter(({ name, path }) => name !== 'duo' && after(path) === true)
    if (after(SWITCH) !== true || others.length === 0) return []
    const listed = enumerate(others.map(({ name }) => name))
    const message = `duo works only alone, and ${listed} would be on besides. Switch off either duo or all the others.`
    return [{ severity: 'error', path: SWITCH, message }]
  },
}

/** F04. Recorded: the API switches Duo on without an account. */
export const duoAccount: Check = {
  id: 'F04',
  title: 'Duo is on without host, ikey and skey',
  severities: ['error'],
  why: 'Without all three, Auth0 cannot send a user to Duo. The API switches the factor on nevertheless.',
  remedy: 'Give factors.duo its host, ikey and skey, or switch duo off.',

  needs: known =>
    reliesOn('duo', known)
      ? notNamed(
          known.config,
          ACCOUNT.map(name => `factors.duo.${name}`),
        )
      : [],

  judge: ({ after }) => {
    if (after(SWITCH) !== true) return []
    const missing = ACCOUNT.filter(name => after(`factors.duo.${name}`) === null)
    if (missing.length === 0) return []
    const message = `duo is on, but its account lacks ${enumerate(missing)}. Add what is missing to factors.duo, or switch duo off.`
    return [{ severity: 'error', path: `factors.duo.${missing[0]}`, message }]
  },
}

/** F05. Auth0's documentation: "Configure Cisco Duo for MFA". */
export const duoAction: Check = {
  id: 'F05',
  title: 'Duo is on with Universal Login',
  severities: ['warning'],
  why: "Universal Login offers Duo only where a post-login Action calls api.multifactor.enable('duo').",
  remedy: 'Make sure that such an Action is deployed and bound.',

  asks: ({ config }) => (config.values.get(SWITCH) === true ? [{ lookup: prompts, path: SWITCH }] : []),

  judge: ({ after, asked }) => {
    if (after(SWITCH) !== true || asked(prompts)?.experience !== 'new') return []
    const message =
      "With Universal Login, users meet duo only where a post-login Action calls api.multifactor.enable('duo'). Make sure that one does."
    return [{ severity: 'warning', path: SWITCH, message }]
  },
}
