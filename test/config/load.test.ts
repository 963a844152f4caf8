import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FILE_NAMES } from '../../src/config/find.ts'
import { emptyFolder, run, writeFiles } from '../support/cli.ts'
import { problemsIn, read, refusal, valuesIn } from './support/read.ts'

const ADAPTIVE = { policy: 'adaptive' }

/** The same configuration in every form that a file can have. */
const FORMS: Readonly<Record<string, string>> = {
  'mfa-config.yaml': 'policy: adaptive\n',
  'mfa-config.yml': 'policy: adaptive\n',
  'mfa-config.json': '{\n\t"policy": "adaptive"\n}\n',
  'mfa-config.config.js': 'module.exports = { policy: "adaptive" }\n',
  'mfa-config.config.mjs': 'export default { policy: "adaptive" }\n',
  'mfa-config.config.ts':
    'interface File { policy: string }\nconst file: File = { policy: "adaptive" }\nexport default file\n',
  '.mfa-configrc': 'policy: adaptive\n',
  'package.json': '{ "name": "anything", "mfa-config": { "policy": "adaptive" } }\n',
}

describe('the file in the working directory', () => {
  it.each(Object.entries(FORMS))('is found as %s', async (name, text) => {
    const config = await read({ files: { [name]: text } })
    expect(Object.fromEntries(config.values)).toEqual(ADAPTIVE)
    expect(config.label).toBe(name)
  })

  it('goes by no other name', () => {
    expect([...FILE_NAMES, 'package.json'].sort()).toEqual(Object.keys(FORMS).sort())
  })

  it.each([
    ['mfa-config.yaml', 'mfa-config.json'],
    ['mfa-config.yaml', 'mfa-config.yml'],
    ['mfa-config.config.ts', '.mfa-configrc'],
    ['mfa-config.yaml', 'package.json'],
  ])('is not chosen between %s and %s', async (one, other) => {
    const error = await refusal({ files: { [one]: FORMS[one] ?? '', [other]: FORMS[other] ?? '' } })
    expect(error.code).toBe('config_invalid')
    expect(error.message).toBe(
      `There are two configuration files here: ${one} and ${other}. Keep one, or name one with --config.`,
    )
  })

  it('can be named where there are two', async () => {
    const files = { 'mfa-config.yaml': 'policy: never', 'mfa-config.json': '{ "policy": "adaptive" }' }
    expect(await valuesIn({ files, named: 'mfa-config.json' })).toEqual(ADAPTIVE)
  })

  it('is not one in a parent folder', async () => {
    const files = { ...FORMS, 'project/README': '' }
    const error = await refusal({ files, cwd: 'project' })
    expect(error.code).toBe('config_not_found')
    expect(error.message).toMatch(
      /^There is no configuration file in \/.*\/project\. Create mfa-config\.yaml, or name a file with --config\.$/,
    )
  })

  it.each([
    ['is about something else', '{ "name": "mfa-config" }'],
    ['mentions the key elsewhere', '{ "scripts": { "mfa-config": "mfa-config plan" } }'],
    ['does not parse', '{ "mfa-config": '],
  ])('is not a package.json that %s', async (_, text) => {
    expect((await refusal({ files: { 'package.json': text } })).code).toBe('config_not_found')
  })

  it('does not run a .config/config.js, which cosmiconfig would take for its own settings', async () => {
    const folder = emptyFolder()
    const trap = 'require("node:fs").writeFileSync(__dirname + "/ran", ""); module.exports = {}'
    await writeFiles(folder, {
      '.config/config.js': trap,
      'package.json': '{ "cosmiconfig": { "searchPlaces": ["other.yaml"] } }',
      'mfa-config.yaml': 'policy: adaptive',
    })
    expect(await run(['validate'], { cwd: folder })).toMatchObject({ code: 0, err: '' })
    expect(existsSync(`${folder}/.config/ran`)).toBe(false)
  })
})

describe('--config', () => {
  it.each([
    ['conf/tenant.yaml', 'policy: adaptive'],
    ['conf/tenant', 'policy: adaptive'],
    ['conf/tenant.conf', 'policy: adaptive'],
    ['conf/tenant.json', '{"policy": "adaptive"}'],
    ['conf/tenant.cjs', 'module.exports = { policy: "adaptive" }'],
    ['conf/tenant.mjs', 'export default Promise.resolve({ policy: "adaptive" })'],
    ['conf/tenant.mts', 'export default { policy: "adaptive" } satisfies object'],
    ['conf/package.json', '{ "mfa-config": { "policy": "adaptive" } }'],
  ])('names %s in another folder', async (named, text) => {
    const config = await read({ files: { [named]: text, 'mfa-config.yaml': 'policy: never' }, named })
    expect(Object.fromEntries(config.values)).toEqual(ADAPTIVE)
    expect(config.label).toBe(named)
  })

  it('names a file outside the working directory', async () => {
    const files = { 'shared/tenant.yaml': 'polcy: adaptive', 'project/README': '' }
    expect(await problemsIn({ files, cwd: 'project', named: '../shared/tenant.yaml' })).toEqual([
      '../shared/tenant.yaml:1:1  polcy  Unknown key polcy. Did you mean policy?',
    ])
  })

  it.each([
    ['a file that is not there', 'nowhere.yaml', 'There is no file nowhere.yaml.'],
    ['a folder', 'conf', 'conf is a folder. Name the file in it with --config.'],
  ])('cannot name %s', async (_, named, message) => {
    const error = await refusal({ files: { 'conf/tenant.yaml': '' }, named })
    expect(error).toMatchObject({ code: 'config_not_found', message })
  })

  it.each([
    ['YAML', 'policy: adaptive\n'],
    ['JSON', '{ "policy": "adaptive" }'],
    ['JSON indented with tabs', '{\n\t"policy":\n\t\t"adaptive"\n}\n'],
  ])('- reads %s from standard input', async (_, stdin) => {
    const files = { 'mfa-config.yaml': 'policy: never' }
    expect(await valuesIn({ files, named: '-', stdin })).toEqual(ADAPTIVE)
  })

  it('- tells places in standard input', async () => {
    const given = { named: '-', stdin: 'policy: never\nfactors:\n  otpp: true\n' }
    expect(await problemsIn(given)).toEqual([
      'standard input:3:3  factors.otpp  Unknown key factors.otpp. Did you mean otp?',
    ])
  })

  it('- resolves files relative to the working directory', async () => {
    const given = { files: { 'host.txt': 'duo.acme.com\n' }, named: '-' }
    const stdin = 'factors: { duo: { host: "${file:host.txt}" } }'
    expect(await valuesIn({ ...given, stdin })).toEqual({ 'factors.duo.host': 'duo.acme.com' })
  })

  it.each([
    ['nothing', '', 'standard input is empty. For example: "policy: always".'],
    [
      '$import',
      '$import: ./base.yaml',
      'A configuration from standard input cannot use $import: it has no folder.',
    ],
  ])('- does not take %s', async (_, stdin, message) => {
    expect(await refusal({ named: '-', stdin })).toMatchObject({ code: 'config_invalid', message })
  })
})

describe('a file that holds no configuration', () => {
  const example = 'For example: "policy: always".'

  it.each([
    ['nothing', '', `mfa-config.yaml is empty. ${example}`],
    ['blanks', ' \n\n', `mfa-config.yaml is empty. ${example}`],
    ['a comment', '# policy: always\n', `mfa-config.yaml is empty. ${example}`],
    ['null', 'null\n', `mfa-config.yaml is empty. ${example}`],
    ['a list', '- policy\n', `mfa-config.yaml is not a configuration: it must be an object. ${example}`],
    ['a text', 'always\n', `mfa-config.yaml is not a configuration: it must be an object. ${example}`],
    ['a number', '5\n', `mfa-config.yaml is not a configuration: it must be an object. ${example}`],
  ])('%s', async (_, text, message) => {
    expect(await refusal(text)).toMatchObject({ code: 'config_invalid', message })
  })

  it('an object without keys is one that leaves everything untouched', async () => {
    expect(await valuesIn('{}')).toEqual({})
  })

  it('a package.json without the key', async () => {
    const error = await refusal({ files: { 'package.json': '{}' }, named: 'package.json' })
    expect(error.message).toBe(`package.json has no key "mfa-config". ${example}`)
  })

  it('code without a default export', async () => {
    const error = await refusal({ files: { 'mfa-config.config.mjs': 'export const policy = "always"' } })
    expect(error.message).toBe('mfa-config.config.mjs has no default export: it must be an object.')
  })

  it.each([
    [
      'throws',
      'throw new Error("out of order")',
      /^mfa-config\.config\.mjs cannot be loaded: out of order\.$/,
    ],
    [
      'does not parse',
      'export default { policy: "always" ',
      /^mfa-config\.config\.mjs cannot be loaded: [^\n]+\.$/,
    ],
    [
      'reads a file that is not there',
      'import { readFileSync } from "node:fs"\nreadFileSync("gone.txt")',
      /^mfa-config\.config\.mjs cannot be loaded: ENOENT: [^\n]+\.$/,
    ],
  ])('code that %s', async (_, text, message) => {
    const error = await refusal({ files: { 'mfa-config.config.mjs': text } })
    expect(error.code).toBe('config_invalid')
    expect(error.message).toMatch(message)
  })
})
