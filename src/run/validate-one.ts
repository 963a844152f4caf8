import { runChecks } from '../checks/run.ts'
import type { Config } from '../config/config.ts'
import { NOTHING_READ } from '../settings/state.ts'
import { renderPlace } from '../views/error.ts'
import { isStopped, type LocatedValidation } from '../views/validate.ts'
import type { FleetOptions } from './options.ts'

/** Flags of `validate`. */
export interface ValidateOptions extends FleetOptions {
  readonly unsetOk?: boolean
  readonly explain?: string
}

/** Checks one configuration by itself. */
export function validateOne(config: Config): LocatedValidation {
  const findings = runChecks({ config, state: NOTHING_READ, unreadable: [], allow: [] })
  const { label: file, environment, locate } = config
  return { file, environment, findings, placeOf: path => renderPlace(locate(path)) }
}

/** 3 where a check stops what the file asks for. */
export function validateExitCode(validated: LocatedValidation): number {
  return isStopped(validated) ? 3 : 0
}
