import { inEnvironment, pinOf, requireForm, requireKnown } from '../config/environments.ts'
import { type Loaded, load } from '../config/load.ts'
import { writtenValues } from '../config/written.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { contrast, type Side } from '../plan/contrast.ts'
import type { Pair } from '../run/between-tenants.ts'
import { configOf } from '../run/configuration.ts'
import { type CommonOptions, isJson } from '../run/options.ts'
import { paintFor, print } from '../run/screen.ts'
import { ENTRIES } from '../settings/catalogue.ts'
import { type Differences, diffDocument, renderDifferences } from '../views/diff.ts'
import { renderJson } from '../views/documents.ts'

/** Flags of `diff`. */
export interface DiffOptions extends CommonOptions {
  /** Compares the tenants, and not what the file says of them. */
  readonly live?: boolean
  readonly detailedExitcode?: boolean
}

/**
 * `diff`: what differs between two environments, in their files or, with `--live`, in their tenants. Exits 0, or 2 with
 * `--detailed-exitcode` when something does.
 */
export async function diff(host: Host, options: DiffOptions): Promise<number> {
  const pair = twoOf(options)
  const loaded = await load(host, options.config)
  requireForm(loaded)
  for (const name of pair) requireKnown(loaded, name)
  const differences = options.live
    ? await (await import('../run/between-tenants.ts')).betweenTenants(host, options, loaded, pair)
    : await betweenFiles(host, loaded, pair)
  if (isJson(options)) host.out(renderJson(diffDocument(differences)))
  else await print(host, renderDifferences(differences, await paintFor(host, options)))
  return options.detailedExitcode && differences.contrasts.length > 0 ? 2 : 0
}

function twoOf({ env }: DiffOptions): Pair {
  const [left, right, ...others] = env
  if (left !== undefined && right !== undefined && others.length === 0) return [left, right]
  throw new UserError('usage', 'diff compares two environments: name both, as in diff --env dev --env prod.')
}

async function betweenFiles(host: Host, loaded: Loaded, [left, right]: Pair): Promise<Differences> {
  const sideOf = async (name: string): Promise<Side> =>
    writtenValues(inEnvironment(loaded, name).loaded, await configOf(host, loaded, name, 'everything'))
  const paths = ENTRIES.map(({ path }) => path)
  const comparedAs = (environment: string) => ({
    environment,
    tenant: pinOf(loaded, environment).tenant ?? null,
  })
  return {
    live: false,
    environments: [comparedAs(left), comparedAs(right)],
    // What stands there of a secret is a reference, which is none.
    contrasts: contrast(paths, await sideOf(left), await sideOf(right), () => false),
    unreadable: [],
  }
}
