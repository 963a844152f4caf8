import { describe, expect, it } from 'vitest'
import { problemsIn, refusal, valuesIn } from './support/read.ts'

const SECRET = 'Sup3rSecretWord'

describe('a file that does not parse', () => {
  it.each([
    ['an open bracket', 'factors:\n  otp: [true\n', '3:1'],
    ['a key on the same line', 'policy: always\nrisk: enabled: true\n', '2:7'],
    ['a tab as indentation', 'factors:\n\totp: true\n', '2:1'],
    ['text behind text', 'tenant: "acme.com" more\n', '1:20'],
  ])('is told with its place: %s', async (_, text, place) => {
    const { code, message, problems } = await refusal(text)
    expect({ code, message }).toEqual({
      code: 'config_invalid',
      message: 'mfa-config.yaml does not parse.',
    })
    expect(problems).toHaveLength(1)
    expect(problems[0]?.message).toMatch(/^[A-Z].*\.$/)
    expect(`${problems[0]?.line}:${problems[0]?.column}`).toBe(place)
    expect(problems[0]?.file).toBe('mfa-config.yaml')
  })

  it.each([
    ['a key twice', 'policy: never\npolicy: always\n', '2:1', 'This key stands here a second time.'],
    [
      'a nested key twice',
      'factors:\n  otp: true\n  otp: false\n',
      '3:3',
      'This key stands here a second time.',
    ],
    [
      'a second document',
      'policy: never\n---\npolicy: always\n',
      '2:1',
      'A second document begins here; a configuration is one.',
    ],
    [
      'an alias of nothing',
      'policy: *base\n',
      '1:9',
      'This alias (*) has no anchor (&) before it; quote the text if it is none.',
    ],
    ['a tag', 'policy: !env POLICY\n', '1:9', 'This tag (!) is not known; quote the text if it is none.'],
    [
      'an escape sequence that is none',
      'factors: { phone: { templates: { enrollment_message: "50\\% code" } } }\n',
      '1:57',
      'In double quotes a \\ begins an escape sequence, and this is none. Use single quotes.',
    ],
  ])('says what to do about %s', async (_, text, place, message) => {
    expect(await problemsIn(text)).toEqual([`mfa-config.yaml:${place}  ${message}`])
  })

  it('is told with every place at once, a fault a place', async () => {
    expect(await problemsIn('policy: never\npolicy: always\nrisk: !x {}\n')).toHaveLength(2)
  })

  it('is told with its own place where it is JSON', async () => {
    const files = { 'mfa-config.json': '{\n\t"policy": "always",\n\t"policy": "never"\n}' }
    expect(await problemsIn({ files })).toEqual(['mfa-config.json:3:2  This key stands here a second time.'])
  })

  it('does not expand aliases without end', async () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (const [name, below] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg'].map(pair => [...pair])) {
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${below}`).join(', ')}]`)
    }
    expect(await problemsIn(bomb.join('\n'))).toEqual([
      'mfa-config.yaml  Its aliases (*) stand for more than can be held.',
    ])
  })

  it.each([
    ['an alias', `*${SECRET}`],
    ['a tag', `!${SECRET}`],
    ['a block', `|${SECRET}`],
    ['a reserved character', `@${SECRET}`],
    ['a backquote', `\`${SECRET}`],
    ['quoted text with more behind', `"a" ${SECRET}`],
    ['an open quote', `"${SECRET}`],
    ['a bracket', `[${SECRET}`],
    ['a brace that closes nothing', `{}}${SECRET}`],
    ['an escape', `"\\${SECRET}"`],
    ['a key in a value', `a: ${SECRET}: b`],
    ['a directive', `|\n%${SECRET}`],
  ])('never repeats a secret that looks like %s', async (_, written) => {
    const error = await refusal(`factors:\n  duo:\n    skey: ${written}\n`)
    expect(JSON.stringify([error.message, error.problems])).not.toContain(SECRET.slice(1, 8))
    expect(error.problems.length).toBeGreaterThan(0)
  })
})

describe('a file that parses', () => {
  it('has the same places with a byte order mark', async () => {
    expect(await problemsIn('\uFEFFpolcy: never\n')).toEqual([
      'mfa-config.yaml:1:1  polcy  Unknown key polcy. Did you mean policy?',
    ])
    expect(await valuesIn('\uFEFFpolicy: never\n')).toEqual({ policy: 'never' })
    expect(await valuesIn({ named: '-', stdin: '\uFEFF{"policy": "never"}' })).toEqual({ policy: 'never' })
  })

  it('has the same places with lines that end in CR LF', async () => {
    expect(await problemsIn('policy: never\r\nfactors:\r\n  otp: true\r\n  otpp: true\r\n')).toEqual([
      'mfa-config.yaml:4:3  factors.otpp  Unknown key factors.otpp. Did you mean otp?',
    ])
    expect(await valuesIn('policy: never\r\nsession: { mfa_session_overall_timeout: 30d }\r\n')).toEqual({
      policy: 'never',
      'session.mfa_session_overall_timeout': 2_592_000,
    })
  })

  it('may be JSON indented with tabs', async () => {
    const text = JSON.stringify({ factors: { otp: true, phone: { message_types: ['sms'] } } }, null, '\t')
    expect(await valuesIn({ files: { 'mfa-config.json': text } })).toEqual({
      'factors.otp.enabled': true,
      'factors.phone.message_types': ['sms'],
    })
  })

  it('tells places in JSON indented with tabs', async () => {
    const text = JSON.stringify({ factors: { otp: true, phone: { message_type: [] } } }, null, '\t')
    expect(await problemsIn({ files: { 'mfa-config.json': text } })).toEqual([
      'mfa-config.json:5:4  factors.phone.message_type  Unknown key factors.phone.message_type. Did you mean message_types?',
    ])
  })

  it('tells places below the key of a package.json', async () => {
    const text = '{\n  "policy": "x",\n  "mfa-config": {\n    "policy": "x"\n  }\n}'
    expect(await problemsIn({ files: { 'package.json': text } })).toEqual([
      'package.json:4:5  policy  policy: expected one of always, adaptive, never; got "x".',
    ])
  })

  it('may use anchors and aliases', async () => {
    const text = 'factors:\n  otp: &on { enabled: true }\n  duo: *on\n'
    expect(await valuesIn(text)).toEqual({ 'factors.otp.enabled': true, 'factors.duo.enabled': true })
  })

  it('tells what an alias stands for at the alias', async () => {
    expect(await problemsIn('factors:\n  otp: &on { on: true }\n  duo: *on\n')).toEqual([
      'mfa-config.yaml:2:14  factors.otp.on  Unknown key factors.otp.on. Known here: enabled.',
      'mfa-config.yaml:3:3  factors.duo.on  Unknown key factors.duo.on. Known here: enabled, host, ikey, skey.',
    ])
  })
})
