import type { Ask, Check, Found, Known } from './check.ts'
import { enumerate } from './file.ts'
import { customDomains } from './lookups.ts'

const PATHS = ['webauthn-roaming', 'webauthn-platform'].map(name => `factors.${name}.relying_party`)

/** W02. Auth0's documentation on WebAuthn. */
export const relyingPartyDomain: Check = {
  id: 'W02',
  title: "The relying party does not fit the tenant's custom domain",
  severities: ['error'],
  why: 'Browsers use a key only where the relying party is the domain of the login page or one above it, and that page is on the custom domain.',
  remedy: 'Set up the custom domain first; name it, or a domain above it; or use false.',

  asks: domainAsks,

  judge: ({ after, asked }) => {
    const domains = asked(customDomains)
    if (domains === undefined) return []
    return PATHS.flatMap((path): Found[] => {
      const party = after(path)
      if (typeof party !== 'string' || domains.some(domain => isSuffix(party, domain))) return []
      const message =
        domains.length === 0
          ? `The relying party ${party} needs a custom domain, and this tenant has none that is ready. Set it up first, or use false.`
          : `The relying party ${party} is neither ${enumerate(domains, 'or')} nor a domain above it. Name such a one, or use false.`
      return [{ severity: 'error', path, message }]
    })
  },
}

/** W03. Auth0's documentation on WebAuthn. */
export const relyingPartyChange: Check = {
  id: 'W03',
  title: 'The relying party changes',
  severities: ['confirm'],
  why: 'A key is bound to the relying party that it was enrolled for: those enrolled so far stop working.',
  remedy: 'Confirm that no user has enrolled, or that they can log in with another factor and enrol again.',

  judge: ({ before, after }) =>
    PATHS.flatMap((path): Found[] => {
      const [from, to] = [before(path), after(path)]
      if (from === undefined || to === undefined || from === to) return []
      const message = `The relying party goes from ${word(from)} to ${word(to)}: what users have enrolled so far stops working. Confirm that this is meant.`
      return [{ severity: 'confirm', path, message }]
    }),
}

/** W04. Auth0's documentation: "FIDO authentication with WebAuthn". */
export const severalDomains: Check = {
  id: 'W04',
  title: 'A relying party with several custom domains',
  severities: ['warning'],
  why: 'One relying party serves one custom domain: on the others, keys do not work.',
  remedy: 'Keep one custom domain, or use false.',

  asks: domainAsks,

  judge: ({ after, asked }) => {
    const domains = asked(customDomains) ?? []
    const path = PATHS.find(path => typeof after(path) === 'string')
    if (path === undefined || domains.length < 2) return []
    const message = `The tenant has several custom domains (${enumerate(domains)}), and a relying party serves only one: keys do not work on the others. Keep one, or use false.`
    return [{ severity: 'warning', path, message }]
  },
}

function domainAsks({ config: { values } }: Known): Ask[] {
  return PATHS.filter(path => typeof values.get(path) === 'string').map(path => ({
    lookup: customDomains,
    path,
  }))
}

/** A domain itself or one above it. Of what is registrable, only this is known here: not a top-level domain. */
function isSuffix(party: string, domain: string): boolean {
  return party.includes('.') && (domain === party || domain.endsWith(`.${party}`))
}

function word(party: unknown): string {
  return typeof party === 'string' ? party : "the tenant's own domain"
}
