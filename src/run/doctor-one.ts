import { type Config, EMPTY_CONFIG } from '../config/config.ts'
import { diagnose, wishForDiagnosis } from '../doctor/diagnosis.ts'
import type { Line } from '../doctor/line.ts'
import { type ErrorCode, UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { survey } from '../plan/survey.ts'
import type { Examination } from '../views/doctor.ts'
import { renderPlace } from '../views/error.ts'
import { canAsk } from './agreement.ts'
import { configOf } from './configuration.ts'
import type { FleetOptions } from './options.ts'
import type { One } from './runs.ts'
import { type Access, namedTenant, type Tenant, withTenant } from './tenant.ts'

/** Flags of `doctor`. */
export interface DoctorOptions extends FleetOptions {
  readonly allow: readonly string[]
}

/** Examines one tenant, for a file if there is one. */
export async function doctorOne(
  host: Host,
  options: Pick<DoctorOptions, 'allow'>,
  access: Access,
  one: One | undefined,
): Promise<Examination> {
  const { config, lines } = await readFile(host, one)
  const address = config ?? EMPTY_CONFIG
  const started = host.now()
  const examination = await withTenant(host, access, address, tenant =>
    examine(host, tenant, config, options, host.now() - started),
  ).catch(error => failure(error, namedTenant(host, access, address)))
  return {
    ...examination,
    environment: address.environment,
    file: config?.label ?? null,
    lines: [...lines, ...examination.lines],
  }
}

/** The file, if there is one, and what is to be said of it. One that is not valid is an error as everywhere else. */
async function readFile(
  host: Host,
  one: One | undefined,
): Promise<{ config: Config | undefined; lines: Line[] }> {
  const topic = 'file'
  if (!one) {
    const message = 'there is none in this folder, so everything that a tenant can have was looked at'
    return { config: undefined, lines: [{ topic, status: 'ok', message }] }
  }
  const { loaded, environment } = one
  try {
    const config = await configOf(host, loaded, environment)
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
    return { config: await configOf(host, loaded, environment, 'everything'), lines: problems }
  }
}

type Seen = Omit<Examination, 'file' | 'environment'>

async function examine(
  host: Host,
  { name, api, granted, identity }: Tenant,
  config: Config | undefined,
  { allow }: Pick<DoctorOptions, 'allow'>,
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
