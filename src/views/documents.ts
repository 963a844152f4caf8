import type { Finding, Severity } from '../checks/check.ts'
import type { Report } from '../plan/apply.ts'
import type { PlanOutline } from '../plan/plan.ts'

/** A JSON document as it is printed: indented, with a line end. */
export function renderJson(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

/** The JSON document `mfa-config/plan/1`. */
export function planDocument(plan: PlanOutline): object {
  const { tenant, environment, changes, requests, findings, unverified } = plan
  return {
    format: 'mfa-config/plan/1',
    tenant,
    environment,
    changes,
    requests: requests.map(({ method, path }) => ({ method, path })),
    findings,
    unverified,
    summary: { changes: changes.length, requests: requests.length, ...countSeverities(findings) },
  }
}

/** What `apply` did to a tenant, and where it saved what was there before. */
export interface Applied {
  readonly tenant: string
  readonly environment: string | null
  readonly report: Report
  readonly snapshot: string | null
}

/** The JSON document `mfa-config/apply/1`. */
export function applyDocument({ tenant, environment, report, snapshot }: Applied): object {
  const { applied, failed, notAttempted, verified, error } = report
  return {
    format: 'mfa-config/apply/1',
    tenant,
    environment,
    applied,
    failed,
    notAttempted,
    verified,
    snapshot,
    ...(error && { error }),
  }
}

/** What `validate` says of a file. */
export interface Validated {
  readonly file: string
  readonly environment: string | null
  readonly findings: readonly Finding[]
}

/** The JSON document `mfa-config/validate/1`. */
export function validateDocument({ file, environment, findings }: Validated): object {
  return { format: 'mfa-config/validate/1', file, environment, findings, summary: countSeverities(findings) }
}

function countSeverities(findings: readonly Finding[]): {
  errors: number
  confirms: number
  warnings: number
} {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length
  return { errors: count('error'), confirms: count('confirm'), warnings: count('warning') }
}
