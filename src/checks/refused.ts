import { UserError } from '../errors.ts'
import type { Finding } from './check.ts'

/** A run that a check has stopped before its first write. */
export class CheckError extends UserError {
  readonly findings: readonly Finding[]

  constructor(message: string, findings: readonly Finding[]) {
    super('check_failed', message)
    this.findings = findings
  }
}
