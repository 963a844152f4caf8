import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import about from '../../../package.json' with { type: 'json' }
import { emptyFolder } from '../../support/cli.ts'
import { builtScript } from './bash.ts'
import { inProcessScript } from './in-process.ts'

const { version } = about
const GH = fileURLToPath(new URL('gh.js', import.meta.url))

/**
 * An `npm` and an `npx` that know this package in this version, and refuse everything else that is asked of them. What
 * they install runs in the process of the test, or in one of its own, where it matters what Node does.
 */
export async function packageManagers(
  process: 'own' | 'test' = 'test',
): Promise<Record<'npm' | 'npx', string>> {
  const program = await (process === 'own' ? builtScript() : inProcessScript())
  const refuse = 'echo "not understood: $0 $*" >&2; exit 64'
  return {
    npm: `#!/usr/bin/env bash
case "$*" in
  "install --global mfa-config@${version}") ;;
  "install --loglevel=error --no-audit --no-fund --prefix $RUNNER_TEMP/mfa-config mfa-config@${version}")
    mkdir -p "$RUNNER_TEMP/mfa-config/node_modules/.bin"
    cat > "$RUNNER_TEMP/mfa-config/node_modules/.bin/mfa-config" <<'END'
${program}END
    chmod +x "$RUNNER_TEMP/mfa-config/node_modules/.bin/mfa-config" ;;
  *) ${refuse} ;;
esac
`,
    npx: `#!/usr/bin/env bash
[[ "$1 $2" == "--yes mfa-config@${version}" ]] || { ${refuse}; }
shift 2
exec mfa-config "$@"
`,
  }
}

/** A comment, or an issue, as GitHub keeps it. */
export interface Post {
  readonly id: number
  readonly body: string
  readonly user: { readonly type: 'Bot' | 'User' }
  readonly title?: string
  readonly state?: string
}

/** What GitHub has of one repository: the comments on a pull request or an issue, and the issues. */
export interface Posts {
  readonly comments: readonly Post[]
  readonly issues: readonly Post[]
}

/** GitHub, as far as the action asks it. */
export interface GitHub {
  /** A `gh` that answers `gh api`, two at a time where pages are asked for, and refuses what it does not know. */
  readonly gh: string
  readonly posts: () => Posts
}

/** A GitHub of one test. */
export function startGitHub(given: Partial<Posts> = {}): GitHub {
  const state = join(emptyFolder(), 'github.json')
  writeFileSync(state, JSON.stringify({ comments: [], issues: [], ...given }))
  return {
    gh: `#!/bin/sh\nexec '${process.execPath}' '${GH}' '${state}' "$@"\n`,
    posts: () => JSON.parse(readFileSync(state, 'utf8')),
  }
}
