import * as z from 'zod/mini'
import type { About, Field } from './field.ts'

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const
const PATTERN = /^([0-9]+)\s*(s|m|h|d)$/

/** Seconds of `90s`, `5m`, `12h` or `7d`; a number is seconds already. `undefined` for anything else. */
export function parseDuration(given: string | number): number | undefined {
  if (typeof given === 'number') return given
  const [, amount, unit] = PATTERN.exec(given) ?? []
  if (amount === undefined || !isUnit(unit)) return undefined
  return Number(amount) * SECONDS[unit]
}

/** Seconds as the file writes them, in the largest unit that divides them: 300 → `5m`, 90 → `90s`. */
export function formatDuration(seconds: number): string {
  for (const unit of ['d', 'h', 'm'] as const) {
    if (seconds !== 0 && seconds % SECONDS[unit] === 0) return `${seconds / SECONDS[unit]}${unit}`
  }
  return `${seconds}s`
}

/** A length of time within bounds in seconds, both included. */
export function duration({
  min,
  max,
  ...about
}: About<number> & { min: number; max: number }): Field<number> {
  const range = z.int().check(z.gte(min), z.lte(max))
  const schema = z.pipe(
    z.pipe(
      z.union([range, z.string().check(z.regex(PATTERN))]),
      z.transform((given: number | string) => parseDuration(given) ?? Number.NaN),
    ),
    range,
  )
  const expects = `a duration from ${formatDuration(min)} to ${formatDuration(max)} (such as 90s, 5m, 12h, 7d; a number is seconds)`
  return { ...about, kind: 'number', unit: 'seconds', schema, expects }
}

function isUnit(unit: string | undefined): unit is keyof typeof SECONDS {
  return unit !== undefined && Object.hasOwn(SECONDS, unit)
}
