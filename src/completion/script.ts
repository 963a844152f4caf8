import { BASH } from './bash.ts'
import { FISH } from './fish.ts'
import type { Shell } from './shells.ts'
import { ZSH } from './zsh.ts'

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH }

/**
 * A script that makes a shell complete `mfa-config`. It knows no command and no flag: it asks the program, so it need
 * not be made again for a new version.
 */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell]
}
