import { CHECKS } from '../checks/catalogue.ts'
import { CATALOGUE, ENTRIES, type Entry } from '../settings/catalogue.ts'
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

/** Which sections of the file need which scopes, as a Markdown table. */
export function renderScopes(): string {
  const sectionsOf = new Map<string, Set<string>>()
  const scopeOf = new Map<string, string>()
  for (const { at, fields, write } of CATALOGUE) {
    const whole = at || (Object.keys(fields)[0] ?? '')
    const section = whole.split('.').slice(0, 2).join('.')
    const subject = write.scope.replace(/^update:/, '')
    if (!scopeOf.has(section)) scopeOf.set(section, subject)
    // A part of a section that needs another scope than the rest is named in full.
    const named = scopeOf.get(section) === subject ? section : whole
    sectionsOf.set(subject, (sectionsOf.get(subject) ?? new Set()).add(named))
  }
  const rows = [...sectionsOf].map(([subject, sections]) => [
    `\`read:${subject}\``,
    `\`update:${subject}\``,
    [...sections]
      .sort()
      .map(section => `\`${section}\``)
      .join(', '),
  ])
  return table(['to plan', 'to apply', 'sections'], rows)
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
