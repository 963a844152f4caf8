import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { isRecord } from '../../src/record.ts'
import { emptyFolder, type Outcome, run } from '../support/cli.ts'
import { type Document, expectDocument } from '../support/documents.ts'
import { type Fault, startFaults } from '../support/faults.ts'
import { startTenant } from '../support/sandbox.ts'
import { COMMANDS } from './support/commands.ts'
import { EXIT_CODES } from './support/exit-codes.ts'
import type { Row } from './support/row.ts'

interface Ran {
  readonly outcome: Outcome
  /** The tenant's name. */
  readonly host: string
  readonly cwd: string
}

/** Runs a row on a new tenant, in a new folder. */
async function runRow(args: readonly string[], row: Row): Promise<Ran> {
  const tenant = await startTenant(row.tenant)
  const give = async (some: Row['has'] = {}): Promise<void> => {
    for (const [path, body] of Object.entries(some)) await tenant.put(path, body)
  }
  await give(row.has)
  const controller = new AbortController()
  const [method = '', path = ''] = row.interrupted?.split(' ') ?? []
  const faults: Fault[] = [
    ...(row.faults ?? []),
    ...(row.interrupted ? [{ method, path, hook: () => controller.abort() }] : []),
  ]
  // The answer comes a little later than Ctrl-C, as it does when a person presses it.
  const { env, url } = await startFaults(tenant, faults, { latency: row.interrupted ? 5 : 0 })
  const named = row.file === undefined ? [] : ['-c', '-']
  const cwd = emptyFolder()
  const circumstances = { cwd, env: { ...env, ...row.env }, stdin: row.file?.replaceAll('TENANT', url) ?? '' }
  for (const before of row.after ?? []) {
    const { code, err } = await run([...before, ...named], circumstances)
    expect(code, err).toBe(0)
  }
  await give(row.since)
  const outcome = await run([...args, ...named, ...(row.args ?? [])], {
    ...circumstances,
    interrupt: controller.signal,
    ...(row.files && { files: row.files }),
    ...(row.answers && { answers: [...row.answers] }),
  })
  return { outcome, cwd, host: new URL(url).host }
}

/** Standard output is one document and no more, which says the same as the exit code. */
function expectJson(row: Row, { outcome: { out }, host }: Ran): void {
  const { prints, error, code, environment = null } = row
  if (prints === undefined) {
    if (out !== '') expect(JSON.parse(out)).toBeTypeOf('object')
    return
  }
  const document = expectDocument(out)
  expect(document.format).toBe(`mfa-config/${prints}/1`)
  expect(codeIn(document)).toBe(error)
  if (error !== undefined) expect(EXIT_CODES[error]).toBe(code)
  if ('tenant' in document) expect(document.tenant).toBe(host)
  if ('environment' in document) expect(document.environment).toBe(environment)
  expect(resultsIn(document)).toEqual(row.results)
}

function codeIn({ error }: Readonly<Record<string, unknown>>): unknown {
  return isRecord(error) ? error.code : undefined
}

/** Of each environment of a document of several: the kind of its document, or the code of its error. */
function resultsIn({ results }: Document): unknown {
  if (!Array.isArray(results)) return undefined
  return Object.fromEntries(
    results.map(result => {
      const [kind] = Object.keys(result).filter(key => !['environment', 'tenant', 'findings'].includes(key))
      return [result.environment, codeIn(result) ?? kind]
    }),
  )
}

/** An error is on standard error and leaves standard output empty; a result is a text with the tenant at its top. */
function expectText(row: Row, kind: string, { outcome, host }: Ran): void {
  const out = stripVTControlCharacters(outcome.out)
  const seen = row.people ?? (row.prints === 'error' ? 'error' : 'result')
  if (seen.endsWith('error')) expect(stripVTControlCharacters(outcome.err)).toMatch(/(^|\n)Error: \S/)
  if (!seen.startsWith('result')) expect(out).toBe('')
  else if (kind === 'yaml') expect(yamlIn(out)).toMatchObject({ tenant: host })
  else {
    expect(out).toMatch(/[^\n]\n$/)
    const [first = ''] = out.split('\n')
    const name = row.environment === undefined ? host : `${host} (${row.environment})`
    if (kind === 'people') expect(first).toMatch(row.top ?? new RegExp(`^${escaped(name)}$`))
    else {
      expect(first).toBe('<!-- mfa-config -->')
      for (const said of Object.keys(row.results ?? { [host]: '' })) expect(out).toContain(said)
    }
  }
}

function escaped(text: string): string {
  return text.replace(/[().]/g, '\\$&')
}

function yamlIn(text: string): unknown {
  const document = parseDocument(text)
  expect(document.errors).toEqual([])
  return document.toJS()
}

const cases = Object.entries(COMMANDS).flatMap(([command, { forms, rows }]) =>
  rows.flatMap(row =>
    forms
      .filter(([kind]) => row.only?.includes(kind) ?? true)
      .map(([kind, ...flags]) => {
        const args = [command, ...flags]
        return [`${args.join(' ')} with ${row.with}`, { args, kind, row }] as const
      }),
  ),
)

describe('standard output is the result, whole, and the exit code is as it says:', () => {
  it.each(cases)('%s', async (_, { args, kind, row }) => {
    const ran = await runRow(args, row)
    const { code, out, err } = ran.outcome
    expect(code, out + err).toBe(row.code)
    if (kind === 'json') expectJson(row, ran)
    else expectText(row, kind, ran)
    const [file, document] = row.saves ?? []
    if (file === undefined) return
    const saved = expectDocument(await readFile(join(ran.cwd, file), 'utf8'))
    expect(saved.format).toBe(`mfa-config/${document}/1`)
  })
})

describe('these are all that there are:', () => {
  it('commands', async () => {
    const { out } = await run(['--help'])
    const commands = [...(out.split('\nCommands:\n')[1] ?? '').matchAll(/^ {2}([\w-]+) /gm)]
    const names = commands.map(([, name]) => name).filter(name => name !== 'help')
    expect(names.length).toBeGreaterThan(5)
    expect(Object.keys(COMMANDS).sort()).toEqual(names.sort())
  })

  it.each(Object.entries(COMMANDS))('forms of %s', async (command, { forms }) => {
    const { out } = await run([command, '--help'])
    const [, choices = ''] = /--format[^(]*\(choices:\s*([^)]*)\)/.exec(out) ?? []
    const flags = forms.flatMap(([, ...flags]) => flags.flatMap(flag => flag.split('=')))
    for (const [, word] of choices.matchAll(/"(\w+)"/g)) {
      if (word === 'json') expect(flags).toEqual(expect.arrayContaining(['--json']))
      else expect(flags).toContain(word)
    }
  })

  it.each(Object.entries(COMMANDS))('exit codes of %s', (_, { codes, rows }) => {
    const reached = rows.map(({ code }) => code)
    expect([...new Set(reached)].sort((a, b) => a - b)).toEqual(codes)
  })
})
