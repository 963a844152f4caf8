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

/**
 * Whether what a reference gives has this tool's own secret, token or signing key in it, wherever it comes from: as a
 * variable with all secrets of a CI run can, or a copy of the key.
 */
export function holdsOwnCredentials(content: string, outside: Outside): boolean {
  const { AUTH0_CLIENT_SECRET: secret, AUTH0_ACCESS_TOKEN: token } = outside.env
  const bare = withoutSpace(content)
  return [secret, token, signingKey(outside)].some(own => {
    const needle = withoutSpace(own ?? '')
    return needle !== '' && (needle.length < SHORTEST ? bare === needle : bare.includes(needle))
  })
}

/** The key itself, without the lines around it. */
function signingKey({ cwd, env }: Outside): string | undefined {
  const file = env.AUTH0_CLIENT_SIGNING_KEY_PATH
  if (!file) return undefined
  try {
    return readFileSync(resolve(cwd, file), 'latin1').replace(/-----[^-]*-----/g, '')
  } catch {
    // Not to be read by this tool either, which says so when it needs it.
    return undefined
  }
}

/** A key can be written on one line or many, and with its line ends escaped. */
function withoutSpace(text: string): string {
  return text.replace(/\s|\\[nr]/g, '')
}

function realPath(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}
