import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeReference, isReference, resolveReferences } from '../../src/config/references.ts'
import { UserError } from '../../src/errors.ts'
import { isRecord } from '../../src/record.ts'
import { ENTRIES, type Entry } from '../../src/settings/catalogue.ts'
import { parseDuration } from '../../src/settings/duration.ts'
import { samplesOf } from '../support/values.ts'
import { accepts, nodesIn, SCHEMA } from './support/json-schema.ts'
import { read } from './support/read.ts'

// An editor says of a file what the tool says of it, both ways.

type Env = Readonly<Record<string, string>>

/** Whether the tool takes a file: for each of its environments, if it has some. */
async function isTaken(file: unknown, env: Env = {}): Promise<boolean> {
  const names = isRecord(file) && isRecord(file.environments) ? Object.keys(file.environments) : []
  const given = { named: '-', stdin: JSON.stringify(file), env }
  try {
    if (names.length === 0) await read(given)
    for (const environment of names) await read({ ...given, environment })
    return true
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}

function at(path: string, value: unknown): Record<string, unknown> {
  const [first = '', ...steps] = path.split('.')
  return { [first]: steps.reduceRight<unknown>((below, step) => ({ [step]: below }), value) }
}

async function expectSameVerdict(file: unknown, env: Env = {}): Promise<void> {
  const verdicts = { editor: accepts(file), tool: await isTaken(file, env) }
  expect({ ...verdicts, file }).toEqual({ editor: verdicts.tool, tool: verdicts.tool, file })
}

/** What is written somewhere, and the variables that it refers to. */
interface Written {
  readonly said: unknown
  readonly env: Env
}

const MALFORMED = [
  '${',
  '${A',
  '${}',
  '${A-B}',
  '${ A }',
  '${1A}',
  '${file:}',
  'a ${B',
  '$$${',
  '${A${B}',
  '${A}${',
]
const ESCAPED = ['$${', '$${A}', 'a $${B} c', '$$${A}', '$$$${', '$', '$$', '$A', '$}{', '{$']

/** Words that other places take, and what people write for them. */
const WORDS = [
  ...[
    'always',
    'all-applications',
    'twilio',
    'custom',
    'direct',
    'sms',
    'preferred',
    'true',
    'null',
    '6',
    '',
  ],
  ...[
    'acme.com',
    'acme',
    'auth.acme.com.',
    'Auth.acme.com',
    'eu-west-1',
    'eu-west-',
    'https://acme.com',
    'http://a.b',
  ],
  ...[
    '90s',
    '5m',
    '5 m',
    '2h',
    '7d',
    '5M',
    '05m',
    'm',
    '5m ',
    '-5m',
    '1.5h',
    'F08',
    'F8',
    'f08',
    '\u2028',
    ' ',
  ],
]
const VALUES = [
  ...[
    null,
    true,
    false,
    0,
    1,
    -1,
    1.5,
    3,
    4,
    6,
    10,
    11,
    29,
    30,
    300,
    365,
    366,
    3599,
    3600,
    3601,
    2_592_001,
    1e21,
  ],
  ...[
    [],
    {},
    ['sms'],
    ['voice', 'sms', 'sms'],
    ['fax'],
    [null],
    [['sms']],
    ['F08'],
    { enabled: true },
    { text: 'a' },
  ],
]

/** Texts whose lengths are at a limit of the schema, or next to it. */
const LENGTHS = [
  ...new Set(
    nodesIn(SCHEMA).flatMap(([, { maxLength }]) => (typeof maxLength === 'number' ? [maxLength] : [])),
  ),
]
const long = fc
  .tuple(fc.constantFrom(...LENGTHS), fc.constantFrom(0, 1), fc.constantFrom('', 'https://'))
  .map(([length, more, start]) => start + 'x'.repeat(length + more - start.length))

const anything: fc.Arbitrary<Written> = fc
  .oneof(
    fc.constantFrom(...VALUES),
    fc.constantFrom(...WORDS, ...MALFORMED, ...ESCAPED),
    fc.string({ unit: 'grapheme', maxLength: 20 }).map(escapeReference),
    fc.integer({ min: -10, max: 8_000_000 }),
    long,
  )
  .map(said => ({ said, env: {} }))

/** All that references are made of, in any order. */
const pieces = fc
  .array(fc.constantFrom('$', '{', '}', 'A', '${A}', '${', '$${', ' '), { minLength: 1, maxLength: 6 })
  .map(given => ({ said: given.join(''), env: { A: 'a', AA: 'a', AAA: 'a', AAAA: 'a', AAAAA: 'a' } }))

/** A text whose end, or all of it, is a reference, with variables that make it what it was. */
function referring(text: string): fc.Arbitrary<Written> {
  return fc.nat(text.length - 1).map(from => ({
    said: `${escapeReference(text.slice(0, from))}\${THE_REST}`,
    env: { THE_REST: text.slice(from) },
  }))
}

function writtenAt(entry: Entry): fc.Arbitrary<Written> {
  const texts = samplesOf(entry).filter(value => typeof value === 'string')
  const durations = entry.field.unit === 'seconds' ? ['90m', '2h'] : []
  return fc.oneof(
    { weight: 3, arbitrary: anything },
    { weight: 2, arbitrary: pieces },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...samplesOf(entry), ...durations).map(said => ({ said, env: {} })),
    },
    { weight: 1, arbitrary: fc.constantFrom(...texts, ...durations, '6', 'true').chain(referring) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...texts, ...durations, 'sms').map(text => ({
        said: ['${ALL}'],
        env: { ALL: text },
      })),
    },
    { weight: 1, arbitrary: fc.constant({ said: '${ALL}${ALL}', env: { ALL: 'x' } }) },
  )
}

/**
 * Where JSON Schema cannot say what the tool knows: what a reference gives, and how long a duration in words is. Both are
 * shown below.
 */
function isBeyondSchema({ field }: Entry, { said, env }: Written): boolean {
  const texts = [said].flat().filter(text => typeof text === 'string')
  if (!texts.some(isReference)) return field.unit === 'seconds' && parseDuration(texts[0] ?? '') !== undefined
  const { tree, faults } = resolveReferences(
    { label: '', tree: { said }, sources: [] },
    { cwd: '/nowhere', env },
  )
  return faults.length === 0 && isRecord(tree) && !field.schema.safeParse(tree.said).success
}

describe.each(ENTRIES.map(entry => [entry.path, entry] as const))('%s', (path, entry) => {
  it('is judged alike', async () => {
    await fc.assert(
      fc.asyncProperty(
        writtenAt(entry).filter(written => !isBeyondSchema(entry, written)),
        ({ said, env }) => expectSameVerdict(at(path, said), env),
      ),
      { numRuns: 50 },
    )
  })
})

const OBJECTS = [
  ...new Set(
    ENTRIES.flatMap(({ longPath }) =>
      longPath.split('.').map((_, depth, steps) => steps.slice(0, depth).join('.')),
    ),
  ),
].filter(path => path !== '')

describe('in place of an object', () => {
  it.each(OBJECTS)('everything is judged alike: %s', async path => {
    for (const value of [...VALUES, ...WORDS, { unknown: true }]) await expectSameVerdict(at(path, value))
  })
})

describe('what is said about the file', () => {
  const domains = [
    'acme.com',
    'ACME.eu.Auth0.com',
    'https://acme.com/',
    'HTTP://localhost:8787',
    ' acme.com ',
    'sandbox',
  ]
  const others = [
    'acme_com',
    'https://',
    'acme.com/path',
    'acme.com:port',
    '-acme.com',
    'acme.com.',
    'ftp://acme.com',
  ]

  it.each<[string, readonly unknown[]]>([
    ['tenant', [...domains, ...others, '${DOMAIN}', 'https://${DOMAIN}/']],
    ['allow', [['F06', 'P02'], ['F06', 'F06'], ['${ID}'], ['X99'], 'F06']],
    ['strict', ['${SWITCH}']],
    ['$schema', ['./a.json', '${DOMAIN}']],
    ['environments', [{ dev: null }, { dev: 'a' }, { '': {} }]],
    ['unknown', []],
    ['credentials', [{ access_token: '${TOKEN}' }]],
  ])('%s is judged alike, whatever stands there', async (key, particular) => {
    const env = { DOMAIN: 'acme.com', ID: 'F06', SWITCH: 'true', TOKEN: 'abc' }
    const texts = [...WORDS, ...MALFORMED, ...ESCAPED]
    const files = [...particular, ...VALUES, ...texts, ...texts.map(text => [text])].map(value => ({
      [key]: value,
    }))
    for (const file of files) await expectSameVerdict(file, env)
  })

  it.each<[unknown, boolean]>([
    ['./base.yaml', true],
    [['./base.yaml', './other.yaml'], true],
    [[], true],
    ['', false],
    [[''], false],
    [[1], false],
    [true, false],
    [null, false],
    [{}, false],
  ])('$import: %j is judged alike', async ($import, verdict) => {
    expect(accepts({ $import })).toBe(verdict)
    const files = {
      'mfa-config.json': JSON.stringify({ $import }),
      'base.yaml': 'policy: never',
      'other.yaml': 'policy: always',
    }
    expect(
      await read({ files }).then(
        () => true,
        (error: unknown) => !(error instanceof UserError),
      ),
    ).toBe(verdict)
  })
})

describe('an environment', () => {
  const env = { ID: 'abc', SECRET: 'def', KEY: 'ghi', TOKEN: 'jkl', FROM: '+15551234567' }

  it.each<unknown>([
    {},
    { tenant: 'acme.com', policy: 'never', strict: true, allow: ['F06'], factors: { otp: true } },
    { factors: { phone: { twilio: { from: '${FROM}' } } } },
    { factors: { phone: { twilio: { auth_token: 'literal' } } } },
    { factors: { sms: true } },
    { polcy: 'never' },
    { policy: 'sometimes' },
    { tenant: 'acme_com' },
    { $import: './base.yaml' },
    { environments: {} },
    null,
    [],
    'dev',
  ])('that has %j is judged alike', async block => {
    await expectSameVerdict({ environments: { dev: block } }, env)
    await expectSameVerdict(
      { policy: 'always', factors: { otp: false }, environments: { dev: block, prod: {} } },
      env,
    )
  })

  it.each<unknown>([
    { client_id: '${ID}', client_secret: '${SECRET}' },
    { client_id: '${ID}', signing_key: '${KEY}' },
    { client_id: '${ID}${ID}', client_secret: '${SECRET}' },
    { access_token: '${TOKEN}' },
    { client_id: '${ID}' },
    { client_secret: '${SECRET}' },
    { client_id: '${ID}', client_secret: '${SECRET}', signing_key: '${KEY}' },
    { client_id: '${ID}', access_token: '${TOKEN}' },
    { client_id: 'literal', client_secret: '${SECRET}' },
    { client_id: '${ID}', client_secret: 'a${SECRET}' },
    { access_token: '$${TOKEN}' },
    { access_token: '${TOKEN' },
    { access_token: null },
    { access_token: ['${TOKEN}'] },
    { token: '${TOKEN}' },
    {},
    [],
    null,
    '${TOKEN}',
  ])('with the credentials %j is judged alike', async credentials => {
    await expectSameVerdict({ environments: { dev: { credentials } } }, env)
  })
})

describe('beyond what JSON Schema can say', () => {
  const long = `${'x'.repeat(61)}$\${`

  it.each<[string, unknown, Env]>([
    ['what a reference gives', { policy: '${WORD}' }, { WORD: 'sometimes' }],
    ['whether a variable is set', { factors: { duo: { ikey: '${UNSET}' } } }, {}],
    ['whether there is a file', { factors: { duo: { skey: '${file:missing}' } } }, {}],
    [
      "that no setting sends the tool's own credentials",
      { factors: { duo: { ikey: '${AUTH0_CLIENT_ID}' } } },
      { AUTH0_CLIENT_ID: 'a' },
    ],
    ['how long a duration in words is', { session: { mfa_session_overall_timeout: '99d' } }, {}],
  ])('is %s: only the tool refuses it', async (_, file, env) => {
    expect(accepts(file)).toBe(true)
    expect(await isTaken(file, env)).toBe(false)
  })

  it.each<[string, unknown]>([
    ['that an escape stands for less than it has', { factors: { phone: { twilio: { from: `${long}a` } } } }],
    [
      'that an environment replaces what is wrong',
      { policy: 'sometimes', environments: { dev: { policy: 'never' } } },
    ],
    ['that a schema for editors does no harm there', { environments: { dev: { $schema: './a.json' } } }],
  ])('is %s: only the editor refuses it', async (_, file) => {
    expect(accepts(file)).toBe(false)
    expect(await isTaken(file)).toBe(true)
  })
})
