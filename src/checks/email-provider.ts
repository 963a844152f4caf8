import type { Check } from './check.ts'
import { switchOf } from './file.ts'
import { emailProvider } from './lookups.ts'

const SWITCH = switchOf('email')

/** F07. Auth0's documentation on e-mail providers; the API says "none" with a 404. */
export const ownEmailProvider: Check = {
  id: 'F07',
  title: 'E-mail codes are on without an e-mail provider',
  severities: ['warning'],
  why: "Auth0's built-in provider is for tests: it sends ten e-mails a minute, for the whole tenant.",
  remedy: 'Set up and enable an e-mail provider under Branding.',

  asks: ({ config }) => (config.values.get(SWITCH) === true ? [{ lookup: emailProvider, path: SWITCH }] : []),

  judge: ({ after, asked }) => {
    const provider = asked(emailProvider)
    if (after(SWITCH) !== true || provider === undefined || provider === 'enabled') return []
    const why = provider === 'none' ? 'the tenant has no e-mail provider' : 'its e-mail provider is disabled'
    const message = `email is on, but ${why}: codes go through Auth0's built-in one, ten a minute and not for production. Set up and enable a provider.`
    return [{ severity: 'warning', path: SWITCH, message }]
  },
}
