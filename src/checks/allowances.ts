import { CHECKS } from './catalogue.ts'
import type { Finding } from './check.ts'

/**
 * What to say about ids that were accepted and accept nothing: their check does not fire, is not made by this version,
 * or found an error, which a file cannot accept.
 */
export function idleAllowances(
  findings: readonly Finding[],
  { flags, file }: { readonly flags: readonly string[]; readonly file: readonly string[] },
): string[] {
  return [
    ...flags.flatMap(id =>
      findings.some(({ check }) => check === id) ? [] : [`--allow ${id}: ${idle(id)}`],
    ),
    ...file.flatMap(id => {
      const found = findings.filter(({ check }) => check === id)
      if (found.length === 0) return [`allow: ${id} in the file: ${idle(id)}`]
      return found.some(({ allowed }) => allowed)
        ? []
        : [`allow: ${id} in the file: it is an error, which only --allow on the command line accepts.`]
    }),
  ]
}

function idle(id: string): string {
  return CHECKS.some(check => check.id === id)
    ? 'it does not fire, so there is nothing to accept.'
    : 'this version does not make that check.'
}
