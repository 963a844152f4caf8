import type { Validated } from './documents.ts'
import { countFindings, renderFindings } from './findings.ts'
import { blocks } from './human.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/** What `validate` says of a file, and where in it. */
export interface LocatedValidation extends Validated {
  /** `mfa-config.yaml:3:5`, for a path of the file. */
  readonly placeOf: (path: string) => string
}

/** Whether a check stops what the file asks for. */
export function isStopped({ findings }: Validated): boolean {
  return findings.some(({ severity, allowed }) => severity === 'error' && !allowed)
}

/** The findings with their places, and a verdict. */
export function renderValidated(validated: LocatedValidation, paint: Paint): string {
  const { file, environment, findings, placeOf } = validated
  const verdict = isStopped(validated) ? 'stopped by a check' : 'valid'
  const what = environment === null ? file : `${file} (${printable(environment)})`
  return blocks([
    renderFindings(findings, paint, placeOf),
    [`${[`${what}: ${verdict}`, ...countFindings(findings)].join(', ')}.`],
  ])
}
