import { readFile } from 'node:fs/promises'
import { compile } from 'json-schema-to-typescript'
import { describe, expect, it } from 'vitest'
import { jsonSchema } from '../src/config/schema.ts'
import { renderReference } from '../src/views/reference.ts'

// What is derived from the catalogue and kept in the repository. `npm run generate` writes it anew.

describe('what is generated from the catalogue is up to date', () => {
  it('the type of a configuration', async () => {
    const { $schema: _, ...schema } = jsonSchema({ references: false })
    const type = await compile({ ...schema, title: 'MfaConfig' }, 'MfaConfig', {
      bannerComment: '// Generated from the catalogue of settings by `npm run generate`.',
      style: { singleQuote: true, semi: false, printWidth: 110 },
      format: true,
    })
    await expect(type).toMatchFileSnapshot('../src/config/type.ts')
  })

  it("the README's table of settings", async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
    const between = /(<!-- reference:begin -->\n)[\s\S]*(<!-- reference:end -->)/
    expect(readme).toMatch(between)
    const next = readme.replace(
      between,
      (_, begin: string, end: string) => `${begin}\n${renderReference()}\n${end}`,
    )
    await expect(next).toMatchFileSnapshot('../README.md')
  })
})
