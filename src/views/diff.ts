import type { Contrast } from '../plan/contrast.ts'
import type { TenantSettings } from '../plan/tenant-settings.ts'
import { plural } from './findings.ts'
import { blocks } from './human.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'
import { formatValue } from './value.ts'

/** One of the two that `diff` compares. */
export interface Compared {
  readonly environment: string
  /** `null` where the file does not say. */
  readonly tenant: string | null
}

/** What `diff` found. */
export interface Differences {
  /** Whether it is about the tenants, and not about what the file says of them. */
  readonly live: boolean
  readonly environments: readonly [left: Compared, right: Compared]
  readonly contrasts: readonly Contrast[]
  readonly unreadable: readonly (TenantSettings['unreadable'][number] & { readonly environment: string })[]
}

/** What differs, a line each, the two beside each other. */
export function renderDifferences(
  { live, environments, contrasts, unreadable }: Differences,
  paint: Paint,
): string {
  const [left, right] = environments
  const absent = live ? 'not readable' : 'not in the file'
  const text = (path: string, value: Contrast['left']): string =>
    value === undefined ? absent : formatValue(path, value)
  const rows = contrasts.map(({ path, secret, ...sides }) => ({
    path,
    left: text(path, sides.left),
    right: `${text(path, sides.right)}${secret ? ' (another one)' : ''}`,
  }))
  const head = { path: '', left: printable(left.environment), right: printable(right.environment) }
  const width = (key: 'path' | 'left'): number => Math.max(...[head, ...rows].map(row => row[key].length))
  const [pathWidth, leftWidth] = [width('path'), width('left')]
  const line = (row: typeof head): string =>
    `    ${row.path.padEnd(pathWidth)}  ${row.left.padEnd(leftWidth)}  ${row.right}`.trimEnd()
  const names = environments.map(
    ({ environment, tenant }) => `${tenant ?? 'no tenant'} (${printable(environment)})`,
  )
  return blocks([
    [paint.bold(names.join(' and '))],
    rows.length > 0 ? [paint.dim(line(head)), ...rows.map(row => line(row).replace(/^ {4}/, '  ≠ '))] : [],
    unreadable.map(({ environment, path, message }) =>
      paint.yellow(`  not readable: ${printable(environment)}: ${path}: ${message}`),
    ),
    [verdict(live, rows.length)],
  ])
}

function verdict(live: boolean, count: number): string {
  const what = live ? 'the tenants' : "the environments' files"
  if (count === 0) return `No differences between ${what}.`
  return `${plural(count, 'setting')} ${count === 1 ? 'differs' : 'differ'} between ${what}.`
}

/** The JSON document `mfa-config/diff/1`. */
export function diffDocument({ live, environments, contrasts, unreadable }: Differences): object {
  return { format: 'mfa-config/diff/1', live, environments, differences: contrasts, unreadable }
}
