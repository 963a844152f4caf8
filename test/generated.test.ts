import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FILE_NAMES } from '../src/config/find.ts'
import { renderChecks, renderReference, renderScopes, renderSettings } from '../src/views/reference.ts'
import { renderInputs } from './docs/support/action.ts'
import { renderCommands, renderCommonFlags } from './docs/support/commands-page.ts'
import { emptyFolder, run } from './support/cli.ts'
import { compileConfigType } from './support/config-type.ts'

// What is derived from the code and kept in the repository. `npm run generate` writes it anew.

const ROOT = new URL('..', import.meta.url).pathname

/** What `npm run demo` prints, with the time and the folder of a snapshot as they were once. */
async function recordDemo(): Promise<string> {
  const cwd = emptyFolder()
  await cp(join(ROOT, 'configs'), join(cwd, 'configs'), { recursive: true })
  const { scripts }: { scripts: { demo: string } } = JSON.parse(
    await readFile(join(ROOT, 'package.json'), 'utf8'),
  )
  const sections: string[] = []
  for (const line of scripts.demo.split(' && ')) {
    const args = line.replace('node bin/mfa-config.js ', '').split(' ')
    const { out, err } = await run(args, { cwd })
    const said = err.replace(/sandbox-\S+\.yaml/, 'sandbox-2026-11-24T090000.000Z.yaml')
    // What is said about the run comes before the report, which is the last thing that is printed.
    const at = out.indexOf('\n\n  ✓')
    const printed = at < 0 ? said + out : `${out.slice(0, at + 1)}${said}${out.slice(at + 1)}`
    sections.push(`$ mfa-config ${args.join(' ')}\n${printed}`)
  }
  return `\`\`\`console\n${sections.join('\n')}\`\`\``
}

/** A page of the repository, with what stands between its markers made anew. */
async function filled(file: string, parts: Readonly<Record<string, string>>): Promise<string> {
  let page = await readFile(join(ROOT, file), 'utf8')
  for (const [name, text] of Object.entries(parts)) {
    const between = new RegExp(`(<!-- ${name}:begin -->\n)[\\s\\S]*(<!-- ${name}:end -->)`)
    expect(page).toMatch(between)
    page = page.replace(between, (_, begin: string, end: string) => `${begin}\n${text}\n\n${end}`)
  }
  return page
}

/** The names of the configuration file, as a Markdown list. */
function renderNames(): string {
  return [...FILE_NAMES.map(name => `- \`${name}\``), '- the key `mfa-config` of `package.json`'].join('\n')
}

describe('what is generated is up to date', () => {
  it('the type of a configuration', async () => {
    await expect(await compileConfigType()).toMatchFileSnapshot('../src/config/type.ts')
  })

  it('the JSON Schema that the package brings, which is what `schema` prints', async () => {
    const { out } = await run(['schema'])
    await expect(out).toMatchFileSnapshot('../schemas/config.json')
  })

  it("the README's tables and its recording", async () => {
    const parts = {
      reference: renderReference(),
      scopes: renderScopes(),
      checks: renderChecks(),
      demo: await recordDemo(),
    }
    await expect(await filled('README.md', parts)).toMatchFileSnapshot('../README.md')
  })

  it.each([
    ['configuration', () => ({ names: renderNames(), scopes: renderScopes(), settings: renderSettings() })],
    ['commands', () => ({ flags: renderCommonFlags(), commands: renderCommands() })],
    ['checks', () => ({ checks: renderChecks() })],
    ['ci', () => ({ inputs: renderInputs() })],
  ])('the tables of docs/%s.md', async (page, parts) => {
    const file = `docs/${page}.md`
    await expect(await filled(file, parts())).toMatchFileSnapshot(`../${file}`)
  })
})
