import { ENTRIES, type Entry } from '../settings/catalogue.ts'
import type { Field } from '../settings/field.ts'
import { formatValue } from './value.ts'

/** The reference of the file's settings, as a Markdown table: what each is, what it takes, what Auth0 has by default. */
export function renderReference(): string {
  const rows = ENTRIES.map(entry => [
    `\`${entry.path}\``,
    entry.field.description,
    takes(entry.field),
    byDefault(entry),
    `\`${scopeOf(entry)}\``,
  ])
  return [
    ['setting', 'what it is', 'takes', "Auth0's default", 'scopes: `read:…`, `update:…`'],
    ['---', '---', '---', '---', '---'],
    ...rows,
  ]
    .map(cells => `| ${cells.map(escapePipe).join(' | ')} |`)
    .join('\n')
}

function takes({ expects, secret, writeOnly }: Field): string {
  if (!secret) return expects
  return writeOnly ? 'a reference; cannot be read back' : 'a reference'
}

function byDefault({ path, field }: Entry): string {
  if (field.default === undefined) return ''
  return typeof field.default === 'string' && field.default.includes(' ')
    ? `\`${field.default}\``
    : formatValue(path, field.default)
}

/** Both scopes of a setting end in the same word. */
function scopeOf({ setting }: Entry): string {
  return setting.write.scope.replace(/^update:/, '')
}

function escapePipe(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
