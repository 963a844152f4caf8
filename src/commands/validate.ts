import { CHECKS } from '../checks/catalogue.ts'
import { CheckError } from '../checks/refused.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { configOf } from '../run/configuration.ts'
import { isJson } from '../run/options.ts'
import { chooseRuns, isFleet } from '../run/runs.ts'
import { paintFor, print } from '../run/screen.ts'
import { type ValidateOptions, validateExitCode, validateOne } from '../run/validate-one.ts'
import { renderJson, validateDocument } from '../views/documents.ts'
import { explainCheck, explainDocument } from '../views/explain.ts'
import { renderValidated } from '../views/validate.ts'

/** `validate`: the file alone, without any request. Exits 3 on an error that is not accepted. */
export async function validate(host: Host, options: ValidateOptions): Promise<number> {
  if (options.explain !== undefined) return explain(host, options.explain, options)
  const runs = await chooseRuns(host, options)
  if (isFleet(runs)) return (await import('./fleet/validate.ts')).validateFleet(host, options, runs)
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

function explain(host: Host, given: string, options: ValidateOptions): number {
  const check = CHECKS.find(({ id }) => id === given.toUpperCase())
  if (!check) {
    const known = CHECKS.map(({ id }) => id).join(', ')
    throw new UserError('usage', `This version does not make the check ${given}. It makes ${known}.`)
  }
  host.out(isJson(options) ? renderJson(explainDocument(check)) : explainCheck(check))
  return 0
}
