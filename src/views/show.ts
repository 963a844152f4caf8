import type { Finding } from '../checks/check.ts'
import { placed } from '../config/placed.ts'
import { nest } from '../config/tree.ts'
import type { TenantSettings } from '../plan/tenant-settings.ts'
import { renderFindings } from './findings.ts'
import { heading } from './heading.ts'
import { blocks } from './human.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'
import { formatValue } from './value.ts'

/** What `show` says of a tenant. */
export interface Shown {
  readonly tenant: string
  readonly environment: string | null
  readonly settings: TenantSettings
  readonly findings: readonly Finding[]
}

/** What a tenant has, a line each; then what could not be read. */
export function renderSettings(shown: Shown, paint: Paint): string {
  const { settings, findings } = shown
  const { held, unreadable, unknown } = settings
  const paths = [...held.map(({ entry }) => entry.path), ...unknown.map(({ path }) => path)]
  const width = Math.max(0, ...paths.map(path => path.length))
  const line = (path: string, value: string): string => `  ${path.padEnd(width)}  ${value}`
  return blocks([
    [heading(shown, paint)],
    held.map(({ entry: { path }, value }) => line(path, painted(formatValue(path, value), paint))),
    unknown.map(({ path, enabled }) =>
      paint.dim(line(printable(path), `${enabled ? 'on' : 'off'} (not known to this version; left alone)`)),
    ),
    byMessage(unreadable).map(([message, paths]) =>
      paint.yellow(`  not readable: ${paths.join(', ')}: ${message}`),
    ),
    renderFindings(findings, paint),
  ])
}

/** What a tenant has, as its column of a matrix. */
export function settingCells({ settings: { held } }: Shown): ReadonlyMap<string, string> {
  return new Map(held.map(({ entry: { path }, value }) => [path, formatValue(path, value)]))
}

/** The JSON document `mfa-config/show/1`. */
export function showDocument({ tenant, environment, settings, findings }: Shown): object {
  const { held, unreadable, unknown } = settings
  const config = nest(placed(held.map(({ entry, value }) => [entry, value] as const)))
  return { format: 'mfa-config/show/1', tenant, environment, config, unreadable, unknown, findings }
}

function painted(text: string, paint: Paint): string {
  if (text === 'on') return paint.green(text)
  return text === 'off' ? paint.dim(text) : text
}

/** Paths that cannot be read for one and the same reason, together. */
function byMessage(unreadable: TenantSettings['unreadable']): [message: string, paths: string[]][] {
  const groups = new Map<string, string[]>()
  for (const { path, message } of unreadable) groups.set(message, [...(groups.get(message) ?? []), path])
  return [...groups]
}
