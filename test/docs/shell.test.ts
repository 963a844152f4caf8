import { describe, expect, test } from 'vitest'
import { emptyFolder } from '../support/cli.ts'
import { runBash } from './support/bash.ts'
import { BLOCKS, type Block, blocksOf, PAGES, placeOf } from './support/page.ts'

/** Blocks that cannot run here, by their page and their first line, and why. */
const NOT_RUN: readonly (readonly [page: string, first: string, why: string])[] = [
  ['README.md', 'npm ci && npm run demo', 'installs from a registry; what it prints is generated below it'],
  ['README.md', '$ mfa-config sandbox --reset', 'a recording that is generated, and checked by its test'],
  ['README.md', 'npm cit', 'runs these tests'],
  ['README.md', 'npm pack && npm install --global ./mfa-config-0.1.0.tgz', 'installs for the whole machine'],
  ['README.md', 'export AUTH0_DOMAIN=acme.eu.auth0.com AUTH0_CLIENT_ID=… AUTH0_CLIENT_SECRET=…', 'a tenant'],
  ['README.md', 'mfa-config plan', 'asks at a terminal'],
  ['README.md', 'npm ci             # install and build', 'the work on the repository itself'],
  [
    'docs/editors.md',
    "$ echo 'source <(mfa-config completion bash)' >> ~/.bashrc",
    'changes the shell of whoever runs it',
  ],
  [
    'docs/fleets.md',
    '$ kubectl create configmap mfa-config --from-file mfa-config.yaml --from-file environments.yaml --from-file clients.read.env',
    'needs a cluster',
  ],
  ['docs/getting-started.md', '$ npm install --global mfa-config@0.1.0', 'installs from a registry'],
  ['docs/getting-started.md', '$ npm ci && npm pack', 'installs from a registry, and for the whole machine'],
  ['docs/getting-started.md', '$ export AUTH0_DOMAIN=acme.eu.auth0.com', 'a tenant'],
  [
    'docs/getting-started.md',
    '$ openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem',
    'needs openssl',
  ],
  ['docs/getting-started.md', '$ export AUTH0_CLIENT_ID=…', 'a tenant'],
  ['docs/getting-started.md', '$ mfa-config doctor', 'a tenant'],
  [
    'docs/migrating-from-the-deploy-cli.md',
    '$ export AUTH0_DOMAIN=acme.eu.auth0.com AUTH0_CLIENT_ID=… AUTH0_CLIENT_SECRET=…',
    'a tenant',
  ],
  ['docs/migrating-from-terraform.md', '$ terraform plan', 'needs Terraform'],
  ['docs/migrating-from-terraform.md', '$ terraform state rm auth0_guardian.NAME', 'needs Terraform'],
]

/** A page as one script: its files are saved and its commands run in the order in which a reader comes to them. */
function scriptOf(page: string): string {
  return blocksOf(page).flatMap(scriptOfBlock).join('\n')
}

function scriptOfBlock(block: Block): string[] {
  const { saveAs, text, language } = block
  const told = `echo '--- ${placeOf(block)}' >&2`
  if (language === 'sh') return isNotRun(block) ? [] : [told, text]
  if (saveAs === undefined) return []
  return [
    `mkdir -p "$(dirname '${saveAs}')"`,
    `cat > '${saveAs}' <<'END OF ${saveAs}'\n${text}END OF ${saveAs}`,
  ]
}

/** Whether a block of `sh` is one of those that cannot run here. */
function isNotRun(block: Block): boolean {
  return (
    block.language === 'sh' && NOT_RUN.some(([page, first]) => firstLineOf(block) === `${page}: ${first}`)
  )
}

function firstLineOf({ page, text }: Block): string {
  return `${page}: ${text.split('\n')[0]}`
}

describe('what a page tells to type does what it says', () => {
  test.each(PAGES.filter(page => blocksOf(page).some(({ language }) => language === 'sh')))(
    '%s',
    async page => {
      const { code, err, out } = await runBash(scriptOf(page), {
        cwd: emptyFolder(),
        env: { AUTH0_DOMAIN: 'sandbox' },
      })
      expect(code, `${out}\n${err}`).toBe(0)
    },
    120_000,
  )
})

test('a block that is not run is one that cannot be, and is listed with the reason', () => {
  const found = BLOCKS.filter(block => block.language === 'console' || isNotRun(block)).map(firstLineOf)
  expect(found.sort()).toEqual(NOT_RUN.map(([page, first]) => `${page}: ${first}`).sort())
})

test('a block says what it is in', () => {
  const known = ['sh', 'console', 'yaml', 'json', 'ts', 'ini', 'bash', 'text', 'hcl']
  expect(BLOCKS.filter(({ language }) => !known.includes(language)).map(placeOf)).toEqual([])
})
