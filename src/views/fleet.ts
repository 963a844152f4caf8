import { CheckError } from '../checks/refused.ts'
import type { UserError } from '../errors.ts'
import { errorParts, renderError } from './error.ts'
import { plural, renderFindings } from './findings.ts'
import { heading } from './heading.ts'
import { blocks } from './human.ts'
import { renderMatrix } from './matrix.ts'
import type { Paint } from './paint.ts'

/** What came of one environment of a fleet. */
export type FleetResult<T> = { readonly environment: string; readonly tenant: string | null } & (
  | { readonly value: T }
  | { readonly error: UserError; readonly bug?: unknown }
)

/** What a command says of a tenant, by the form in which it is said. */
interface Views<T> {
  readonly key: string
  readonly document: (value: T) => object
  readonly cells?: (value: T) => ReadonlyMap<string, string>
  readonly tally: (value: T) => string
}

/** The JSON document `mfa-config/fleet/1`. */
export function fleetDocument<T>(results: readonly FleetResult<T>[], { key, document }: Views<T>): object {
  return {
    format: 'mfa-config/fleet/1',
    results: results.map(result => {
      const { environment, tenant } = result
      if ('value' in result) return { environment, tenant, [key]: document(result.value) }
      return { environment, tenant, ...errorParts(result.error, findingsOf(result.error)) }
    }),
  }
}

/** The block of a tenant on which nothing could be done. */
export function renderFailure(
  {
    environment,
    tenant,
    error,
  }: Pick<FleetResult<never>, 'environment' | 'tenant'> & { readonly error: UserError },
  paint: Paint,
): string {
  return blocks([
    [heading({ environment, tenant: tenant ?? 'no tenant' }, paint)],
    renderFindings(findingsOf(error) ?? [], paint),
    [renderError(error, paint).trimEnd()],
  ])
}

/** What follows the blocks of a fleet: the matrix, and how many tenants there are of what kind. */
export function renderFleetEnd<T>(
  results: readonly FleetResult<T>[],
  { cells, tally }: Views<T>,
  paint: Paint,
  width: number | undefined,
): string {
  const columns = results.flatMap(result =>
    cells && 'value' in result ? [{ name: result.environment, cells: cells(result.value) }] : [],
  )
  const counts = new Map<string, number>()
  for (const result of results) {
    const word = 'value' in result ? tally(result.value) : wordFor(result.error)
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const counted = [...counts].map(([word, count]) => `${count} ${word}`).join(', ')
  const summary =
    results.length === 0 ? 'No environments here.' : `${plural(results.length, 'tenant')}: ${counted}.`
  return blocks([renderMatrix(columns, paint, width), [summary]])
}

/** Who was asked and has said no, or has pressed Ctrl-C, knows that nothing failed. */
function wordFor({ code }: UserError): string {
  return code === 'interrupted' ? 'interrupted' : 'failed'
}

function findingsOf(error: UserError): CheckError['findings'] | undefined {
  return error instanceof CheckError ? error.findings : undefined
}
