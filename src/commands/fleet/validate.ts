import type { Host } from '../../host.ts'
import { overFleet } from '../../run/fleet.ts'
import type { Fleet } from '../../run/runs.ts'
import { type ValidateOptions, validateExitCode, validateOne } from '../../run/validate-one.ts'
import { validateDocument } from '../../views/documents.ts'
import { isStopped, type LocatedValidation, renderValidated } from '../../views/validate.ts'

/** `validate` for every environment of a file. */
export function validateFleet(host: Host, options: ValidateOptions, fleet: Fleet): Promise<number> {
  return overFleet<LocatedValidation>(host, options, fleet, {
    doing: 'Validating',
    key: 'validate',
    unsetOk: options.unsetOk ? 'everything' : 'nothing',
    work: async ({ config }) => validateOne(config),
    document: validateDocument,
    block: renderValidated,
    tally: validated => (isStopped(validated) ? 'stopped by a check' : 'valid'),
    code: validateExitCode,
  })
}
