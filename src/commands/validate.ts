import { CHECKS } from '../checks/catalogue.ts'
import { CheckError } from '../checks/refused.ts'
import { runChecks } from '../checks/run.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { NOTHING_READ } from '../settings/state.ts'
import { renderJson, validateDocument } from '../views/documents.ts'
import { renderPlace } from '../views/error.ts'
import { explainCheck, explainDocument } from '../views/explain.ts'
import { countFindings, renderFindings } from '../views/findings.ts'
import { blocks } from '../views/human.ts'
import { choosePaint } from '../views/paint.ts'
import { readConfig } from './configuration.ts'
import { type CommonOptions, isJson } from './options.ts'

interface ValidateFlags extends CommonOptions {
  readonly unsetOk?: boolean
  readonly explain?: string
}

/** `validate`: the file alone, without any request. Exits 3 on an error that is not accepted. */
export async function validate(host: Host, options: ValidateFlags): Promise<number> {
  if (options.explain !== undefined) return explain(host, options.explain, options)
  const config = await readConfig(host, options.config, options.unsetOk ?? false)
  const findings = runChecks({ config, state: NOTHING_READ, unreadable: [], allow: [] })
  const errors = findings.filter(({ severity, allowed }) => severity === 'error' && !allowed)
  if (isJson(options)) {
    if (errors.length > 0)
      throw new CheckError(`${config.label} asks for something that a check stops.`, findings)
    host.out(renderJson(validateDocument(config.label, findings)))
    return 0
  }
  const paint = await choosePaint({ env: host.env, isTerminal: host.terminal.out, refused: !options.color })
  const verdict = errors.length > 0 ? 'stopped by a check' : 'valid'
  host.out(
    blocks([
      renderFindings(findings, paint, path => renderPlace(config.locate(path))),
      [`${[`${config.label}: ${verdict}`, ...countFindings(findings)].join(', ')}.`],
    ]),
  )
  return errors.length > 0 ? 3 : 0
}

function explain(host: Host, given: string, options: ValidateFlags): number {
  const check = CHECKS.find(({ id }) => id === given.toUpperCase())
  if (!check) {
    const known = CHECKS.map(({ id }) => id).join(', ')
    throw new UserError('usage', `This version does not make the check ${given}. It makes ${known}.`)
  }
  host.out(isJson(options) ? renderJson(explainDocument(check)) : explainCheck(check))
  return 0
}
