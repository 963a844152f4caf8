import { emptyFolder, writeFiles } from '../../support/cli.ts'
import { blocksOf } from './page.ts'
import { type GitHub, packageManagers, startGitHub } from './programs.ts'
import type { World } from './runner.ts'

/** The repository that tests work in, as the documentation names it. */
export const REPOSITORY = 'your-org/identity'

/** The files that a page tells to save, by their names. */
export function filesOf(page: string): Record<string, string> {
  return Object.fromEntries(
    blocksOf(page).flatMap(({ saveAs, text }) => (saveAs === undefined ? [] : [[saveAs, text]])),
  )
}

/** The repository of the page for GitHub: its files, a sandbox tenant for each environment, and GitHub. */
export async function startWorld(github: GitHub = startGitHub(), event: object = {}): Promise<World> {
  const cwd = emptyFolder()
  await writeFiles(cwd, filesOf('docs/ci.md'))
  return {
    cwd,
    env: {
      AUTH0_DOMAIN: 'sandbox',
      RUNNER_TEMP: emptyFolder(),
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_RUN_ID: '7',
    },
    programs: { ...(await packageManagers()), gh: github.gh },
    context: {
      secrets: { MFA_READ_KEY: 'a key that reads', MFA_WRITE_KEY: 'a key that writes' },
      github: {
        token: 'the-token-of-the-run',
        repository: REPOSITORY,
        run_attempt: 1,
        event,
      },
    },
    artifacts: emptyFolder(),
  }
}
