import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { makePrivateFolder, writeAnew } from '../private-folder.ts'

/** Where snapshots go: `undefined` is the private folder, `none` is nowhere. */
export type SnapshotPlace = string | undefined

/**
 * Saves a snapshot for this user alone; gives its path, or `null` where none is wanted.
 * Throws `usage` when it cannot be written: without the way back that was asked for, nothing is changed.
 */
export async function saveSnapshot(
  host: Host,
  place: SnapshotPlace,
  tenant: string,
  text: string,
): Promise<string | null> {
  if (place === 'none') return null
  try {
    const folder =
      place === undefined ? await makePrivateFolder(host.cwd, 'snapshots') : resolve(host.cwd, place)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const time = new Date(host.now()).toISOString().replaceAll(':', '')
    return await writeAnew(join(folder, `${tenant.replaceAll(':', '_')}-${time}`), '.yaml', text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError(
      'usage',
      `The snapshot cannot be written, so nothing was changed: ${reason}. Name another folder with --snapshot, or none.`,
    )
  }
}
