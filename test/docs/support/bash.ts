import { execFile } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod/mini'
import { builtProgram } from '../../support/build.ts'
import { emptyFolder } from '../../support/cli.ts'
import { inProcessScript } from './in-process.ts'

/** What is thrown for a script that has ended with another code than 0. */
const failure = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() })

/** What a script did. */
export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Where a script runs, and what it finds there. */
export interface Place {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Scripts by the names of the programs that they stand for. */
  readonly programs?: Readonly<Record<string, string>>
}

/** A script that runs the program, built of the sources as they are, in a process of its own. */
export async function builtScript(): Promise<string> {
  return `#!/bin/sh\nexec '${process.execPath}' '${await builtProgram()}' "$@"\n`
}

/**
 * Runs a bash script with `mfa-config` on its path, and nothing of this process's environment but the path. It stops at
 * the first command that fails, as the shells of CI do.
 */
export async function runBash(script: string, { cwd, env = {}, programs = {} }: Place): Promise<Ended> {
  const shims = emptyFolder()
  for (const [name, text] of Object.entries({ 'mfa-config': await inProcessScript(), ...programs })) {
    writeFileSync(join(shims, name), text)
    chmodSync(join(shims, name), 0o755)
  }
  const own = {
    PATH: `${shims}${delimiter}${process.env.PATH}`,
    HOME: shims,
    TMPDIR: process.env.TMPDIR ?? '/tmp',
  }
  try {
    const { stdout, stderr } = await promisify(execFile)('bash', ['-eo', 'pipefail', '-c', script], {
      cwd,
      env: { ...own, ...env },
    })
    return { code: 0, out: stdout, err: stderr }
  } catch (error) {
    const ended = failure.safeParse(error)
    if (!ended.success) throw error
    const { code, stdout, stderr } = ended.data
    return { code, out: stdout, err: stderr }
  }
}
