import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { foundIn } from '../../secrets/support/search.ts'
import { emptyFolder, type Outcome, run, writeFiles } from '../../support/cli.ts'

const OWN_KEY = 'MIIEvOwnKeyOwnKey/7hQ2mXc94bTzLpW8vYdR3nKs6FjGaUe1'
const PROD_KEY = 'MIIEvProdKeyProd/x2Lk9RwTq5VbNz8MhYc4SdPf7JgHaEu3'

/** Credentials as they are on a machine that runs CI, each to be told from all others. */
export const SECRETS = {
  ownSecret: 'own-Secret-q83hFzW2',
  ownToken: 'own-Token-Zk29xVnR4',
  ownKey: OWN_KEY,
  prodSecret: 'prod-Secret-m47JtYc8',
  prodToken: 'prod-Token-L05bQsH3',
  prodKey: PROD_KEY,
}

/** A private key as a file has it. */
function pem(key: string): string {
  return `-----BEGIN PRIVATE KEY-----\n${key.slice(0, 30)}\n${key.slice(30)}\n-----END PRIVATE KEY-----\n`
}

/** The variables of that machine. Where the tool is to speak to is left out. */
export const ENV = {
  AUTH0_CLIENT_ID: 'own-client-0123456789',
  AUTH0_CLIENT_SECRET: SECRETS.ownSecret,
  AUTH0_ACCESS_TOKEN: SECRETS.ownToken,
  AUTH0_CLIENT_SIGNING_KEY_PATH: 'keys/own.pem',
  SAME_AS_OWN: SECRETS.ownSecret,
  ALL_OF_OWN: JSON.stringify({ region: 'eu', secret: SECRETS.ownSecret }),
  OWN_KEY: pem(OWN_KEY).replaceAll('\n', '\\n'),
  PROD_ID: 'prod-client-0123456789',
  PROD_SECRET: SECRETS.prodSecret,
  PROD_TOKEN: SECRETS.prodToken,
  SAME_AS_PROD: SECRETS.prodSecret,
  ALL_OF_PROD: JSON.stringify({ region: 'eu', secret: SECRETS.prodSecret }),
  PROD_KEY: pem(PROD_KEY),
}

/** The files of that machine, besides the configuration. */
const FILES = {
  'keys/own.pem': pem(OWN_KEY),
  'keys/prod.pem': pem(PROD_KEY),
  'copies/own.pem': pem(OWN_KEY).replaceAll('\n', '\r\n'),
  'copies/prod.txt': PROD_KEY,
  'copies/environ': Object.entries({ A: '1', PROD_SECRET: SECRETS.prodSecret, B: '2' })
    .map(([name, value]) => `${name}=${value}`)
    .join('\0'),
  'copies/own.env': `OTHER=1\nAUTH0_CLIENT_SECRET=${SECRETS.ownSecret}\n`,
}

/** Environments as they stand in a repository: the credentials of `prod` and `test` are their own. */
export const ENVIRONMENTS = {
  dev: { tenant: 'acme-dev.eu.auth0.com' },
  prod: {
    tenant: 'acme.eu.auth0.com',
    credentials: { client_id: '${PROD_ID}', client_secret: '${PROD_SECRET}' },
  },
  test: {
    tenant: 'acme-test.eu.auth0.com',
    credentials: { client_id: '${PROD_ID}', signing_key: '${file:keys/prod.pem}' },
  },
  token: { tenant: 'acme-token.eu.auth0.com', credentials: { access_token: '${PROD_TOKEN}' } },
}

/** Runs a command line on that machine, in a new folder or in one that is there. */
export async function onMachine(
  args: readonly string[],
  { files = {}, env = {}, cwd = emptyFolder(), ...rest }: Parameters<typeof run>[1] = {},
): Promise<Outcome & { readonly cwd: string }> {
  await writeFiles(cwd, FILES)
  return { ...(await run(args, { ...rest, files, cwd, env: { ...ENV, ...env } })), cwd }
}

/** The names of credentials of which something is in what was printed. */
export function leaksIn({ out, err, questions }: Outcome): string[] {
  return foundIn([out, err, ...questions].join('\n'), SECRETS)
}

/** The same for the files that a run has left in a folder, beside those that were there before. */
export function leaksInFiles(cwd: string, before: readonly string[]): string[] {
  const own = readdirSync(cwd, { recursive: true })
    .map(String)
    .filter(name => !Object.hasOwn(FILES, name) && !before.includes(name))
    .filter(name => statSync(join(cwd, name)).isFile())
  return own.flatMap(name => foundIn(readFileSync(join(cwd, name), 'utf8'), SECRETS))
}
