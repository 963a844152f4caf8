import type { Finding } from '../checks/check.ts'
import { placed } from '../config/placed.ts'
import { nest } from '../config/tree.ts'
import type { TenantSettings } from '../plan/tenant-settings.ts'
import { renderFindings } from './findings.ts'
import { blocks } from './human.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'
import { formatValue } from './value.ts'

/** What a tenant has, a line each; then what could not be read. */
export function renderSettings(
  tenant: string,
  settings: TenantSettings,
  findings: readonly Finding[],
  paint: Paint,
): string {
  const { held, unreadable, unknown } = settings
  const paths = [...held.map(({ entry }) => entry.path), ...unknown.map(({ path }) => path)]
  const width = Math.max(0, ...paths.map(path => path.length))
  const line = (path: string, value: string): string => `  ${path.padEnd(width)}  ${value}`
  return blocks([
    [paint.bold(tenant)],
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

/** The JSON document `mfa-config/show/1`. */
export function showDocument(tenant: string, settings: TenantSettings, findings: readonly Finding[]): object {
  const { held, unreadable, unknown } = settings
  const config = nest(placed(held.map(({ entry, value }) => [entry, value] as const)))
  return { format: 'mfa-config/show/1', tenant, config, unreadable, unknown, findings }
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
