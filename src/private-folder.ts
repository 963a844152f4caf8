import { constants, existsSync } from 'node:fs'
import { chmod, copyFile, link, lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRecord } from './record.ts'

/** The folder that this tool keeps in the working directory: for this user alone, and out of git. */
export function privateFolder(cwd: string): string {
  return join(cwd, '.mfa-config')
}

/**
 * Makes the private folder, and one inside it; gives the latter's path. Those that are there already are closed to
 * others. Throws where one is a link: it could lead anywhere.
 */
export async function makePrivateFolder(cwd: string, ...inside: string[]): Promise<string> {
  let folder = privateFolder(cwd)
  await makePrivate(folder)
  for (const name of inside) {
    folder = join(folder, name)
    await makePrivate(folder)
  }
  const ignore = join(privateFolder(cwd), '.gitignore')
  if (!existsSync(ignore)) await writePrivately(ignore, '*\n')
  return folder
}

async function makePrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await lstat(folder)).isSymbolicLink()) throw new Error(`${folder} is a link`)
  await chmod(folder, 0o700)
}

/** Writes a file whole or not at all, readable by this user alone, or with another `mode`. */
export async function writePrivately(file: string, text: string, mode = 0o600): Promise<void> {
  const unique = `${file}.${Math.random().toString(36).slice(2)}.tmp`
  try {
    await writeFile(unique, text, { mode, flag: 'wx' })
    await rename(unique, file)
  } catch (error) {
    await rm(unique, { force: true })
    throw error
  }
}

/** The same for a file that is to be a new one: where there is one of that name, the name gets a number. Gives the path. */
export async function writeAnew(file: string, ending: string, text: string): Promise<string> {
  const draft = `${file}${ending}.${Math.random().toString(36).slice(2)}.tmp`
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
    for (let number = 1; ; number++) {
      const path = `${file}${number === 1 ? '' : `-${number}`}${ending}`
      try {
        // Where the file system has no links, a copy will do.
        await link(draft, path).catch(async error => {
          if (codeOf(error) === 'EEXIST') throw error
          await copyFile(draft, path, constants.COPYFILE_EXCL)
        })
        return path
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error
      }
    }
  } finally {
    await rm(draft, { force: true })
  }
}

function codeOf(error: unknown): unknown {
  return isRecord(error) ? error.code : undefined
}
