import { isReady } from '../../doctor/line.ts'
import type { Host } from '../../host.ts'
import { type DoctorOptions, doctorOne } from '../../run/doctor-one.ts'
import { overFleet } from '../../run/fleet.ts'
import type { Fleet } from '../../run/runs.ts'
import { doctorDocument, type Examination, renderDoctor } from '../../views/doctor.ts'

/** `doctor` for many tenants at once. */
export function doctorFleet(host: Host, options: DoctorOptions, fleet: Fleet): Promise<number> {
  const { loaded } = fleet
  return overFleet<Examination>(host, options, fleet, {
    doing: 'Examining',
    key: 'doctor',
    unsetOk: 'everything',
    work: ({ host, access, environment }) => doctorOne(host, options, access, { loaded, environment }),
    document: doctorDocument,
    block: renderDoctor,
    tally: ({ lines }) => (isReady(lines) ? 'ready' : 'not ready'),
    code: ({ lines }) => (isReady(lines) ? 0 : 1),
  })
}
