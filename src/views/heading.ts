import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/** The first line of everything that is said of a tenant: its name, and what the file calls it. */
export function heading(
  { tenant, environment }: { readonly tenant: string; readonly environment: string | null },
  paint: Paint,
): string {
  return paint.bold(environment === null ? tenant : `${tenant} (${printable(environment)})`)
}
