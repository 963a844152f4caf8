import type { Finding, Severity } from '../checks/check.ts'
import type { Report } from '../plan/apply.ts'
import type { Plan } from '../plan/plan.ts'

/** A JSON document as it is printed: indented, with a line end. */
export function renderJson(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

/** The JSON document `mfa-config/plan/1`. Environments are not part of this version: there is none. */
export function planDocument({ tenant, changes, requests, findings, unverified }: Plan): object {
  return {
    format: 'mfa-config/plan/1',
    tenant,
    environment: null,
    changes,
    requests: requests.map(({ method, path }) => ({ method, path })),
    findings,
    unverified,
    summary: { changes: changes.length, requests: requests.length, ...countSeverities(findings) },
  }
}

/** The JSON document `mfa-config/apply/1`. */
export function applyDocument(tenant: string, report: Report, snapshot: string | null): object {
  const { applied, failed, notAttempted, verified, error } = report
  return {
    format: 'mfa-config/apply/1',
    tenant,
    environment: null,
    applied,
    failed,
    notAttempted,
    verified,
    snapshot,
    ...(error && { error }),
  }
}

/** The JSON document `mfa-config/validate/1`. */
export function validateDocument(file: string, findings: readonly Finding[]): object {
  return { format: 'mfa-config/validate/1', file, findings, summary: countSeverities(findings) }
}

function countSeverities(findings: readonly Finding[]): {
  errors: number
  confirms: number
  warnings: number
} {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length
  return { errors: count('error'), confirms: count('confirm'), warnings: count('warning') }
}
