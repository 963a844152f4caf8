import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import * as z from 'zod/mini'
import type { Config } from '../../src/config/config.ts'
import { placed } from '../../src/config/placed.ts'
import { escapeReference } from '../../src/config/references.ts'
import { nest } from '../../src/config/tree.ts'
import { UserError } from '../../src/errors.ts'
import { readConfig } from '../../src/run/configuration.ts'
import { ENTRIES, type Entry, entryAt } from '../../src/settings/catalogue.ts'
import type { Value } from '../../src/settings/field.ts'
import { hostWith } from './support/read.ts'

/** One setting as a file says it, and what that means. */
interface Written {
  readonly path: string
  readonly said: unknown
  readonly meant: Value
  readonly env: Readonly<Record<string, string>>
}

async function parse(stdin: string, env: Record<string, string> = {}): Promise<Config> {
  return readConfig(hostWith('/nowhere', { env, stdin }), { config: '-', env: [] })
}

const text = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: 'grapheme', minLength: 1, maxLength }).filter(given => given.length <= maxLength)
/** What a person would write on purpose to break a parser. */
const nasty = fc.constantFrom(
  'null',
  '~',
  'true',
  '5',
  '- a',
  'a: b',
  '#',
  '"',
  "'",
  '\\n',
  '  x ',
  '{{code}}',
  '%',
  '@',
  '$',
)

/** Whatever a field can be, derived from its schema. */
function writtenFor(entry: Entry): fc.Arbitrary<Written> {
  const { path, field } = entry
  if (field.secret) {
    const name = `SECRET_${path.replace(/\W/g, '_').toUpperCase()}`
    return text(40).map(meant => ({ path, said: `\${${name}}`, meant, env: { [name]: meant } }))
  }
  const forms = formsOf(z.toJSONSchema(field.schema, { io: 'input' })).map(form => saying(form, entry))
  return fc.oneof(...forms).map(said => {
    const parsed = field.schema.safeParse(said)
    if (!parsed.success) throw new Error(`${path} does not take ${JSON.stringify(said)}`)
    return {
      path,
      said: typeof said === 'string' ? escapeReference(said) : said,
      meant: parsed.data,
      env: {},
    }
  })
}

type Form = z.core.JSONSchema.BaseSchema

function formsOf(schema: Form): Form[] {
  return schema.anyOf
    ? schema.anyOf.flatMap(form => (typeof form === 'boolean' ? [] : formsOf(form)))
    : [schema]
}

function saying(form: Form, { field }: Entry): fc.Arbitrary<unknown> {
  if (form.const !== undefined) return fc.constant(form.const)
  if (form.enum) return fc.constantFrom(...form.enum)
  switch (form.type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: form.minimum ?? 0, max: form.maximum ?? 0 })
    case 'array':
      return fc.array(fc.constantFrom('sms', 'voice'))
    default:
      if (field.unit === 'seconds') return fc.constantFrom('3600s', '60m', '60 m', '1h')
      if (form.pattern)
        return fc
          .constantFrom('eu-west-1', 'https://acme.com/${x}', 'auth.acme.com')
          .filter(given => field.schema.safeParse(given).success)
      return fc.oneof(text(Math.min(form.maxLength ?? 60, 60)), nasty)
  }
}

const written: fc.Arbitrary<Written[]> = fc
  .subarray([...ENTRIES])
  .chain(chosen => fc.tuple(...chosen.map(writtenFor)))

const formats: Readonly<Record<string, (tree: unknown) => string>> = {
  yaml: tree => stringify(tree),
  flow: tree => stringify(tree, { collectionStyle: 'flow' }),
  json: tree => JSON.stringify(tree),
  tabs: tree => JSON.stringify(tree, null, '\t'),
  windows: tree => `\uFEFF${JSON.stringify(tree, null, 2).replaceAll('\n', '\r\n')}`,
}
const format = fc.constantFrom(...Object.keys(formats))

/** The file's tree; a factor that has nothing but its switch in its short form, if that is asked for. */
function treeOf(given: readonly { path: string; said: unknown }[], short: boolean): unknown {
  const paths = given.map(({ path }) => path)
  return nest(
    placesOf(given).map((place, i) => {
      const factor = /^(factors\.[^.]+)\.enabled$/.exec(place)?.[1]
      const alone = factor && paths.filter(other => other.startsWith(`${factor}.`)).length === 1
      return [short && alone ? factor : place, given[i]?.said] as const
    }),
  )
}

/** Where the file writes each value. */
function placesOf(given: readonly { path: string }[]): string[] {
  const entries = given.flatMap(({ path }) => entryAt(path) ?? [])
  return placed(entries.map(entry => [entry, undefined] as const)).map(([place]) => place)
}

describe('any file that is valid', () => {
  it('means what it says, in every form, and so does what it means', async () => {
    await fc.assert(
      fc.asyncProperty(written, format, fc.boolean(), async (given, form, short) => {
        const render = formats[form] ?? JSON.stringify
        const env = Object.assign({}, ...given.map(one => one.env))
        const meant = new Map(given.map(one => [one.path, one.meant]))

        const config = await parse(render(treeOf(given, short)), env)
        expect(config.values).toEqual(
          new Map(ENTRIES.filter(({ path }) => meant.has(path)).map(({ path }) => [path, meant.get(path)])),
        )

        const normalised = given.map(({ path, said, meant }) => ({
          path,
          said: Object.hasOwn(env, String(said).slice(2, -1))
            ? said
            : typeof meant === 'string'
              ? escapeReference(meant)
              : meant,
        }))
        expect((await parse(render(treeOf(normalised, !short)), env)).values).toEqual(config.values)
      }),
      { numRuns: 60 },
    )
  })

  it('tells every value that is spoilt, at its place, and none beside it', async () => {
    await fc.assert(
      fc.asyncProperty(
        written.filter(given => given.length > 1),
        fc.nat(),
        async (given, at) => {
          const spoilt = at % given.length
          const path = placesOf(given)[spoilt] ?? ''
          // An object in the place of a message is looked into.
          const said = entryAt(path)?.field.part ? ['wrong'] : { wrong: true }
          const tree = treeOf(
            given.map((one, i) => (i === spoilt ? { ...one, said } : one)),
            false,
          )
          const error = await parse(stringify(tree), Object.assign({}, ...given.map(one => one.env))).catch(
            e => e,
          )
          expect(error).toBeInstanceOf(UserError)
          expect(error.problems).toEqual([
            {
              path,
              file: 'standard input',
              line: expect.any(Number),
              column: path.split('.').length * 2 - 1,
              message: expect.stringContaining(`${path}: expected`),
            },
          ])
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('anything else', () => {
  const key = fc.constantFrom(
    'policy',
    'factors',
    'otp',
    'phone',
    'twilio',
    'duo',
    'skey',
    'enabled',
    'allow',
    'tenant',
    'risk',
    'session',
    'strict',
    'message_types',
    '__proto__',
    'constructor',
    'a.b',
    '',
  )
  const leaf = fc.oneof(
    fc.constantFrom('${X}', '${', '${file:x}', '$${', 'always', 'F06', null, true, Number.NaN, -1, 1e21),
    fc.string(),
  )
  const tree = fc.letrec(tie => ({
    node: fc.oneof(
      { depthSize: 'medium', maxDepth: 5 },
      leaf,
      fc.array(tie('node'), { maxLength: 3 }),
      fc.array(fc.tuple(key, tie('node')), { maxLength: 4 }).map(pairs => Object.fromEntries(pairs)),
    ),
  })).node

  it.each<[string, fc.Arbitrary<string>]>([
    ['a tree of known and unknown words', tree.map(given => stringify(given) ?? '')],
    ['text', fc.string()],
    [
      'a valid file with a piece missing',
      fc.tuple(written, fc.nat(400), fc.nat(9)).map(([given, from, length]) => {
        const whole = stringify(treeOf(given, true))
        return whole.slice(0, from) + whole.slice(from + length)
      }),
    ],
  ])('is a configuration or an error for its author: %s', async (_, texts) => {
    await fc.assert(
      fc.asyncProperty(texts, async given => {
        const outcome = await parse(given, { X: 'x' }).catch((error: unknown) => error)
        if (!(outcome instanceof UserError)) {
          expect(outcome).toHaveProperty('values')
          return
        }
        expect(['config_invalid', 'reference_unset', 'reference_missing']).toContain(outcome.code)
        for (const { file, message } of outcome.problems) {
          expect(file).toBe('standard input')
          expect(message).toMatch(/^\S[\s\S]*[.?]$/)
          expect(message).not.toMatch(/undefined|\[object|function|native code/)
        }
      }),
      { numRuns: 100 },
    )
  })
})
