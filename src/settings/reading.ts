import type { Value } from './field.ts'

/** Values of one setting's fields, by the name that the file gives them. What is not there is not known. */
export type Values = Readonly<Record<string, Value>>

/** What reading a setting gave: the API's answer, and what it means. */
export interface Reading {
  readonly answer: unknown
  readonly values: Values
  /** Whether anybody has ever set it; for a provider, that it has its write-only secret too. */
  readonly configured: boolean
}

/** Whether two values mean the same. Sets are sorted already. */
export function sameValue(a: Value, b: Value): boolean {
  return (
    a === b ||
    (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => item === b[i]))
  )
}
