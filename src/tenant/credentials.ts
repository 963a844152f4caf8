import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UserError } from '../errors.ts'

/** How this program proves who it is. Never printed. */
export type Credentials =
  | { readonly kind: 'token'; readonly accessToken: string }
  | { readonly kind: 'secret'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly kind: 'key'
      readonly clientId: string
      readonly signingKey: string
      readonly algorithm: Algorithm
      /** Where the key is from, for messages. */
      readonly where: string
    }

/** Those that Auth0 takes for a private key JWT, by its documentation. */
export type Algorithm = 'RS256' | 'RS384' | 'PS256'
const ALGORITHMS: readonly string[] = ['RS256', 'RS384', 'PS256']

type Env = Readonly<Record<string, string | undefined>>

/** Credentials from the environment, by the Deploy CLI's names. Throws `credentials_missing` that says what to set. */
export async function credentialsFrom(env: Env, cwd: string): Promise<Credentials> {
  const { AUTH0_ACCESS_TOKEN: givenToken, AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: clientSecret } = env
  const accessToken = givenToken?.trim()
  if (accessToken) return { kind: 'token', accessToken: requireToken(accessToken) }
  const keyPath = env.AUTH0_CLIENT_SIGNING_KEY_PATH
  if (clientId && clientSecret) return { kind: 'secret', clientId, clientSecret }
  if (clientId && keyPath) {
    const algorithm = algorithmIn(env)
    const where = 'The file that AUTH0_CLIENT_SIGNING_KEY_PATH names'
    return { kind: 'key', clientId, signingKey: await readKey(resolve(cwd, keyPath)), algorithm, where }
  }
  const missing = clientId
    ? 'AUTH0_CLIENT_SECRET or AUTH0_CLIENT_SIGNING_KEY_PATH is not'
    : 'AUTH0_CLIENT_ID is not'
  throw new UserError(
    'credentials_missing',
    `No credentials: ${missing} set. Set AUTH0_CLIENT_ID with AUTH0_CLIENT_SECRET or AUTH0_CLIENT_SIGNING_KEY_PATH, or AUTH0_ACCESS_TOKEN.`,
  )
}

/** What a configuration gives as an environment's credentials: one of the forms, whole. */
export interface GivenCredentials {
  readonly client_id?: string
  readonly client_secret?: string
  /** A private key in PEM form. */
  readonly signing_key?: string
  readonly access_token?: string
}

/**
 * The credentials that an environment of the file has. A key is used with the algorithm that the environment variable
 * names. Throws `credentials_missing` where they cannot be any.
 */
export function credentialsOf(given: GivenCredentials, environment: string | null, env: Env): Credentials {
  const { client_id: clientId, client_secret: clientSecret, signing_key: signingKey, access_token } = given
  const whose = `of environment ${environment}`
  if (access_token)
    return { kind: 'token', accessToken: requireToken(access_token.trim(), `access_token ${whose}`) }
  if (clientId && clientSecret) return { kind: 'secret', clientId, clientSecret }
  if (clientId && signingKey) {
    return { kind: 'key', clientId, signingKey, algorithm: algorithmIn(env), where: `signing_key ${whose}` }
  }
  throw new UserError('credentials_missing', `The credentials ${whose} are not whole.`)
}

function algorithmIn({ AUTH0_CLIENT_SIGNING_ALGORITHM: named }: Env): Algorithm {
  const algorithm = named || 'RS256'
  if (isAlgorithm(algorithm)) return algorithm
  throw new UserError(
    'credentials_missing',
    `AUTH0_CLIENT_SIGNING_ALGORITHM is ${/^\w{1,10}$/.test(algorithm) ? `"${algorithm}"` : 'something else'}; Auth0 takes ${ALGORITHMS.join(', ')}.`,
  )
}

/** Characters that a header cannot carry: part of a file or of a web page rather than a token. */
function requireToken(accessToken: string, what = 'AUTH0_ACCESS_TOKEN'): string {
  if (/^[\x21-\x7e]+$/.test(accessToken)) return accessToken
  throw new UserError(
    'credentials_missing',
    `${what} is no token: there are spaces, line ends or unusual characters in it.`,
  )
}

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    // A key that was put there in place of its path is not repeated.
    const isKey = /\n|-----/.test(file) || file.length > 400 || /(^|\/)MII/.test(file)
    const said = isKey ? 'is no path of a file' : `names ${file}, which cannot be read`
    throw new UserError('credentials_missing', `AUTH0_CLIENT_SIGNING_KEY_PATH ${said}.`)
  }
}

function isAlgorithm(text: string): text is Algorithm {
  return ALGORITHMS.includes(text)
}
