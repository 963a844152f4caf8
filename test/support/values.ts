import fc from 'fast-check'
import * as z from 'zod/mini'
import { placed } from '../../src/config/placed.ts'
import { nest } from '../../src/config/tree.ts'
import type { SandboxOptions } from '../../src/sandbox/server.ts'
import { CATALOGUES, ENTRIES, type Entry } from '../../src/settings/catalogue.ts'
import { formatDuration } from '../../src/settings/duration.ts'
import type { Value } from '../../src/settings/field.ts'
import type { PhoneExperience } from '../../src/settings/phone-experience.ts'

/** Values by path of the file, normalised. */
export type Values = ReadonlyMap<string, Value>

/** Both kinds of tenant. */
export const KINDS: readonly PhoneExperience[] = ['legacy', 'unified']

/** The sandbox's options for a tenant of one kind, which takes every provider that such tenants have. */
export function kindOf(phone: PhoneExperience): SandboxOptions {
  const actions = [{ trigger: 'custom-phone-provider', name: 'Send' }]
  return phone === 'unified' ? { unifiedPhone: true, actions } : {}
}

/** What a file can say of a tenant of one kind. */
export function entriesOf(phone: PhoneExperience): readonly Entry[] {
  return CATALOGUES[phone].entries.filter(({ field }) => !field.derived)
}

const JsonSchema = z.looseObject({
  anyOf: z.optional(z.array(z.unknown())),
  enum: z.optional(z.array(z.string())),
  const: z.optional(z.unknown()),
  type: z.optional(z.string()),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  minLength: z.optional(z.number()),
  maxLength: z.optional(z.number()),
  pattern: z.optional(z.string()),
  items: z.optional(z.unknown()),
})
type JsonSchema = z.infer<typeof JsonSchema>

const PROVIDER = 'factors.phone.provider'
/** The providers of each kind of tenant, those first that are not the default. */
const PROVIDERS: Readonly<Record<PhoneExperience, readonly [string, string, ...string[]]>> = {
  legacy: ['twilio', 'phone-message-hook', 'auth0'],
  unified: ['twilio', 'custom'],
}
const TWILIO = ['sid', 'auth_token', 'from', 'messaging_service_sid'].map(
  name => `factors.phone.twilio.${name}`,
)
const [SID = '', , FROM = '', SERVICE = ''] = TWILIO
const MESSAGE_TYPES = 'factors.phone.message_types'

/** What the API asks of some texts beyond what the file's schema does. */
const PARTICULAR: Readonly<Record<string, readonly [Value, Value]>> = {
  'factors.push-notification.apns.p12': ['Zmlyc3Q=', 'c2Vjb25k'],
  'factors.push-notification.fcmv1.server_credentials': ['{"project":"first"}', '{"project":"second"}'],
  // Never below the inactivity timeout, whichever of both is changed.
  'session.mfa_session_overall_timeout': [7_776_000, 7_000_000],
}

const TEXTS = [
  'one text',
  'another text',
  'eu-west-1',
  'us-east-2',
  'https://acme.example/one',
  'https://acme.example/two?a=b#c',
  'auth.acme.com',
  'login.acme.org',
]

const DURATIONS = ['90s', '15m', '2h', '7d']

/**
 * Values that the file takes and a tenant accepts, different from each other, those first that are neither the default
 * nor nothing. They follow from the field alone, so that a new one is tested by existing.
 */
export function samplesOf(
  entry: Entry,
  phone: PhoneExperience = 'legacy',
): readonly [Value, Value, ...Value[]] {
  const { path, field } = entry
  if (path === PROVIDER) return PROVIDERS[phone]
  const particular = PARTICULAR[path]
  const candidates = particular ?? branchesOf(field.schema).flatMap(candidatesOf)
  const accepted = candidates.flatMap(candidate => {
    const parsed = field.schema.safeParse(candidate)
    return parsed.success ? [parsed.data] : []
  })
  const rank = (value: Value): number => (value === null ? 2 : same(value, field.default ?? null) ? 1 : 0)
  const [first, second, ...more] = accepted
    .filter((value, index) => accepted.findIndex(other => same(other, value)) === index)
    .sort((a, b) => rank(a) - rank(b))
  if (first === undefined || second === undefined)
    throw new Error(`Which values does ${path} take? Add some to TEXTS or PARTICULAR.`)
  return [first, second, ...more]
}

/** Any value that the file takes at a path and a tenant accepts. */
function anyValue(entry: Entry, phone: PhoneExperience): fc.Arbitrary<Value> {
  const { path, field } = entry
  if (path === PROVIDER) return fc.constantFrom(...PROVIDERS[phone])
  if (PARTICULAR[path] && field.secret) return fc.constantFrom(...PARTICULAR[path])
  const given = fc
    .oneof(...branchesOf(field.schema).map(branch => anyOf(branch, entry)))
    // The API of the unified phone takes no message that is empty.
    .filter(value => phone === 'legacy' || value !== '')
  return given
    .map(value => field.schema.safeParse(value))
    .map(parsed => (parsed.success ? parsed.data : null))
}

interface Kind {
  /** Most of the fields, instead of a few. */
  readonly dense?: boolean
  readonly phone?: PhoneExperience
}

/** A random choice of a tenant's fields, each with a value, such as a tenant takes together. */
export function anyValues({ dense = false, phone = 'legacy' }: Kind = {}): fc.Arbitrary<Values> {
  const entries = entriesOf(phone)
  const fields = entries.map(entry =>
    fc.option(anyValue(entry, phone), { nil: undefined, freq: dense ? 8 : 2 }),
  )
  return fc
    .tuple(...fields)
    .map(
      values =>
        new Map(entries.flatMap(({ path }, i) => (values[i] === undefined ? [] : [[path, values[i]]]))),
    )
    .map(withPossibleSession)
    .map(values => (phone === 'unified' ? withPossibleProvider(values) : values))
}

/** A file that says these values, as JSON, and the environment that its references need. */
export function fileOf(values: Values, besides: object = {}): { text: string; env: Record<string, string> } {
  const env: Record<string, string> = {}
  const written = ENTRIES.filter(({ path }) => values.has(path)).map((entry): [Entry, unknown] => {
    const { path, field } = entry
    const value = values.get(path) ?? null
    if (field.secret && typeof value === 'string') {
      const name = path.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')
      env[name] = value
      return [entry, `\${${name}}`]
    }
    if (typeof value === 'string') return [entry, value.replaceAll('${', () => '$${')]
    const spelled = field.unit === 'seconds' && typeof value === 'number' && value % 7 === 0
    return [entry, spelled ? formatDuration(value) : value]
  })
  return { text: JSON.stringify({ ...besides, ...nest(placed(written)) }), env }
}

/** One value for every field that a tenant of one kind has: the `nth` of its samples. */
export function everyValue(nth: 0 | 1 = 0, phone: PhoneExperience = 'legacy'): Map<string, Value> {
  return new Map(entriesOf(phone).map(entry => [entry.path, samplesOf(entry, phone)[nth]]))
}

function withPossibleSession(values: Map<string, Value>): Values {
  const inactivity = values.get('session.mfa_session_inactivity_timeout')
  const overall = values.get('session.mfa_session_overall_timeout')
  if (inactivity === undefined && overall === undefined) return values
  const least = Math.max(Number(overall ?? 0), Number(inactivity ?? 0))
  return new Map([
    ...values,
    ['session.mfa_session_inactivity_timeout', inactivity ?? 3600],
    ['session.mfa_session_overall_timeout', least],
  ])
}

/**
 * The unified phone's API takes a provider with an account and a sender alone, and message types that the provider
 * covers: so whoever names one of these names the others.
 */
function withPossibleProvider(values: Values): Values {
  const types = values.get(MESSAGE_TYPES) ?? []
  const names = [PROVIDER, ...TWILIO].some(path => values.has(path))
  if (!names && (!Array.isArray(types) || types.length === 0)) return values
  const isClear = (path: string): boolean => (values.get(path) ?? null) === null
  return new Map([
    ...values,
    [PROVIDER, values.get(PROVIDER) ?? 'twilio'],
    [SID, values.get(SID) ?? 'AC1'],
    ...(isClear(FROM) && isClear(SERVICE) ? [[FROM, '+15551234567'] as const] : []),
  ])
}

function branchesOf(schema: z.ZodMiniType): JsonSchema[] {
  const open = [JsonSchema.parse(z.toJSONSchema(schema, { io: 'input' }))]
  const branches: JsonSchema[] = []
  for (const node of open) {
    if (node.anyOf) open.push(...node.anyOf.map(branch => JsonSchema.parse(branch)))
    else branches.push(node)
  }
  return branches
}

function candidatesOf(branch: JsonSchema): unknown[] {
  if (branch.enum) return branch.enum
  if ('const' in branch) return [branch.const]
  const { minimum = 0, maximum = 0 } = branch
  switch (branch.type) {
    case 'boolean':
      return [true, false]
    case 'integer':
      return [minimum, minimum + 1, maximum]
    case 'array':
      return subsets(JsonSchema.parse(branch.items).enum ?? [])
    case 'string':
      return TEXTS
    default:
      return [null]
  }
}

function anyOf(branch: JsonSchema, { path, field }: Entry): fc.Arbitrary<unknown> {
  const { minimum = 0, maximum = 0, minLength = 0, maxLength = 1000, pattern } = branch
  if (branch.type === 'integer') return fc.integer({ min: minimum, max: maximum })
  if (branch.type === 'array') {
    const words = JsonSchema.parse(branch.items).enum ?? []
    return fc.array(fc.constantFrom(...words), { maxLength: 3 })
  }
  if (branch.type !== 'string' || branch.enum || 'const' in branch)
    return fc.constantFrom(...candidatesOf(branch))
  if (pattern !== undefined)
    return fc.constantFrom(...[...TEXTS, ...DURATIONS].filter(text => field.schema.safeParse(text).success))
  return anyText(minLength, Math.min(maxLength, 60), /_message(\.voice)?$/.test(path))
}

/** Text with what is hard to write in YAML or to tell from a reference; `balanced` as Liquid asks for it. */
function anyText(minLength: number, maxLength: number, balanced: boolean): fc.Arbitrary<string> {
  const pieces = fc.oneof(
    fc.constantFrom(
      '{{code}}',
      '${',
      '$${',
      '${NAME}',
      '${file:x}',
      '#',
      ' #',
      ': ',
      '\n',
      '\t',
      '"',
      "'",
      '- ',
      '&a',
      '*a',
      '|',
      '%',
      '\\',
      '👍',
      'é',
      ' ',
      'null',
      'true',
      '1e3',
      '\u0007',
      '\u2028',
      '~',
      '!',
      '@',
      '`',
      '---',
      '\r\n',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  )
  return fc
    .array(pieces, { maxLength: 8 })
    .map(parts => parts.join(''))
    .map(text => (balanced ? text.replaceAll(/\{(?=[{%])(?!\{code\}\})/g, '(') : text))
    .filter(text => text.length >= minLength && text.length <= maxLength)
}

function subsets(words: readonly string[]): string[][] {
  const all: string[][] = [[]]
  for (const word of words) all.push(...all.map(set => [...set, word]))
  return all
}

function same(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
