import type { Command } from 'commander'
import { CHECKS } from '../checks/catalogue.ts'
import { answer } from '../completion/answer.ts'
import { completionScript } from '../completion/script.ts'
import type { Shell } from '../completion/shells.ts'
import { environmentsWritten } from '../config/environments-written.ts'
import type { Host } from '../host.ts'
import { presetNames } from '../init/presets.ts'
import { snapshotNames } from './restore.ts'

/** `completion`: prints the script for a shell. */
export async function completion(host: Host, shell: Shell): Promise<number> {
  host.out(completionScript(shell))
  return 0
}

/** Answers that script: what the last of the words can become. Whatever is wrong, nothing is said of it at a prompt. */
export async function completeWords(host: Host, program: Command, words: readonly string[]): Promise<number> {
  host.out(
    await answer(program, words, {
      environments: config => environmentsWritten(host.cwd, config),
      checks: CHECKS,
      presets: presetNames,
      snapshots: () => snapshotNames(host),
    }),
  )
  return 0
}
