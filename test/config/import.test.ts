import { describe, expect, it } from 'vitest'
import { problemsIn, read, refusal, valuesIn } from './support/read.ts'

describe('$import', () => {
  it('lays a file over another', async () => {
    const files = {
      'mfa-config.yaml': '$import: ./base.yaml\npolicy: always\n',
      'base.yaml': 'policy: never\nfactors: { otp: true }\n',
    }
    expect(await valuesIn({ files })).toEqual({ policy: 'always', 'factors.otp.enabled': true })
  })

  it('lays the later of a list over the earlier', async () => {
    const files = {
      'mfa-config.yaml': '$import: [one.yaml, two.json]\n',
      'one.yaml': 'policy: never\nrisk: { enabled: true }\n',
      'two.json': '{ "policy": "adaptive" }',
    }
    expect(await valuesIn({ files })).toEqual({ policy: 'adaptive', 'risk.enabled': true })
  })

  it('is followed into files that import, relative to each', async () => {
    const files = {
      'mfa-config.yaml': '$import: shared/base.yaml\n',
      'shared/base.yaml': '$import: deeper/still.yaml\nfactors: { otp: true }\n',
      'shared/deeper/still.yaml': '$import: ../../root.yaml\npolicy: always\n',
      'root.yaml': 'policy: never\nfactors: { otp: false, duo: false }\n',
    }
    expect(await valuesIn({ files })).toEqual({
      policy: 'always',
      'factors.otp.enabled': true,
      'factors.duo.enabled': false,
    })
  })

  it('may lead to one file on two ways', async () => {
    const files = {
      'mfa-config.yaml': '$import: [one.yaml, two.yaml]\n',
      'one.yaml': '$import: base.yaml\npolicy: always\n',
      'two.yaml': '$import: base.yaml\nrisk: { enabled: true }\n',
      'base.yaml': 'policy: never\n',
    }
    // The later import says never, through its own.
    expect(await valuesIn({ files })).toEqual({ policy: 'never', 'risk.enabled': true })
  })

  it('stands in a package.json, in code and in a file that --config names', async () => {
    const base = { 'base.yaml': 'policy: always\n' }
    const always = { policy: 'always' }
    const pack = '{ "mfa-config": { "$import": "base.yaml" } }'
    expect(await valuesIn({ files: { ...base, 'package.json': pack } })).toEqual(always)
    const code = 'export default { $import: "./base.yaml" }'
    expect(await valuesIn({ files: { ...base, 'mfa-config.config.mjs': code } })).toEqual(always)
    const files = { 'conf/base.yaml': 'policy: always', 'conf/prod.yaml': '$import: base.yaml' }
    expect(await valuesIn({ files, named: 'conf/prod.yaml' })).toEqual(always)
  })

  it('takes code, too', async () => {
    const files = {
      'mfa-config.yaml': '$import: base.mjs\n',
      'base.mjs': 'export default { policy: "always" }',
    }
    expect(await valuesIn({ files })).toEqual({ policy: 'always' })
  })

  it('merges objects by key; lists and scalars replace', async () => {
    const files = {
      'mfa-config.yaml': `$import: base.yaml
factors:
  phone:
    message_types: [voice]
    twilio: { from: "+2" }
  email: false
allow: [F06]
`,
      'base.yaml': `factors:
  phone:
    enabled: true
    message_types: [sms]
    twilio: { sid: SID, from: "+1" }
  email: { enabled: true, otp_length: 8 }
allow: [F08]
`,
    }
    const config = await read({ files })
    expect(Object.fromEntries(config.values)).toEqual({
      'factors.phone.enabled': true,
      'factors.phone.message_types': ['voice'],
      'factors.phone.twilio.sid': 'SID',
      'factors.phone.twilio.from': '+2',
      'factors.email.enabled': false,
    })
    expect(config.allow).toEqual(['F06'])
  })

  it('resolves references relative to the file that mentions them', async () => {
    const files = {
      'mfa-config.yaml': '$import: shared/base.yaml\nfactors: { duo: { host: "${file:word.txt}" } }\n',
      'shared/base.yaml': 'factors: { duo: { ikey: "${file:word.txt}", skey: "${file:sub/key}" } }\n',
      'word.txt': 'outer',
      'shared/word.txt': 'inner',
      'shared/sub/key': 'inner key',
    }
    expect(await valuesIn({ files })).toEqual({
      'factors.duo.host': 'outer',
      'factors.duo.ikey': 'inner',
      'factors.duo.skey': 'inner key',
    })
  })

  it('does not let a reference that is replaced fail', async () => {
    const files = {
      'mfa-config.yaml': '$import: base.yaml\nfactors: { duo: { host: here } }\n',
      'base.yaml': 'factors: { duo: { host: "${UNSET}" } }\n',
    }
    expect(await valuesIn({ files })).toEqual({ 'factors.duo.host': 'here' })
  })

  it('keeps places, each in the file that gives the value', async () => {
    const files = {
      'mfa-config.yaml': '$import: shared/base.yaml\nfactors:\n  otp: maybe\n',
      'shared/base.yaml': '# Shared.\npolicy: sometimes\nfactors:\n  otp: true\n  duo:\n    skeyy: 1\n',
    }
    expect(await problemsIn({ files })).toEqual([
      'mfa-config.yaml:3:3  factors.otp  factors.otp: expected true, false or an object with enabled; got "maybe".',
      'shared/base.yaml:2:1  policy  policy: expected one of always, adaptive, never; got "sometimes".',
      'shared/base.yaml:6:5  factors.duo.skeyy  Unknown key factors.duo.skeyy. Did you mean skey?',
    ])
  })

  it.each([
    ['long', 'factors:\n  otp:\n    enabled: true\n', { file: 'base.yaml', line: 3, column: 5 }],
    ['short', 'factors:\n  otp: true\n', { file: 'base.yaml', line: 2, column: 3 }],
  ])('keeps the place of a switch in its %s form', async (_, base, place) => {
    const files = { 'mfa-config.yaml': '$import: base.yaml\nfactors: { duo: true }\n', 'base.yaml': base }
    const config = await read({ files })
    expect(config.locate('factors.otp.enabled')).toEqual(place)
    expect(config.locate('factors.duo.enabled')).toEqual({ file: 'mfa-config.yaml', line: 2, column: 12 })
  })
})

describe('of several files that give a value', () => {
  const switches = 'factors:\n  otp:\n    enabled: false\n'

  it('the place is that of the one that wins', async () => {
    const imports = { 'one.yaml': `\n${switches}`, 'two.yaml': `\n\n${switches}` }
    const two = await read({ files: { ...imports, 'mfa-config.yaml': '$import: [one.yaml, two.yaml]' } })
    expect(two.locate('factors.otp.enabled')).toEqual({ file: 'two.yaml', line: 5, column: 5 })

    const short = '$import: [one.yaml, two.yaml]\nfactors: { otp: true }'
    const own = await read({ files: { ...imports, 'mfa-config.yaml': short } })
    expect(own.locate('factors.otp.enabled')).toEqual({ file: 'mfa-config.yaml', line: 2, column: 12 })
    expect(own.values.get('factors.otp.enabled')).toBe(true)
  })

  it('references are relative to the one that wins', async () => {
    const text = 'factors: { duo: { host: "${file:host.txt}" } }'
    const files = {
      'mfa-config.yaml': '$import: [a/one.yaml, b/two.yaml]',
      'a/one.yaml': text,
      'b/two.yaml': text,
      'a/host.txt': 'of a',
      'b/host.txt': 'of b',
    }
    expect(await valuesIn({ files })).toEqual({ 'factors.duo.host': 'of b' })
  })
})

describe('an import that cannot be followed', () => {
  it.each([
    ['is missing', '$import: gone.yaml', ['1:1  $import  There is no file gone.yaml.']],
    [
      'is missing in a list',
      '$import: [base.yaml, gone.yaml, deeper/gone.yaml]',
      ['1:22  $import  There is no file gone.yaml.', '1:33  $import  There is no file deeper/gone.yaml.'],
    ],
    [
      'is the file itself',
      'policy: never\n$import: ./mfa-config.yaml',
      ['2:1  $import  This file imports itself.'],
    ],
    ['is a folder', '$import: deeper', ['1:1  $import  deeper is a folder.']],
    ['is empty', '$import: empty.yaml', ['1:1  $import  empty.yaml is empty.']],
    ['is a number', '$import: 5', ['1:1  $import  $import takes the path of a file, or a list of paths.']],
    ['is nothing', '$import:', ['1:1  $import  $import takes the path of a file, or a list of paths.']],
    [
      'is an object',
      '$import: {a: b}',
      ['1:1  $import  $import takes the path of a file, or a list of paths.'],
    ],
  ])('%s', async (_, text, problems) => {
    const files = {
      'mfa-config.yaml': `${text}\n`,
      'base.yaml': 'policy: always',
      'empty.yaml': '\n',
      'deeper/base.yaml': '',
    }
    const error = await refusal({ files })
    expect(error.code).toBe('config_invalid')
    expect(error.message).toBe('mfa-config.yaml cannot be put together.')
    expect(await problemsIn({ files })).toEqual(problems.map(problem => `mfa-config.yaml:${problem}`))
  })

  it('leads in a circle', async () => {
    const files = {
      'mfa-config.yaml': '$import: a.yaml\n',
      'a.yaml': 'policy: never\n$import: sub/b.yaml\n',
      'sub/b.yaml': '$import: ../a.yaml\n',
    }
    expect(await problemsIn({ files })).toEqual([
      'a.yaml:2:1  $import  Files import each other in a circle: a.yaml → sub/b.yaml → a.yaml.',
      'sub/b.yaml:1:1  $import  Files import each other in a circle: sub/b.yaml → a.yaml → sub/b.yaml.',
    ])
  })

  it('is missing below another', async () => {
    const files = {
      'mfa-config.yaml': '$import: sub/a.yaml',
      'sub/a.yaml': 'policy: never\n$import: gone.yaml',
    }
    expect(await problemsIn({ files })).toEqual(['sub/a.yaml:2:1  $import  There is no file sub/gone.yaml.'])
  })

  it('does not parse', async () => {
    const files = { 'mfa-config.yaml': '$import: sub/a.yaml', 'sub/a.yaml': 'policy: never\npolicy: always' }
    expect((await refusal({ files })).message).toBe('sub/a.yaml does not parse.')
    expect(await problemsIn({ files })).toEqual(['sub/a.yaml:2:1  This key stands here a second time.'])
  })

  it.each([
    [
      'a list',
      '- x',
      'sub/a.yaml is not a configuration: it must be an object. For example: "policy: always".',
    ],
    ['a comment', '# x', 'sub/a.yaml is empty. For example: "policy: always".'],
  ])('is %s', async (_, text, message) => {
    const files = { 'mfa-config.yaml': '$import: sub/a.yaml', 'sub/a.yaml': text }
    expect(await refusal({ files })).toMatchObject({ code: 'config_invalid', message })
  })
})

describe('a key that means something to JavaScript', () => {
  it.each(['constructor', '__proto__', 'toString'])(
    'is no key of a file that imports another: %s',
    async key => {
      const files = {
        'mfa-config.yaml': `$import: ./base.yaml\n${key}: { a: 1 }\nfactors: { ${key}: { x: 1 } }\n`,
        'base.yaml': `policy: never\nfactors: { otp: true }\n`,
      }
      const problems = (await problemsIn({ files })).join('\n')
      expect(problems).toContain(`Unknown key ${key}.`)
      expect(problems).toContain(`Unknown key factors.${key}.`)
    },
  )
})
