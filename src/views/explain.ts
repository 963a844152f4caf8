import type { Check } from '../checks/check.ts'

/** A check's long text, for `validate --explain`. */
export function explainCheck({ id, title, severities, why, remedy }: Check): string {
  return `${id}  ${title} (${severities.join(' or ')})\n\n${why}\nWhat to do: ${remedy}\n`
}

/** The JSON document `mfa-config/explain/1`. */
export function explainDocument({ id, title, severities, why, remedy }: Check): object {
  return { format: 'mfa-config/explain/1', id, title, severities, why, remedy }
}
