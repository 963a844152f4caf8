import { readFileSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'

/** Where this tool's own credentials are. */
interface Outside {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The variables that hold them; they go to the tenant's token endpoint, and nowhere else. */
const NAMES: ReadonlySet<string> = new Set([
  'AUTH0_CLIENT_ID',
  'AUTH0_CLIENT_SECRET',
  'AUTH0_CLIENT_SIGNING_KEY_PATH',
  'AUTH0_ACCESS_TOKEN',
])

/** A shorter one is a word that can stand anywhere; it is found only where it stands alone. */
const SHORTEST = 8

/** Whether a variable is one of this tool's own; some systems do not tell large letters from small. */
export function isOwnVariable(name: string): boolean {
  return NAMES.has(name.toUpperCase())
}

/** Whether a file is this tool's signing key, under whatever name. */
export function isOwnKeyFile(file: string, { cwd, env }: Outside): boolean {
  const own = env.AUTH0_CLIENT_SIGNING_KEY_PATH
  return Boolean(own) && realPath(resolve(cwd, own ?? '')) === realPath(file)
}

/** Whether a text has any of some credentials in it, however the lines of a key are broken. */
export type Finder = (content: string) => boolean

/** Makes a finder. It is asked for every reference of every environment, so what it has seen it knows. */
export function finderOf(credentials: readonly (string | undefined)[]): Finder {
  const all = new Set(credentials.flatMap(own => keysIn(own ?? '')).map(withoutSpace))
  all.delete('')
  const long = [...all].filter(({ length }) => length >= SHORTEST)
  const seen = new Map<string, boolean>()
  return content => {
    const known = seen.get(content)
    if (known !== undefined) return known
    const bare = withoutSpace(content)
    const found = all.has(bare) || long.some(own => bare.includes(own))
    seen.set(content, found)
    return found
  }
}

const OWN = new WeakMap<Outside['env'], Finder>()

/**
 * Whether what a reference gives has this tool's own secret, token or signing key in it, wherever it comes from: as a
 * variable with all secrets of a CI run can, or a copy of the key.
 */
export function holdsOwnCredentials(content: string, outside: Outside): boolean {
  const { AUTH0_CLIENT_SECRET: secret, AUTH0_ACCESS_TOKEN: token } = outside.env
  const finder = OWN.get(outside.env) ?? finderOf([secret, token, signingKey(outside)])
  OWN.set(outside.env, finder)
  return finder(content)
}

/** Whether a text has a private key in it, in PEM form. */
export function holdsPrivateKey(text: string): boolean {
  return /-----BEGIN (?:[A-Z0-9]+ )?PRIVATE KEY-----/.test(text)
}

/** Keys without the lines around them, and any other text as it is. */
function keysIn(text: string): string[] {
  const keys = [...text.matchAll(/-----BEGIN [^-]*-----([^-]*)/g)].map(([, key = '']) => key)
  return keys.length > 0 ? keys : [text]
}

function signingKey({ cwd, env }: Outside): string | undefined {
  const file = env.AUTH0_CLIENT_SIGNING_KEY_PATH
  if (!file) return undefined
  try {
    return readFileSync(resolve(cwd, file), 'latin1')
  } catch {
    // Not to be read by this tool either, which says so when it needs it.
    return undefined
  }
}

/** A key can be written on one line or many, and with its line ends escaped. */
function withoutSpace(text: string): string {
  return text.replace(/\s|\\[nr]/g, '')
}

/** A path with its links followed; as it is where nothing is there. */
export function realPath(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}
