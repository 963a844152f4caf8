import { CHECKS } from '../checks/catalogue.ts'
import { CheckError } from '../checks/refused.ts'
import { runChecks } from '../checks/run.ts'
import type { Config } from '../config/config.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { NOTHING_READ } from '../settings/state.ts'
import { renderJson, validateDocument } from '../views/documents.ts'
import { renderPlace } from '../views/error.ts'
import { explainCheck, explainDocument } from '../views/explain.ts'
import { isStopped, type LocatedValidation, renderValidated } from '../views/validate.ts'
import { configOf } from './configuration.ts'
import { type FleetOptions, isJson } from './options.ts'
import { chooseRuns, isFleet } from './runs.ts'
import { paintFor, print } from './screen.ts'

/** Flags of `validate`. */
export interface ValidateOptions extends FleetOptions {
  readonly unsetOk?: boolean
  readonly explain?: string
}

/** `validate`: the file alone, without any request. Exits 3 on an error that is not accepted. */
export async function validate(host: Host, options: ValidateOptions): Promise<number> {
  if (options.explain !== undefined) return explain(host, options.explain, options)
  const runs = await chooseRuns(host, options)
  if (isFleet(runs)) return (await import('./validate-fleet.ts')).validateFleet(host, options, runs)
  const unsetOk = options.unsetOk ? 'everything' : 'nothing'
  const validated = validateOne(await configOf(host, runs.loaded, runs.environment, unsetOk))
  if (!isJson(options)) await print(host, renderValidated(validated, await paintFor(host, options)))
  else if (validateExitCode(validated) === 0) host.out(renderJson(validateDocument(validated)))
  else {
    const what = `${validated.file} asks for something that a check stops.`
    throw new CheckError(what, validated.findings)
  }
  return validateExitCode(validated)
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

function explain(host: Host, given: string, options: ValidateOptions): number {
  const check = CHECKS.find(({ id }) => id === given.toUpperCase())
  if (!check) {
    const known = CHECKS.map(({ id }) => id).join(', ')
    throw new UserError('usage', `This version does not make the check ${given}. It makes ${known}.`)
  }
  host.out(isJson(options) ? renderJson(explainDocument(check)) : explainCheck(check))
  return 0
}
