import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { nest } from '../../src/config/tree.ts'
import { ENTRIES } from '../../src/settings/catalogue.ts'
import { json, run } from '../support/cli.ts'

interface Node {
  readonly type?: string
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Node>>
  readonly additionalProperties?: unknown
  readonly anyOf?: readonly Node[]
  readonly [keyword: string]: unknown
}

const outcome = await run(['schema'])
const schema: Node = json(outcome)

/** Every property of the schema by its path, and every object on the way. */
function walk(node: Node, path: readonly string[] = []): { properties: Map<string, Node>; objects: Node[] } {
  const properties = new Map<string, Node>()
  const objects: Node[] = node.type === 'object' ? [node] : []
  const children = [
    ...Object.entries(node.properties ?? {}).map(([key, child]) => ({ child, at: [...path, key] })),
    ...(node.anyOf ?? []).map(child => ({ child, at: path })),
  ]
  for (const { child, at } of children) {
    if (at.length > path.length) properties.set(at.join('.'), child)
    const below = walk(child, at)
    for (const [key, value] of below.properties) properties.set(key, value)
    objects.push(...below.objects)
  }
  return { properties, objects }
}

const { properties, objects } = walk(schema)

const { $schema: _, ...rest } = schema
/** An independent reading of the schema. */
const reading = z.fromJSONSchema(rest as z.core.JSONSchema.JSONSchema)
const accepts = (value: unknown): boolean => reading.safeParse(value).success

describe('the JSON Schema', () => {
  it('is all that `schema` prints, without any file', () => {
    expect(outcome).toMatchObject({ code: 0, err: '', requests: [] })
    expect(outcome.out.endsWith('}\n')).toBe(true)
  })

  it('is of draft 2020-12', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(schema).toMatchObject({ title: 'mfa-config', type: 'object' })
  })

  it('has every setting of the catalogue, and what is said about the file itself', () => {
    const settings = ENTRIES.map(({ path }) => path)
    const about = ['$schema', '$import', 'tenant', 'allow', 'strict']
    for (const path of [...settings, ...about]) expect([...properties.keys()]).toContain(path)
    const sections = [...properties.keys()].filter(path =>
      settings.some(other => other.startsWith(`${path}.`)),
    )
    expect(properties.size).toBe(settings.length + about.length + sections.length)
  })

  it('allows no other key anywhere', () => {
    expect(objects.length).toBeGreaterThan(10)
    for (const node of objects) expect(node.additionalProperties).toBe(false)
  })

  it.each([...properties.keys()])('describes %s, with examples', path => {
    const node = properties.get(path)
    expect(node?.description).toMatch(/^\S.*[^.\s]$/)
    expect(node?.examples?.length).toBeGreaterThan(0)
    for (const example of node?.examples ?? []) {
      const steps = path.split('.')
      expect(accepts(steps.reduceRight<unknown>((below, step) => ({ [step]: below }), example))).toBe(true)
    }
  })

  it.each(
    ENTRIES.filter(({ field }) => field.default !== undefined).map(({ path, field }) => [
      path,
      field.default,
    ]),
  )('tells that %s is %j by default', (path, usual) => {
    expect(properties.get(String(path))?.default).toEqual(usual)
  })

  it('takes a file with everything in it', () => {
    const everything = nest(ENTRIES.map(({ path, field }) => [path, field.example] as const))
    expect(
      accepts({ ...everything, tenant: 'acme.com', allow: ['F06'], strict: true, $import: ['a.yaml'] }),
    ).toBe(true)
  })

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['short forms', { factors: { otp: true, phone: false } }],
    ["the API's names of policies", { policy: 'all-applications' }],
    [
      'durations as numbers and as text',
      { session: { mfa_session_overall_timeout: 7200, mfa_session_inactivity_timeout: '1h' } },
    ],
    ['null where something can be cleared', { factors: { phone: { twilio: { from: null } } } }],
    [
      'references in texts that have a form',
      {
        factors: {
          'push-notification': { sns: { aws_region: '${REGION}' }, app: { apple_app_link: '${file:link}' } },
          'webauthn-roaming': { relying_party: '${HOST}' },
        },
      },
    ],
    ['references in secrets', { factors: { duo: { skey: '${DUO_SKEY}' } } }],
  ])('takes %s', (_, file) => {
    expect(accepts(file)).toBe(true)
  })

  it.each<[string, unknown]>([
    ['an unknown key', { polcy: 'never' }],
    ['an unknown factor', { factors: { sms: true } }],
    ['an unknown nested key', { factors: { duo: { user: 'x' } } }],
    ['an unknown word', { policy: 'sometimes' }],
    ['a number out of range', { factors: { email: { otp_length: 11 } } }],
    ['a text for a switch', { factors: { otp: 'on' } }],
    ['a literal secret', { factors: { duo: { skey: 'literal' } } }],
    ['null where nothing can be cleared', { policy: null }],
    ['an id that is no check', { allow: ['X99'] }],
  ])('does not take %s', (_, file) => {
    expect(accepts(file)).toBe(false)
  })
})
