import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { closestWord } from '../closest.ts'
import type { Config } from '../config/config.ts'
import { requireForm } from '../config/environments.ts'
import { type Loaded, load } from '../config/load.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { privateFolder } from '../private-folder.ts'
import { atTerminal } from '../run/agreement.ts'
import { type ApplyOptions, applyAndReport, requireSomebody } from '../run/apply-one.ts'
import { configOf, theEnvironment } from '../run/configuration.ts'
import { namedTenant } from '../run/tenant.ts'
import { parseDomain, SANDBOX } from '../tenant/domain.ts'

/**
 * `restore`: plans and applies a snapshot, a file's path or the name of one that `apply` has saved. With `--env` the
 * tenant and the credentials are those of that environment of the configuration file.
 */
export async function restore(host: Host, named: string | undefined, options: ApplyOptions): Promise<number> {
  const file = await snapshotFile(host, named)
  requireSomebody(host, options)
  const snapshot = await load(host, file)
  const environment = theEnvironment(options)
  const config =
    environment === null
      ? await configOf(host, snapshot, null)
      : await forEnvironment(host, options, environment, snapshot)
  return applyAndReport(host, options, config, atTerminal(host, options))
}

/** A snapshot's settings, for the tenant of an environment. Throws `tenant_mismatch` if they are another's. */
async function forEnvironment(
  host: Host,
  options: ApplyOptions,
  environment: string,
  loaded: Loaded,
): Promise<Config> {
  const file = await load(host, options.config)
  requireForm(file)
  const { tenant, credentials } = await configOf(host, file, environment, 'settings')
  const snapshot = await configOf(host, loaded, null, 'nothing', file)
  const meant = namedTenant(host, options, { environment, ...(tenant && { tenant }) })
  const isOther = snapshot.tenant !== undefined && meant !== null && hostOf(snapshot.tenant) !== meant
  if (isOther && meant !== SANDBOX) {
    throw new UserError(
      'tenant_mismatch',
      `The snapshot is of ${snapshot.tenant}, and environment ${environment} is ${meant}. Nothing was sent to either.`,
    )
  }
  const { tenant: _, ...settings } = snapshot
  return { ...settings, environment, ...(tenant && { tenant }), ...(credentials && { credentials }) }
}

function hostOf(tenant: string): string {
  return parseDomain(tenant, 'The tenant').name
}

/** Where the snapshot is that was named. Throws `usage` with those that there are. */
async function snapshotFile(host: Host, named: string | undefined): Promise<string> {
  const known = await snapshotNames(host)
  const folder = snapshotFolder(host.cwd)
  if (named === undefined) {
    throw choice('Which snapshot?', known)
  }
  if (existsSync(resolve(host.cwd, named))) return named
  const inFolder = [named, `${named}.yaml`].map(name => join(folder, name)).find(path => existsSync(path))
  if (inFolder !== undefined) return relative(host.cwd, inFolder)
  const close = closestWord(named, known)
  if (close) throw new UserError('usage', `There is no snapshot ${named}. Did you mean ${close}?`)
  throw choice(`There is no snapshot ${named}.`, known)
}

/** How many are named to somebody who has not named one. */
const SHOWN = 10

function choice(sentence: string, known: readonly string[]): UserError {
  const hint =
    known.length > 0 ? 'The latest are:' : 'There is none here: apply saves one before its first write.'
  const latest = known.slice(0, SHOWN).map(message => ({ message }))
  return new UserError('usage', `${sentence} ${hint}`, latest)
}

function snapshotFolder(cwd: string): string {
  return join(privateFolder(cwd), 'snapshots')
}

/** The names of the snapshots that `apply` has saved in this folder, the latest first. */
export async function snapshotNames({ cwd }: Pick<Host, 'cwd'>): Promise<string[]> {
  const names = await readdir(snapshotFolder(cwd)).catch(() => [])
  const time = (name: string): string => /\d{4}-\d\d-\d\dT.*$/.exec(name)?.[0] ?? ''
  return names.filter(name => name.endsWith('.yaml')).sort((a, b) => (time(a) < time(b) ? 1 : -1))
}
