import { stringify } from 'yaml'
import { CHECKS } from '../checks/catalogue.ts'
import { CATALOGUES, ENTRIES, type Entry, OF_ONE_KIND } from '../settings/catalogue.ts'
import type { Field } from '../settings/field.ts'
import { formatValue } from './value.ts'

/** The reference of the file's settings, as a Markdown table: what each is, what it takes, what Auth0 has by default. */
export function renderReference(): string {
  return table(
    ['setting', 'what it is', 'takes', "Auth0's default"],
    ENTRIES.map(entry => [
      `\`${entry.path}\``,
      entry.field.description,
      takes(entry.field),
      byDefault(entry),
    ]),
  )
}

/**
 * Everything about every setting, in Markdown: a table for each section of the file, with an example of each value as
 * YAML has it.
 */
export function renderSettings(): string {
  const sections = new Map<string, Entry[]>()
  for (const entry of ENTRIES) {
    if (entry.field.derived) continue
    const section = entry.path.split('.').slice(0, entry.path.startsWith('factors.') ? 2 : 1)
    const name = section.join('.')
    sections.set(name, [...(sections.get(name) ?? []), entry])
  }
  return [...sections].map(([name, entries]) => `### \`${name}\`\n\n${sectionTable(entries)}`).join('\n\n')
}

function sectionTable(entries: readonly Entry[]): string {
  return table(
    ['setting', 'what it is', 'takes', "Auth0's default", 'unit', 'example'],
    entries.map(entry => [
      `\`${entry.path}\``,
      entry.field.description,
      takes(entry.field),
      byDefault(entry),
      entry.field.unit ?? '',
      `\`${stringify(entry.field.example, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd()}\``,
    ]),
  )
}

/** Which sections of the file need which scopes, as a Markdown table. */
export function renderScopes(): string {
  const rows = new Map<string, { read: string; write: readonly string[]; sections: Set<string> }>()
  const usual = new Map<string, string>()
  for (const [kind, { settings }] of Object.entries(CATALOGUES)) {
    for (const setting of settings) {
      const { at, fields, read, write } = setting
      if (kind === 'unified' && !OF_ONE_KIND.has(setting)) continue
      const whole = at || (Object.keys(fields)[0] ?? '')
      const section = whole.split('.').slice(0, 2).join('.')
      const scope = write.scopes.join(' ')
      if (!usual.has(section)) usual.set(section, scope)
      const row = rows.get(scope) ?? { read: read?.scope ?? '', write: write.scopes, sections: new Set() }
      rows.set(scope, row)
      // A part of a section that needs another scope than the rest is named in full.
      if (usual.get(section) === scope) row.sections.add(`\`${section}\``)
      else if (kind === 'legacy') row.sections.add(`\`${whole}\``)
      else for (const part of partsOf(at, section, fields)) row.sections.add(`\`${part}\` (unified phone)`)
    }
  }
  const cells = [...rows.values()].map(({ read, write, sections }) => [
    `\`${read}\``,
    write.map(scope => `\`${scope}\``).join(', '),
    [...sections].sort().join(', '),
  ])
  return table(['to plan', 'to apply', 'sections'], cells)
}

/** What lives in a setting that is one of several of a section: its objects and values at the first level. */
function partsOf(at: string, section: string, fields: Readonly<Record<string, Field>>): string[] {
  if (at !== section) return [at]
  const names = Object.entries(fields).filter(([, { derived }]) => !derived)
  return names.map(([name]) => `${at}.${name.split('.')[0]}`)
}

/** The checks that are made, as a Markdown table. */
export function renderChecks(): string {
  return table(
    ['check', 'severity', 'what it looks for', 'why', 'what to do'],
    [...CHECKS]
      .sort((a, b) => a.id.localeCompare(b.id))
      .map(({ id, severities, title, why, remedy }) => [id, severities.join(', '), title, why, remedy]),
  )
}

function takes({ expects, secret, writeOnly }: Field): string {
  if (!secret) return expects
  return writeOnly ? 'a reference; cannot be read back' : 'a reference'
}

function byDefault({ path, field }: Entry): string {
  if (field.default === undefined) return ''
  const text = formatValue(path, field.default)
  return typeof field.default === 'string' && text.includes(' ') ? `\`${text}\`` : text
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map(cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}
