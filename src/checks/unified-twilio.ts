import type { Check, Facts, Found } from './check.ts'
import { clears, names, notNamed, reliesOn } from './file.ts'
import { knownProvider } from './lookups.ts'
import { PROVIDER } from './phone-messages.ts'
import { FROM, last, SERVICE, SID, TOKEN, TWILIO } from './twilio.ts'
import { ACCOUNT, namesProvider } from './unified-phone.ts'

/**
 * H07. Recorded: the API answers 400 to a Twilio provider without a sender. Auth0's OpenAPI description: sid and token are
 * required, and an account of any provider has a sid.
 */
export const unifiedTwilio: Check = {
  id: 'H07',
  title: "The phone's Twilio account is not complete (unified phone experience)",
  severities: ['error', 'confirm'],
  why: 'The API refuses a Twilio provider without sid, auth_token, and from or messaging_service_sid. Whether one that was another provider before has a token cannot be seen.',
  remedy: 'Complete factors.phone.twilio.',

  needs: known => {
    const { config, phone } = known
    const mayUse = !names(config, PROVIDER) && (reliesOn('phone', known) || clears(config, ACCOUNT))
    const isReason = config.values.get(PROVIDER) === 'twilio' || mayUse
    return phone !== 'legacy' && isReason ? notNamed(config, [PROVIDER, ...ACCOUNT]) : []
  },

  judge: facts => {
    const { phone, config, after, asked } = facts
    const known = asked(knownProvider)
    if (phone !== 'unified' || known === undefined) return []
    const written = namesProvider(config) ? (known ?? (hasPart(facts) ? 'twilio' : null)) : null
    // What is chosen; else what an account is written to: what is there, if only disabled, or a new one of Twilio's.
    const provider = after(PROVIDER) ?? written
    if (provider === 'twilio')
      return [...withoutSid(facts), ...withoutToken(facts, known), ...withoutSender(facts)]
    // A custom one may have an account besides, but not a part of one.
    return provider === 'custom' && written !== null && hasSender(facts) ? withoutSid(facts) : []
  },
}

function hasPart({ after }: Facts): boolean {
  return ACCOUNT.some(path => typeof after(path) === 'string')
}

function hasSender({ after }: Facts): boolean {
  return [FROM, SERVICE].some(path => typeof after(path) === 'string')
}

function withoutSid({ after }: Facts): Found[] {
  return after(SID) === null ? [notSet(SID, 'sid is not')] : []
}

function withoutSender({ after }: Facts): Found[] {
  const isNone = after(FROM) === null && after(SERVICE) === null
  return isNone ? [notSet(FROM, 'neither from nor messaging_service_sid is')] : []
}

/** Of a provider that the tenant has as Twilio's, the token is there: the API takes none without. */
function withoutToken({ config }: Facts, known: string | null): Found[] {
  if (names(config, TOKEN) || known === 'twilio') return []
  if (known === null) return [notSet(TOKEN, 'auth_token is not')]
  const message = `The phone's provider comes to be twilio, and the file has no ${last(TOKEN)}: whether the tenant keeps one from before cannot be seen. Add it to ${TWILIO}.`
  return [{ severity: 'confirm', path: TOKEN, message }]
}

function notSet(path: string, what: string): Found {
  const message = `The phone's Twilio account is not complete: ${what} set, and the API refuses it so. Add it to ${TWILIO}.`
  return { severity: 'error', path, message }
}
