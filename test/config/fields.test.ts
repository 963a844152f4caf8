import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { isReference } from '../../src/config/references.ts'
import { ENTRIES, type Entry } from '../../src/settings/catalogue.ts'
import { fileWith, type Given, problemsIn, read, refusal, told, valuesIn } from './support/read.ts'

// What is true of every field of the catalogue, so that a new one is tested by existing; then what the contract says of
// particular ones.

const SECRETS = ENTRIES.filter(({ field }) => field.secret)
const OTHERS = ENTRIES.filter(({ field }) => !field.secret)

/** Variables and files for the references of an example. */
function outsideOf(text: unknown): { env: Record<string, string>; files: Record<string, string> } {
  const names = typeof text === 'string' ? [...text.matchAll(/\$\{(file:)?([^}]+)\}/g)] : []
  const pairs = (wanted: boolean): Record<string, string> =>
    Object.fromEntries(
      names
        .filter(([, file]) => (file !== undefined) === wanted)
        .map(([, , name = '']) => [name, 'some text']),
    )
  return { env: pairs(false), files: pairs(true) }
}

/** From standard input, which takes no file. */
function piped(stdin: string, env: Record<string, string> = {}): Given {
  return { named: '-', stdin, env }
}

async function valueAt(path: string, written: unknown): Promise<unknown> {
  const { env, files } = outsideOf(written)
  const { text } = fileWith(path, written)
  const { values } = await read({ ...piped(text, env), files })
  expect([...values.keys()]).toEqual([path])
  return values.get(path)
}

describe.each(ENTRIES.map(entry => [entry.path, entry] as const))('%s', (path, { field }) => {
  it('takes its own example', async () => {
    const resolved =
      typeof field.example === 'string' && isReference(field.example) ? 'some text' : field.example
    expect(await valueAt(path, field.example)).toEqual(field.schema.safeParse(resolved).data)
  })

  it('takes what Auth0 has by default, as it is', async () => {
    if (field.default === undefined || field.secret) return
    expect(await valueAt(path, field.default)).toEqual(field.default)
  })

  it('leaves a normalised value as it is', async () => {
    if (field.secret) return
    const normalised = await valueAt(path, field.example)
    expect(await valueAt(path, normalised)).toEqual(normalised)
  })

  it('takes null exactly where it says so', async () => {
    const accepted = await read(piped(fileWith(path, null).text)).then(
      ({ values }) => values.get(path),
      () => 'refused',
    )
    const cleared = path.endsWith('.relying_party') ? false : null
    expect(accepted).toBe(
      /null to clear it|relying_party/.test(`${field.expects} ${path}`) ? cleared : 'refused',
    )
  })

  it('is described by a sentence without its full stop', () => {
    expect(field.description).toMatch(/^\S.*[^.\s]$/)
    expect(field.expects).toMatch(/^\S.*[^.\s]$/)
  })
})

describe.each(OTHERS.map(entry => [entry.path, entry] as const))('%s refuses', (path, { field }) => {
  const schema = z.toJSONSchema(field.schema, { io: 'input' })

  // An object in the place of a message is looked into.
  const isLookedInto = (value: unknown): boolean =>
    field.part !== undefined && typeof value === 'object' && !Array.isArray(value)
  const wrong = wrongFor(schema).filter(value => !isLookedInto(value))
  it.each(wrong.map(value => [shown(value), value] as const))('%s', async (_, value) => {
    const { text, line, column } = fileWith(path, value)
    const error = await refusal(piped(text))
    expect(error.code).toBe('config_invalid')
    expect(error.message).toBe('standard input has a problem.')
    expect(error.problems).toHaveLength(1)
    expect(error.problems[0]).toMatchObject({ path, file: 'standard input', line, column })
    expect(error.problems[0]?.message).toContain(`${path}: expected ${field.expects}`)
    expect(error.problems[0]?.message).toContain('; got ')
  })
})

/** Values that a field cannot take, whatever it is, and those just beyond its bounds. */
function wrongFor(schema: z.core.JSONSchema.BaseSchema): unknown[] {
  const types = forms(schema)
  const beyond = types.flatMap(({ type, minimum, maximum, maxLength, minLength, enum: words, items }) => [
    ...(type === 'integer'
      ? [Number(minimum) - 1, Number(maximum) + 1, Number(minimum) + 0.5, `${minimum}`]
      : []),
    ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
    ...(minLength === 1 ? [''] : []),
    ...(words ? ['nonsense', String(words[0]).toUpperCase()] : []),
    ...(type === 'array' && items ? [['nonsense'], 'sms', [1]] : []),
    ...(type === 'boolean' ? [types.length > 1 ? 'not a host' : 'maybe', 1] : []),
  ])
  const takes = new Set(types.map(({ type }) => type))
  return [
    ...beyond,
    { nested: true },
    ...(takes.has('array') ? [] : [['listed']]),
    ...(takes.has('boolean') ? [] : [true]),
    ...(takes.has('integer') ? [] : [5]),
    ...(takes.has('integer') || takes.has('string') ? ['-1s'].filter(() => takes.has('integer')) : []),
    Number.MAX_SAFE_INTEGER,
  ]
}

function forms(schema: z.core.JSONSchema.BaseSchema): z.core.JSONSchema.BaseSchema[] {
  return schema.anyOf
    ? schema.anyOf.flatMap(form => (typeof form === 'boolean' ? [] : forms(form)))
    : [schema]
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.length} characters` : text
}

describe.each(SECRETS.map(entry => [entry.path, entry] as const))('the secret %s', (path, { field }) => {
  const literal = 'Literal-0123456789'
  const message = `${path}: expected a reference alone, such as ${field.example}: a secret must not stand in the file.`

  it.each<[string, unknown]>([
    ['a literal', literal],
    ['a literal with an escaped reference', `$\${${literal}}`],
    ['a literal beside a reference', `${literal}\${SET}`],
    ['the empty text', ''],
    ['a number', 1_234_567_890],
    ['a list', [literal]],
    ['an object', { private_key: literal }],
    ['null', null],
    ['true', true],
  ])('does not stand in the file as %s', async (_, written) => {
    const { text, line, column } = fileWith(path, written)
    const error = await refusal(piped(text, { SET: 'x' }))
    expect(error.problems).toEqual([{ path, file: 'standard input', line, column, message }])
  })

  it('is taken from a reference', async () => {
    const written = '${PART}${file:part.txt}'
    const { text } = fileWith(path, written)
    const files = { 'part.txt': 'two\n' }
    expect(await valuesIn({ ...piped(text, { PART: 'one' }), files })).toEqual({ [path]: 'onetwo' })
  })

  it('is not repeated where it is too long', async () => {
    const { text } = fileWith(path, '${LONG}')
    const error = await refusal(piped(text, { LONG: literal.repeat(1000) }))
    expect(error.problems[0]?.message).toBe(
      `${path}: expected ${field.expects}; what \${LONG} gives is something else.`,
    )
  })

  it('is not repeated where it stands in the place of what is around it', async () => {
    const steps = path.split('.')
    for (let depth = 1; depth < steps.length; depth++) {
      for (const written of [literal, [literal], 1_234_567_890]) {
        const error = await refusal(piped(fileWith(steps.slice(0, depth).join('.'), written).text))
        expect(JSON.stringify(error.problems)).not.toMatch(/Literal|1234567/)
      }
    }
  })

  it('is not repeated where its key is mistyped', async () => {
    const error = await refusal(piped(fileWith(`${path}s`, literal).text))
    expect(error.problems[0]?.message).toBe(`Unknown key ${path}s. Did you mean ${path.split('.').at(-1)}?`)
  })
})

describe('bounds, by the contract', () => {
  const DAY = 86_400
  it.each([
    ['factors.email.otp_length', 4, 10],
    ['factors.phone.otp_length', 4, 10],
    ['factors.email.otp_expiration_time', 30, 3600],
    ['factors.phone.otp_expiration_time', 30, 3600],
    ['session.mfa_session_inactivity_timeout', 3600, 30 * DAY],
    ['session.mfa_session_overall_timeout', 3600, 90 * DAY],
    ['risk.new_device.remember_for', 1, 365],
  ])('%s is from %d to %d', async (path, least, most) => {
    expect(await valueAt(path, least)).toBe(least)
    expect(await valueAt(path, most)).toBe(most)
    for (const beyond of [least - 1, most + 1]) {
      expect(await problemsIn(piped(fileWith(path, beyond).text))).toEqual([
        expect.stringContaining(`; got ${beyond}.`),
      ])
    }
  })

  it.each([
    ['factors.phone.provider', ['auth0', 'twilio', 'phone-message-hook', 'custom']],
    ['factors.push-notification.provider', ['guardian', 'sns', 'direct']],
    ['factors.webauthn-roaming.user_verification', ['discouraged', 'preferred', 'required']],
  ])('%s is one of %j', async (path, words) => {
    for (const word of words) expect(await valueAt(path, word)).toBe(word)
    expect((await refusal(piped(fileWith(path, 'other').text))).problems[0]?.message).toBe(
      `${path}: expected one of ${words.join(', ')}; got "other".`,
    )
  })

  it.each([
    ['factors.webauthn-roaming.relying_party', 'auth.acme.com', 'auth.acme.com'],
    ['factors.webauthn-roaming.relying_party', 'localhost', 'localhost'],
    ['factors.webauthn-roaming.relying_party', false, false],
    ['factors.webauthn-platform.relying_party', null, false],
  ])('%s takes %s', async (path, written, value) => {
    expect(await valueAt(path, written)).toBe(value)
  })

  it.each(['https://auth.acme.com', 'Auth.acme.com', 'acme..com', '-acme.com', 'a b', '', true])(
    'a relying party is not %s',
    async written => {
      expect(
        await problemsIn(piped(fileWith('factors.webauthn-roaming.relying_party', written).text)),
      ).toHaveLength(1)
    },
  )

  it.each(['http://acme.com', 'acme.com', 'https://', 'https://a b', ''])(
    'a link is not %s',
    async written => {
      const path = 'factors.push-notification.app.apple_app_link'
      expect(await problemsIn(piped(fileWith(path, written).text))).toHaveLength(1)
    },
  )

  it.each(['eu-west-1', 'ap-northeast-12'])('an AWS region can be %s', async region => {
    expect(await valueAt('factors.push-notification.sns.aws_region', region)).toBe(region)
  })

  it.each(['sa-east-1', 'eu-west', 'us-gov-west-1'])('an AWS region is not %s', async region => {
    expect(
      await problemsIn(piped(fileWith('factors.push-notification.sns.aws_region', region).text)),
    ).toHaveLength(1)
  })
})

describe('durations', () => {
  const path = 'session.mfa_session_overall_timeout'

  it.each([
    [3600, 3600],
    ['7200s', 7200],
    ['90m', 5400],
    ['12h', 43_200],
    ['7d', 604_800],
    ['7 d', 604_800],
    ['0007d', 604_800],
  ])('%s', async (written, seconds) => {
    expect(await valueAt(path, written)).toBe(seconds)
  })

  it.each(['7', '7w', '7D', '-7d', '1.5h', 'd', '', ' 7d', '7d ', '1d2h', '1e9d', '59m', '91d', 3600.5, -1])(
    'not %j',
    async written => {
      expect((await refusal(piped(fileWith(path, written).text))).problems.map(told)).toEqual([
        `standard input:3:5  ${path}  ${path}: expected a duration from 1h to 90d (such as 90s, 5m, 12h, 7d; a number is seconds); got ${JSON.stringify(written)}.`,
      ])
    },
  )
})

describe('the policy', () => {
  it.each([
    ['always', 'always'],
    ['adaptive', 'adaptive'],
    ['never', 'never'],
    ['all-applications', 'always'],
    ['confidence-score', 'adaptive'],
  ])('%s means %s', async (written, value) => {
    expect(await valueAt('policy', written)).toBe(value)
  })

  it.each(['Always', 'sometimes', '', true, ['always'], []])('is not %j', async written => {
    expect(await problemsIn(piped(fileWith('policy', written).text))).toHaveLength(1)
  })
})

describe('sets', () => {
  const path = 'factors.phone.message_types'

  it.each([
    [
      ['sms', 'voice'],
      ['sms', 'voice'],
    ],
    [
      ['voice', 'sms'],
      ['sms', 'voice'],
    ],
    [
      ['voice', 'voice', 'sms', 'voice'],
      ['sms', 'voice'],
    ],
    [[], []],
  ])('%j is %j', async (written, value) => {
    expect(await valueAt(path, written)).toEqual(value)
  })
})

describe('short forms', () => {
  const switches = ENTRIES.filter(({ name, path }) => name === 'enabled' && path.startsWith('factors.'))

  it.each(switches.map(({ path }) => path.replace('.enabled', '')))('%s', async path => {
    for (const on of [true, false]) {
      const long = await valuesIn(piped(fileWith(`${path}.enabled`, on).text))
      expect(await valuesIn(piped(fileWith(path, on).text))).toEqual(long)
      expect(long).toEqual({ [`${path}.enabled`]: on })
    }
  })

  it('are eight', () => {
    expect(switches).toHaveLength(8)
  })

  it.each(['enrollment_message', 'verification_message'])(
    '%s is a text, or an object with it',
    async name => {
      const path = `factors.phone.templates.${name}`
      expect(await valuesIn(piped(fileWith(path, '{{code}}').text))).toEqual({ [path]: '{{code}}' })
      expect(await valuesIn(piped(fileWith(path, { text: '{{code}}' }).text))).toEqual({ [path]: '{{code}}' })
      expect(await valuesIn(piped(fileWith(path, { text: 'a', voice: 'b' }).text))).toEqual({
        [path]: 'a',
        [`${path}.voice`]: 'b',
      })
      expect(await valuesIn(piped(fileWith(path, { voice: 'b' }).text))).toEqual({ [`${path}.voice`]: 'b' })
    },
  )

  it('of a message is told what is wrong inside of it', async () => {
    expect(
      await problemsIn('factors: { phone: { templates: { enrollment_message: { txet: a, voice: 5 } } } }'),
    ).toEqual([
      'mfa-config.yaml:1:56  factors.phone.templates.enrollment_message.txet  Unknown key factors.phone.templates.enrollment_message.txet. Did you mean text?',
      'mfa-config.yaml:1:65  factors.phone.templates.enrollment_message.voice  factors.phone.templates.enrollment_message.voice: expected text of 1 to 20000 characters; got 5.',
    ])
  })

  it('exist for factors and messages alone', async () => {
    expect(await problemsIn('risk: true')).toEqual([
      'mfa-config.yaml:1:1  risk  risk: expected an object with enabled, new_device; got true.',
    ])
  })

  it('an object without enabled leaves the switch alone', async () => {
    expect(await valuesIn('factors: { otp: {}, email: { otp_length: 8 } }')).toEqual({
      'factors.email.otp_length': 8,
    })
  })
})

describe('what is said about the file itself', () => {
  it('is kept', async () => {
    const config = await read(
      'tenant: acme.eu.auth0.com\nallow: [F08, P10]\nstrict: true\n$schema: ./x.json\n',
    )
    expect(config).toMatchObject({
      label: 'mfa-config.yaml',
      tenant: 'acme.eu.auth0.com',
      allow: ['F08', 'P10'],
      strict: true,
    })
    expect(config.values.size).toBe(0)
  })

  it('may be left out', async () => {
    const config = await read('policy: never')
    expect(config).toMatchObject({ allow: [], strict: false })
    expect(config).not.toHaveProperty('tenant')
    expect(await read('strict: false')).toMatchObject({ strict: false })
  })

  it.each([
    ['tenant: 5', 'tenant: expected the domain of a tenant, such as acme.eu.auth0.com; got 5.'],
    ['tenant: ""', 'tenant: expected the domain of a tenant, such as acme.eu.auth0.com; got "".'],
    ['strict: 1', 'strict: expected true or false; got 1.'],
    ['allow: F08', 'allow: expected a list of ids of checks, such as [F08]; got "F08".'],
    ['allow: [X99]', 'There is no check X99.'],
    ['allow: [f08]', 'There is no check f08. Did you mean F08?'],
    ['allow: [8]', 'allow: expected a list of ids of checks, such as [F08]; got [8].'],
    ['allow: [F06, {}]', 'allow: expected a list of ids of checks, such as [F08]; got ["F06",{}].'],
  ])('%s is refused', async (text, message) => {
    expect((await refusal(text)).problems.map(problem => problem.message)).toEqual([message])
  })
})

it('the catalogue has each path once', () => {
  const paths = ENTRIES.map(({ path }: Entry) => path)
  expect(new Set(paths).size).toBe(paths.length)
})
