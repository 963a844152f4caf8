import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compile } from 'json-schema-to-typescript'
import { describe, expect, it } from 'vitest'
import { jsonSchema } from '../src/config/json-schema.ts'
import { renderChecks, renderReference, renderScopes } from '../src/views/reference.ts'
import { emptyFolder, run } from './support/cli.ts'

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

describe('what is generated is up to date', () => {
  it('the type of a configuration', async () => {
    const { $schema: _, ...schema } = jsonSchema({ references: false })
    const type = await compile({ ...schema, title: 'MfaConfig' }, 'MfaConfig', {
      bannerComment: '// Generated from the catalogue of settings by `npm run generate`.',
      style: { singleQuote: true, semi: false, printWidth: 110 },
      format: true,
    })
    await expect(type).toMatchFileSnapshot('../src/config/type.ts')
  })

  it("the README's tables and its recording", async () => {
    const parts = {
      reference: renderReference(),
      scopes: renderScopes(),
      checks: renderChecks(),
      demo: await recordDemo(),
    }
    let readme = await readFile(join(ROOT, 'README.md'), 'utf8')
    for (const [name, text] of Object.entries(parts)) {
      const between = new RegExp(`(<!-- ${name}:begin -->\n)[\\s\\S]*(<!-- ${name}:end -->)`)
      expect(readme).toMatch(between)
      readme = readme.replace(between, (_, begin: string, end: string) => `${begin}\n${text}\n\n${end}`)
    }
    await expect(readme).toMatchFileSnapshot('../README.md')
  })
})
