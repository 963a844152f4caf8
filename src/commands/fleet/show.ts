import { UserError } from '../../errors.ts'
import type { Host } from '../../host.ts'
import { overFleet } from '../../run/fleet.ts'
import type { Fleet } from '../../run/runs.ts'
import { type ShowOptions, showOne } from '../../run/show-one.ts'
import { renderSettings, type Shown, settingCells, showDocument } from '../../views/show.ts'

/** `show` for many tenants at once. */
export async function showFleet(host: Host, options: ShowOptions, fleet: Fleet): Promise<number> {
  if (options.format === 'yaml') {
    throw new UserError(
      'usage',
      'A configuration file has what one tenant has: name it with --env, or take --json.',
    )
  }
  return overFleet<Shown>(host, options, fleet, {
    doing: 'Reading',
    key: 'show',
    unsetOk: 'settings',
    work: ({ host, access, config }) => showOne(host, access, config),
    document: showDocument,
    block: renderSettings,
    cells: settingCells,
    tally: ({ settings }) => (settings.unreadable.length > 0 ? 'read in part' : 'read'),
    code: () => 0,
  })
}
