import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { UserError } from '../../src/errors.ts'
import { readDeployCli } from '../../src/migrate/read-deploy-cli.ts'
import { emptyFolder, writeFiles } from '../support/cli.ts'
import { everyValue, KINDS } from '../support/values.ts'
import { exportOf, filesOf } from './support/exported.ts'

async function read(files: Record<string, string>, name = 'tenant.yaml') {
  const folder = emptyFolder()
  await writeFiles(folder, files)
  return (await readDeployCli(join(folder, name), name)).sections
}

async function refusal(files: Record<string, string>, name = 'tenant.yaml') {
  const error: UserError = await read(files, name).then(
    () => {
      throw new Error('It was taken.')
    },
    (refused: UserError) => refused,
  )
  return { code: error.code, message: error.message, problems: error.problems }
}

describe('the two forms', () => {
  test.each(KINDS)('say the same of a tenant with the %s phone', async phone => {
    const sections = exportOf(everyValue(0, phone), phone)
    const yaml = await read({ 'tenant.yaml': stringify(sections) })
    expect(yaml).toEqual(sections)
    expect(await read(filesOf(sections), '.')).toEqual(yaml)
  })

  test('of the directory form, sections that are not about MFA count by their name alone', async () => {
    const files = { 'tenant.json': '{"flags":{}}', 'clients/a.json': '{ broken', 'README.md': 'Hello.' }
    expect(await read(files, '.')).toEqual({ tenant: { flags: {} }, clients: null })
  })

  test('files of the directory form that say nothing are left out, and others are none of its business', async () => {
    const files = { 'guardian/factors/otp.json': '{}', 'guardian/factors/notes.txt': 'Hello.' }
    expect(await read(files, '.')).toEqual({ guardianFactors: [] })
  })
})

describe('keywords', () => {
  test('are text where YAML would see a comment or an error', async () => {
    const file =
      'guardianPolicies: @@POLICIES@@\nguardianSettings:\n  a: ##A##\n  b: [1, ##B-1##]\n  c: x ##C## y\n'
    expect(await read({ 'tenant.yaml': file })).toEqual({
      guardianPolicies: '@@POLICIES@@',
      guardianSettings: { a: '##A##', b: [1, '##B-1##'], c: 'x ##C## y' },
    })
  })

  test('stay comments where they are comments, and text where they are text', async () => {
    const file =
      '  ##HEADING##\n# see ##A##\nguardianPolicies: "##A## and @@B@@"\nprompts:\n  a: |\n    ##C##\n'
    expect(await read({ 'tenant.yaml': file.trimStart() })).toEqual({
      guardianPolicies: '##A## and @@B@@',
      prompts: { a: '##C##\n' },
    })
  })

  test('may stand without quotes in JSON too, at the beginning of a line as well', async () => {
    const files = { 'guardian/phoneFactorMessageTypes.json': '{\n\t"message_types": [\n##ALL##\n] }' }
    expect(await read(files, '.')).toEqual({
      guardianPhoneFactorMessageTypes: { message_types: ['##ALL##'] },
    })
  })
})

describe('what is none of the Deploy CLI', () => {
  test('a file or folder that is not there', async () => {
    expect(await refusal({}, 'other.yaml')).toEqual({
      code: 'config_not_found',
      message: 'There is no file or folder other.yaml.',
      problems: [],
    })
  })

  test.each([
    ['an empty folder', {}, '.', /^\. is no export .* such as guardianFactors/],
    ['an empty file', { 'tenant.yaml': '# nothing\n' }, 'tenant.yaml', /^tenant\.yaml is empty/],
    ['a list', { 'tenant.yaml': '- 1' }, 'tenant.yaml', /^tenant\.yaml is no export .* object of sections/],
    [
      'a file of this tool',
      { 'a.yaml': 'tenant: acme.eu.auth0.com\nfactors: {}' },
      'a.yaml',
      /^a\.yaml is no export/,
    ],
    [
      'a tenant without MFA',
      { 'tenant.yaml': 'clients: []' },
      'tenant.yaml',
      /nothing about MFA: none of guardianFactors/,
    ],
    ['a folder with the YAML form', { 'tenant.yaml': 'clients: []' }, '.', /YAML form: name tenant\.yaml\.$/],
    [
      'JSON that is a word',
      { 'guardian/policies.json': '"x"' },
      '.',
      /policies\.json has to be a JSON object or list/,
    ],
    ['a file in a folder’s place', { 'guardian/factors': '[]' }, '.', /guardian\/factors is no folder/],
  ])('%s is refused', async (_, files, name, message) => {
    const refused = await refusal(files, name)
    expect(refused.code).toBe('config_invalid')
    expect(refused.message).toMatch(message)
  })

  test('YAML that does not parse is told with its places', async () => {
    const { code, message, problems } = await refusal({
      'tenant.yaml': 'clients: @@ALL@@\nguardianFactors:\n  - name: "otp\n',
    })
    expect({ code, message }).toEqual({ code: 'config_invalid', message: 'tenant.yaml does not parse.' })
    expect(problems[0]).toMatchObject({ file: 'tenant.yaml', line: 4 })
  })

  test.each([
    ['unfinished', '{\n  "name": "otp"\n', {}],
    ['without a comma', '{\n  "name": ##NAME## "enabled": true }\n', { line: 2, column: 20 }],
    ['without a value', '{\n  "auth_token": hush }\n', {}],
  ])('JSON that is %s is told with its file, and its place where it is known', async (_, text, place) => {
    const { code, message, problems } = await refusal({ 'guardian/factors/otp.json': text }, '.')
    expect({ code, message }).toEqual({
      code: 'config_invalid',
      message: 'guardian/factors/otp.json does not parse.',
    })
    expect(problems[0]).toMatchObject({ file: 'guardian/factors/otp.json', ...place })
    expect(JSON.stringify(problems)).not.toContain('hush')
  })
})
