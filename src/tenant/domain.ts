import { UserError } from '../errors.ts'

/** A tenant as it is reached and as it is named. */
export interface Domain {
  /** Host, with its port where it is not the usual one: `acme.eu.auth0.com`, `localhost:8443`. */
  readonly name: string
  /** `https://acme.eu.auth0.com`, without a slash at its end. */
  readonly origin: string
}

/** The word that stands for the tenant inside this program. */
export const SANDBOX = 'sandbox'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Understands a domain as people paste it: with or without `https://`, a port, a slash.
 * `what` names it in the error: `usage`, where it is no domain, or plain `http://` to another machine.
 */
export function parseDomain(given: string, what: string): Domain {
  const text = given.trim()
  const url = parseUrl(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`)
  if (
    !url ||
    !['https:', 'http:'].includes(url.protocol) ||
    url.pathname !== '/' ||
    url.username ||
    url.password ||
    url.search ||
    url.hash
  ) {
    // What does not look like one at all may be something else that was pasted, and secret.
    const isLikeOne = /^[\w.:/-]+$/.test(text) && text.length <= (text.includes('.') ? 80 : 30)
    const said = isLikeOne ? `"${text}", which is no domain` : 'no domain'
    throw new UserError('usage', `${what} is ${said}. It is like acme.eu.auth0.com.`)
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    throw new UserError(
      'usage',
      `${what} is "${given}": without TLS only this machine is spoken to. Use https.`,
    )
  }
  return { name: url.host, origin: url.origin }
}

/** Where the domain can be named. Each is as it was written. */
export interface Named {
  readonly flag?: string | undefined
  readonly env?: string | undefined
  readonly pin?: string | undefined
  /** The environment that `pin` belongs to; its tenant comes before `AUTH0_DOMAIN`. */
  readonly environment?: string | null
  /**
   * One of several environments of a run: then `AUTH0_DOMAIN` only says where the credentials of environment variables
   * may go, and each environment has a tenant of its own.
   */
  readonly isOneOfMany?: boolean
}

/** The tenant to speak to, and whether credentials from environment variables may go there. */
export type Target = typeof SANDBOX | { readonly domain: Domain; readonly environmentCredentials: boolean }

/**
 * Decides on the tenant before any request: the flag, then the environment's tenant, then `AUTH0_DOMAIN`, then the file's
 * pin. Two that differ are `tenant_mismatch`, except that the sandbox takes any file. None at all is
 * `credentials_missing`.
 */
export function chooseDomain({ flag, env, pin, environment = null, isOneOfMany }: Named): Target {
  // An empty variable is one that is not set; an empty flag is a variable that was meant to be.
  if (flag !== undefined && flag.trim() === '') {
    throw new UserError('usage', '--domain is empty. It is like acme.eu.auth0.com.')
  }
  // Whoever has chosen the sandbox does not reach a tenant because a file names one.
  if (isSandbox(flag ?? env)) return SANDBOX
  if (isSandbox(pin) && !flag && (!env || isOneOfMany)) {
    if (environment === null) return SANDBOX
    // Nor does an environment that is meant for a tenant end up there, where every plan is fine.
    throw new UserError(
      'tenant_mismatch',
      `${capital(whoseTenant(environment))} is the sandbox, which a run gets to with --domain sandbox or AUTH0_DOMAIN=sandbox alone. Nothing was sent.`,
    )
  }
  if (isOneOfMany && flag !== undefined) {
    throw new UserError(
      'usage',
      '--domain names one tenant, and these are several environments. Only --domain sandbox takes all.',
    )
  }
  const whose = whoseTenant(environment)
  const named = [
    ...(flag ? [{ what: '--domain', ...parseDomain(flag, '--domain') }] : []),
    ...(env && !isSandbox(env) ? [{ what: 'AUTH0_DOMAIN', ...parseDomain(env, 'AUTH0_DOMAIN') }] : []),
  ]
  const pinned = pin ? [{ what: whose, ...parseDomain(pin, capital(whose)) }] : []
  if (isOneOfMany) {
    const [own] = pinned
    if (!own) throw new UserError('credentials_missing', `Environment ${environment} has no tenant.`)
    return targetOf(
      own,
      named.some(({ name }) => name === own.name),
    )
  }
  const all = [...named, ...pinned]
  const [first] = all
  if (!first) {
    throw new UserError('credentials_missing', 'Which tenant? Set AUTH0_DOMAIN, or try --domain sandbox.')
  }
  const other = all.find(({ name }) => name !== first.name)
  if (other) {
    throw new UserError(
      'tenant_mismatch',
      `${first.what} is ${first.name}, but ${other.what} is ${other.name}. Nothing was sent to either.`,
    )
  }
  return targetOf(first, named.length > 0)
}

function targetOf({ name, origin }: Domain, environmentCredentials: boolean): Target {
  return { domain: { name, origin }, environmentCredentials }
}

function whoseTenant(environment: string | null): string {
  return environment === null ? "the file's tenant" : `the tenant of environment ${environment}`
}

function isSandbox(named: string | undefined): boolean {
  return named?.trim() === SANDBOX
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}
