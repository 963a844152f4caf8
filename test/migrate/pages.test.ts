import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { migrate } from '../../src/migrate/migrate.ts'
import { readDeployCli } from '../../src/migrate/read-deploy-cli.ts'
import { renderMigrated } from '../../src/migrate/render.ts'
import { isMfaSection } from '../../src/migrate/sections.ts'
import { ENTRIES, entryAt } from '../../src/settings/catalogue.ts'
import { emptyFolder, run, writeFiles } from '../support/cli.ts'
import { KINDS } from '../support/values.ts'
import { isExported } from './support/exported.ts'

const DEPLOY_CLI = page('migrating-from-the-deploy-cli')
const TERRAFORM = page('migrating-from-terraform')

function page(name: string): string {
  return readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8')
}

/** What stands between the two comments of this name. */
function between(text: string, name: string): string {
  const [, inside] = new RegExp(`<!-- ${name}:begin -->\n(.*)<!-- ${name}:end -->`, 's').exec(text) ?? []
  if (inside === undefined) throw new Error(`There is no ${name}.`)
  return inside
}

/** The rows of the table, a list of columns each, without its head. */
function rowsOf(text: string): string[][] {
  return between(text, 'fields')
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .map(line => line.split('|').slice(1, -1))
}

/** What a column has in backticks, first of all. */
function firstIn(column: string | undefined): string {
  return /`([^`]+)`/.exec(column ?? '')?.[1] ?? ''
}

function pathsOf(text: string): string[] {
  return rowsOf(text).map(([, ours]) => firstIn(ours))
}

function withoutCounterpart(text: string): string[] {
  return between(text, 'without')
    .split('\n')
    .filter(line => line.startsWith('- '))
    .map(line => firstIn(line))
}

describe.each([
  ['the Deploy CLI', DEPLOY_CLI],
  ['Terraform', TERRAFORM],
])('the page about %s', (_, text) => {
  test('names settings that there are', () => {
    const named = [...pathsOf(text), ...withoutCounterpart(text)]
    expect(named.filter(path => entryAt(path)?.path !== path)).toEqual([])
  })

  test('names every setting once, in the table or as one that has no counterpart', () => {
    const all = ENTRIES.filter(({ field }) => !field.derived).map(({ path }) => path)
    expect([...pathsOf(text), ...withoutCounterpart(text)].sort()).toEqual(all.sort())
  })
})

describe('the page about the Deploy CLI', () => {
  test('has in its table what the migration carries over, and nothing else', () => {
    const carried = ENTRIES.filter(({ path }) => KINDS.some(phone => isExported(path, phone)))
    expect(pathsOf(DEPLOY_CLI).sort()).toEqual(carried.map(({ path }) => path).sort())
  })

  test('names sections that are read', () => {
    const sections = rowsOf(DEPLOY_CLI).map(([theirs]) => firstIn(theirs))
    expect(sections.filter(name => !isMfaSection(name))).toEqual([])
  })

  test('shows the file that comes of its source, which does what it says on a sandbox', async () => {
    const [, source = ''] = /Save this as tenant\.yaml:\n\n```yaml\n(.*?)```/s.exec(DEPLOY_CLI) ?? []
    const cwd = emptyFolder()
    await writeFiles(cwd, { 'tenant.yaml': source })
    const file = renderMigrated(migrate(await readDeployCli(join(cwd, 'tenant.yaml'), 'tenant.yaml')))
    expect(between(DEPLOY_CLI, 'migrated')).toBe(`\n\`\`\`yaml\n${file}\`\`\`\n\n`)

    await writeFiles(cwd, { 'mfa-config.yaml': file })
    const env = { TWILIO_SID: 'AC00000000000000000000000000000000', TWILIO_AUTH_TOKEN: 'no-real-token' }
    const codes: number[] = []
    for (const line of ['validate', 'plan', 'apply --yes', 'plan --detailed-exitcode']) {
      const [command = '', ...flags] = line.split(' ')
      const tenant = command === 'validate' ? [] : ['--domain', 'sandbox']
      codes.push((await run([command, ...flags, ...tenant], { cwd, env })).code)
    }
    expect(codes).toEqual([0, 0, 0, 0])
  })
})
