import { findFile } from '../config/find.ts'
import { isReady } from '../doctor/line.ts'
import type { Host } from '../host.ts'
import { type DoctorOptions, doctorOne } from '../run/doctor-one.ts'
import { isJson } from '../run/options.ts'
import { chooseRuns, isFleet, type Runs } from '../run/runs.ts'
import { paintFor, print } from '../run/screen.ts'
import { doctorDocument, renderDoctor } from '../views/doctor.ts'
import { renderJson } from '../views/documents.ts'

/** `doctor`: whether `apply` would be able to do its work, and what is in its way. Exits 0 or 1. */
export async function doctor(host: Host, options: DoctorOptions): Promise<number> {
  const runs = await runsIfAny(host, options)
  if (runs && isFleet(runs)) return (await import('./fleet/doctor.ts')).doctorFleet(host, options, runs)
  const examination = await doctorOne(host, options, options, runs)
  if (isJson(options)) host.out(renderJson(doctorDocument(examination)))
  else await print(host, renderDoctor(examination, await paintFor(host, options)))
  return isReady(examination.lines) ? 0 : 1
}

/** What is to be examined; nothing where no file is named and there is none. */
async function runsIfAny(host: Host, options: DoctorOptions): Promise<Runs | undefined> {
  const { config, env, all } = options
  const isMeant = config !== undefined || all || env.length > 0
  return isMeant || (await findFile(host.cwd)) !== undefined ? chooseRuns(host, options) : undefined
}
