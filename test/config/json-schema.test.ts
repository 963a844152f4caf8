import { describe, expect, it } from 'vitest'
import { nest } from '../../src/config/tree.ts'
import { ENTRIES } from '../../src/settings/catalogue.ts'
import { json, run } from '../support/cli.ts'
import { accepts, type Node, nodesIn, resolved, SCHEMA, validatorAt } from './support/json-schema.ts'

/** Every field, and every object around one. */
const SETTINGS = new Set(
  ENTRIES.flatMap(({ longPath }) => {
    const steps = longPath.split('.')
    return steps.map((_, depth) => steps.slice(0, depth + 1).join('.'))
  }),
)
const ABOUT = ['$schema', '$import', 'environments', 'tenant', 'allow', 'strict']

/** Every key of an object by its path, as the file has them; environments are of names of its own. */
function keysBelow(node: Node, path: readonly string[] = []): Map<string, Node> {
  const keys = new Map<string, Node>()
  for (const form of [node, ...(node.anyOf ?? [])]) {
    for (const [key, child] of Object.entries(form.properties ?? {})) {
      const at = [...path, key]
      keys.set(at.join('.'), resolved(child))
      for (const [below, deeper] of keysBelow(resolved(child), at)) keys.set(below, deeper)
    }
  }
  return keys
}

const keys = keysBelow(SCHEMA)
const environmentKeys = keysBelow(resolved({ $ref: '#/$defs/environment' }))

const nodes = nodesIn(SCHEMA)
const keywords = nodes.map(([pointer]) => pointer)
const described = nodes.filter(([pointer]) => /\/properties\/[^/]+$/.test(pointer))
const withExamples = nodes.filter(([, node]) => node.examples !== undefined)

describe('the JSON Schema', () => {
  it('is all that `schema` prints, without any file', async () => {
    const outcome = await run(['schema'])
    expect(outcome).toMatchObject({ code: 0, err: '', requests: [] })
    expect(outcome.out.endsWith('}\n')).toBe(true)
    expect(json(outcome)).toEqual(SCHEMA)
  })

  it('is of draft 2020-12, and says of what', () => {
    expect(SCHEMA).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:mfa-config:config',
      title: 'mfa-config',
      type: 'object',
    })
  })

  it('has every setting of the catalogue, what is said about the file itself, and nothing else', () => {
    expect([...keys.keys()].sort()).toEqual([...SETTINGS, ...ABOUT].sort())
  })

  it('has the same for an environment, with credentials and without what concerns files', () => {
    const ofFiles = ['$schema', '$import', 'environments']
    const credentials = ['client_id', 'client_secret', 'signing_key', 'access_token']
    const own = ['credentials', ...credentials.map(key => `credentials.${key}`)]
    const shared = [...keys.keys()].filter(path => !ofFiles.includes(path))
    expect([...environmentKeys.keys()].sort()).toEqual([...shared, ...own].sort())
    for (const path of shared) expect(environmentKeys.get(path)).toEqual(keys.get(path))
  })

  it('says everything once: what is shared is pointed to', () => {
    const names = Object.keys(SCHEMA.$defs ?? {}).map(name => `#/$defs/${name}`)
    expect([...new Set(nodes.flatMap(([, { $ref }]) => $ref ?? []))].sort()).toEqual(names.sort())
    expect(JSON.stringify(SCHEMA).length).toBeLessThan(30_000)
  })

  it('allows no other key anywhere, but names of environments', () => {
    const objects = nodes.filter(([, { type }]) => type === 'object')
    expect(objects.length).toBeGreaterThan(10)
    for (const [pointer, { additionalProperties }] of objects)
      expect(additionalProperties, pointer).toEqual(
        pointer === '/properties/environments' ? { $ref: '#/$defs/environment' } : false,
      )
  })

  it('needs no look-around in its patterns, but for the host name of a relying party', () => {
    const patterns = nodes.flatMap(([, { pattern }]) => (typeof pattern === 'string' ? [pattern] : []))
    expect(patterns.length).toBeGreaterThan(5)
    const looking = patterns.filter(pattern => /\(\?[<!=]/.test(pattern))
    expect(new Set(looking).size).toBe(1)
    expect('auth.acme.com').toMatch(new RegExp(looking[0] ?? '', 'u'))
  })

  it.each(described)('describes %s, with examples', (_, node) => {
    const { description, examples = [] } = resolved(node)
    expect(description).toMatch(/^\S.*[^.\s]$/)
    expect(examples.length).toBeGreaterThan(0)
  })

  it.each(withExamples)('takes its own examples at %s', (pointer, { examples = [] }) => {
    const validate = validatorAt(pointer)
    for (const example of examples) expect(validate(example), JSON.stringify(validate.errors)).toBe(true)
  })

  it('has examples in many places', () => {
    expect(withExamples.length).toBeGreaterThan(ENTRIES.length)
    expect(keywords).toEqual([...new Set(keywords)])
  })

  it.each(
    ENTRIES.filter(({ field }) => field.default !== undefined).map(({ path, field }) => [
      path,
      field.default,
    ]),
  )('tells that %s is %j by default', (path, usual) => {
    expect(keys.get(String(path))?.default).toEqual(usual)
  })

  it.each(ENTRIES.flatMap(({ path, field }) => (field.unit ? [[path, field.unit]] : [])))(
    'tells that numbers of %s are in %s',
    (path, unit) => {
      expect(keys.get(String(path))?.description).toContain(`In ${unit}`)
    },
  )

  it('takes a file with everything in it', () => {
    const everything = nest(ENTRIES.map(({ longPath, field }) => [longPath, field.example] as const))
    const environments = {
      dev: everything,
      prod: { ...everything, credentials: { access_token: '${TOKEN}' } },
    }
    expect(
      accepts({
        ...everything,
        $schema: './node_modules/mfa-config/schemas/config.json',
        $import: ['a.yaml'],
        tenant: 'acme.com',
        allow: ['F06'],
        strict: true,
        environments,
      }),
    ).toBe(true)
  })

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['short forms', { factors: { otp: true, phone: { templates: { enrollment_message: '{{code}}' } } } }],
    ["the API's names of policies", { policy: 'all-applications' }],
    [
      'durations as numbers and as text',
      { session: { mfa_session_overall_timeout: 7200, mfa_session_inactivity_timeout: '1h' } },
    ],
    ['null where something can be cleared', { factors: { phone: { twilio: { from: null } } } }],
    [
      'references in texts that have a form',
      {
        tenant: '${TENANT}',
        policy: '${POLICY}',
        session: { mfa_session_overall_timeout: '${TIMEOUT}' },
        factors: {
          phone: { message_types: ['${TYPE}'] },
          'push-notification': { sns: { aws_region: '${REGION}' }, app: { apple_app_link: '${file:link}' } },
          'webauthn-roaming': { relying_party: '${HOST}' },
        },
      },
    ],
    ['references in the midst of a text', { factors: { duo: { host: 'api-${ID}.duosecurity.com' } } }],
    ['a literal ${', { factors: { duo: { host: 'a$${b' } } }],
    [
      'references in secrets',
      {
        factors: {
          duo: { skey: '${DUO_SKEY}' },
          'push-notification': { fcm: { server_key: '${file:key}' } },
        },
      },
    ],
    ['a domain as people paste it', { tenant: 'HTTPS://Acme.EU.auth0.com/' }],
  ])('takes %s', (_, file) => {
    expect(accepts(file)).toBe(true)
    expect(accepts({ environments: { dev: file } })).toBe(true)
  })

  it.each<[string, unknown]>([
    ['an unknown key', { polcy: 'never' }],
    ['an unknown factor', { factors: { sms: true } }],
    ['an unknown nested key', { factors: { duo: { user: 'x' } } }],
    ['an unknown word', { policy: 'sometimes' }],
    ['a number out of range', { factors: { email: { otp_length: 11 } } }],
    ['a text for a switch', { factors: { otp: 'on' } }],
    ['a reference for a switch', { factors: { otp: '${OTP}' } }],
    ['a reference for a number', { factors: { email: { otp_length: '${LENGTH}' } } }],
    ['a reference that is not closed', { factors: { duo: { host: '${HOST' } } }],
    ['a literal secret', { factors: { duo: { skey: 'literal' } } }],
    ['a secret that is in part a literal', { factors: { duo: { skey: 'a${DUO_SKEY}' } } }],
    ['null where nothing can be cleared', { policy: null }],
    ['an id that is no check', { allow: ['X99'] }],
    ['rules, which are not part of this version', { rules: [] }],
  ])('does not take %s', (_, file) => {
    expect(accepts(file)).toBe(false)
    expect(accepts({ environments: { dev: file } })).toBe(false)
  })
})
