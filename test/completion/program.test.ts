import { expect, test } from 'vitest'
import { CHECK_IDS } from '../../src/config/check-ids.ts'
import { run } from '../support/cli.ts'

const FILES = {
  'mfa-config.yaml': 'environments: { dev: {}, "prod-eu": {}, "not plain": {} }',
  'other.yaml': 'environments: { other: {} }',
  '.mfa-config/snapshots/acme-2026-01-01T000000.000Z.yaml': '',
}

/** What the program itself answers its script, without the descriptions. */
async function answered(...words: string[]): Promise<string[]> {
  const { code, out, err } = await run(['__complete', '--', ...words], { files: FILES })
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
    .split('\n')
    .filter(line => line !== '')
    .map(line => line.replace(/\t.*/, ''))
}

test.each<[words: string[], candidates: string[]]>([
  [['pl'], ['plan']],
  [['comp'], ['completion']],
  [
    ['plan', '--env', ''],
    ['dev', 'prod-eu'],
  ],
  [['diff', '--env', 'dev', '--env', ''], ['prod-eu']],
  [['plan', '-c', 'other.yaml', '--env', ''], ['other']],
  [['apply', '--allow', 'P0'], expect.arrayContaining(['P02', 'P06'])],
  [
    ['plan', '--format', ''],
    ['human', 'json', 'markdown'],
  ],
  [['init', '--preset', 'rec'], ['recommended']],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [['schema', 'sav'], ['saved-plan']],
  [['restore', 'acme'], ['acme-2026-01-01T000000.000Z.yaml']],
  [['apply', ''], [':files']],
  [['plan', '--out', ''], [':files']],
])('%j', async (words, candidates) => {
  expect(await answered(...words)).toEqual(candidates)
})

test('every check that is made can be accepted, by its id', async () => {
  const ids = await answered('apply', '--allow', '')
  expect(ids.length).toBeGreaterThan(40)
  for (const id of ids) expect(CHECK_IDS).toContain(id)
})

test('a configuration that is a program is not run', async () => {
  const files = { 'mfa-config.config.mjs': "throw new Error('It was run.')" }
  expect(await run(['__complete', '--', 'plan', '--env', ''], { files })).toMatchObject({
    code: 0,
    out: '',
    err: '',
  })
})
