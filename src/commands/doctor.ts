import type { Config } from '../config/config.ts'
import { findFile } from '../config/find.ts'
import { diagnose, wishForDiagnosis } from '../doctor/diagnosis.ts'
import { isReady, type Line } from '../doctor/line.ts'
import { type ErrorCode, UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { survey } from '../plan/survey.ts'
import { doctorDocument, type Examination, renderDoctor } from '../views/doctor.ts'
import { renderJson } from '../views/documents.ts'
import { renderPlace } from '../views/error.ts'
import { choosePaint } from '../views/paint.ts'
import { canAsk } from './agreement.ts'
import { readConfig } from './configuration.ts'
import { type CommonOptions, isJson } from './options.ts'
import { namedTenant, type Tenant, withTenant } from './tenant.ts'

interface DoctorFlags extends CommonOptions {
  readonly allow: readonly string[]
}

/** `doctor`: whether `apply` would be able to do its work, and what is in its way. Exits 0 or 1. */
export async function doctor(host: Host, options: DoctorFlags): Promise<number> {
  const { config, lines } = await readFile(host, options)
  const started = host.now()
  const examination = await withTenant(host, options, config?.tenant, tenant =>
    examine(host, tenant, config, options, host.now() - started),
  ).catch(error => failure(error, namedTenant(host, options, config?.tenant)))
  const whole = { ...examination, file: config?.label ?? null, lines: [...lines, ...examination.lines] }
  if (isJson(options)) host.out(renderJson(doctorDocument(whole)))
  else {
    const paint = await choosePaint({ env: host.env, isTerminal: host.terminal.out, refused: !options.color })
    host.out(renderDoctor(whole, paint))
  }
  return isReady(whole.lines) ? 0 : 1
}

/** The file, if there is one, and what is to be said of it. One that is not valid is an error as everywhere else. */
async function readFile(
  host: Host,
  { config: named }: DoctorFlags,
): Promise<{ config: Config | undefined; lines: Line[] }> {
  const topic = 'file'
  if (named === undefined && (await findFile(host.cwd)) === undefined) {
    const message = 'there is none in this folder, so everything that a tenant can have was looked at'
    return { config: undefined, lines: [{ topic, status: 'ok', message }] }
  }
  try {
    const config = await readConfig(host, named)
    return { config, lines: [{ topic, status: 'ok', message: config.label }] }
  } catch (error) {
    if (!(error instanceof UserError) || !error.code.startsWith('reference_')) throw error
    const problems = error.problems.map(
      ({ message, ...where }): Line => ({
        topic,
        status: 'error',
        message: `${renderPlace(where)}  ${message}`,
      }),
    )
    return { config: await readConfig(host, named, true), lines: problems }
  }
}

type Seen = Omit<Examination, 'file'>

async function examine(
  host: Host,
  { name, api, granted, identity }: Tenant,
  config: Config | undefined,
  { allow }: DoctorFlags,
  milliseconds: number,
): Promise<Seen> {
  const progress = host.progress(`Examining ${name}`)
  const given = await survey(api, known => wishForDiagnosis(config, known), {
    onProgress: (done, total) => progress.tell(`Examining ${name}: ${done} of ${total}`),
    guess: config === undefined,
  }).finally(() => progress.stop())
  const { lines, ...needs } = diagnose({
    config,
    survey: given,
    granted,
    allow,
    canAsk: canAsk(host),
  })
  const reached: Line = {
    topic: 'tenant',
    status: 'ok',
    message: `reached in ${Math.round(milliseconds)} ms`,
  }
  return { tenant: name, identity, phone: given.phone ?? null, ...needs, lines: [reached, ...lines] }
}

/** What keeps a tenant from being looked at at all. */
const IN_THE_WAY: Readonly<Partial<Record<ErrorCode, string>>> = {
  credentials_missing: 'credentials',
  credentials_rejected: 'credentials',
  tenant_mismatch: 'tenant',
  unreachable: 'tenant',
  rate_limited: 'tenant',
  api_error: 'tenant',
}

function failure(error: unknown, tenant: string | null): Seen {
  const topic = error instanceof UserError ? IN_THE_WAY[error.code] : undefined
  if (!(error instanceof UserError) || topic === undefined) throw error
  const line: Line = { topic, status: 'error', message: error.message }
  return { tenant, identity: null, phone: null, sections: [], forChecks: [], lines: [line] }
}
