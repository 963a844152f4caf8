import { entryAt } from '../settings/catalogue.ts'
import { formatDuration } from '../settings/duration.ts'
import type { Value } from '../settings/field.ts'
import { hasHidden, printable } from './printable.ts'

/** A value of a path as people read it: `on`, `7d`, `sms, voice`, `not set`. */
export function formatValue(path: string, value: Value): string {
  if (value === null) return 'not set'
  if (typeof value === 'boolean') return isSwitch(path) ? (value ? 'on' : 'off') : String(value)
  if (typeof value === 'number') return formatNumber(path, value)
  if (typeof value === 'string') return formatText(value)
  return value.length === 0 ? 'none' : value.map(formatText).join(', ')
}

/** Not every `false` is "off": as a relying party it is the tenant's own domain. */
function isSwitch(path: string): boolean {
  return (entryAt(path)?.field.kind ?? 'switch') === 'switch'
}

function formatNumber(path: string, value: number): string {
  const unit = entryAt(path)?.field.unit
  if (unit === 'seconds') return formatDuration(value)
  if (unit === 'days') return value === 1 ? '1 day' : `${value} days`
  return String(value)
}

/** Text as it is, quoted where its ends or its control characters would not be seen, or would act on the terminal. */
function formatText(text: string): string {
  if (text !== '' && text === text.trim() && !hasHidden(text)) return text
  // JSON itself escapes the first 32 characters alone.
  return printable(JSON.stringify(text))
}
