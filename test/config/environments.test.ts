import { describe, expect, it } from 'vitest'
import { run } from '../support/cli.ts'
import { type Given, problemsIn, read, refusal, valuesIn } from './support/read.ts'

/** A file as YAML, read for one of its environments. */
function inEnvironment(text: string, environment: string, rest: Given = {}): Given {
  return { ...rest, environment, files: { ...rest.files, 'mfa-config.yaml': text } }
}

describe('an environment is laid over the rest of the file', () => {
  const BASE = `policy: never
factors:
  otp: true
  phone: { enabled: true, message_types: [sms, voice], otp_length: 6 }
`

  it.each<[what: string, block: string, differs: Record<string, unknown>]>([
    ['an object by its keys', 'factors: { phone: { otp_length: 8 } }', { 'factors.phone.otp_length': 8 }],
    [
      'a list as a whole',
      'factors: { phone: { message_types: [voice] } }',
      { 'factors.phone.message_types': ['voice'] },
    ],
    ['a word', 'policy: always', { policy: 'always' }],
    ['null', 'factors: { phone: { twilio: { from: null } } }', { 'factors.phone.twilio.from': null }],
    ['a key that the rest has not', 'risk: { enabled: true }', { 'risk.enabled': true }],
    ['nothing', '', {}],
  ])('%s', async (_, block, differs) => {
    const given = inEnvironment(`${BASE}environments:\n  prod: { ${block} }\n`, 'prod')
    expect(await valuesIn(given)).toEqual({
      policy: 'never',
      'factors.otp.enabled': true,
      'factors.phone.enabled': true,
      'factors.phone.message_types': ['sms', 'voice'],
      'factors.phone.otp_length': 6,
      ...differs,
    })
  })

  const LENGTH = { 'factors.phone.otp_length': 6 }
  it.each<[below: string, above: string, values: Record<string, unknown>]>([
    ['true', '{ otp_length: 6 }', { 'factors.phone.enabled': true, ...LENGTH }],
    ['false', '{ otp_length: 6 }', { 'factors.phone.enabled': false, ...LENGTH }],
    ['true', '{ enabled: false, otp_length: 6 }', { 'factors.phone.enabled': false, ...LENGTH }],
    ['{ enabled: true, otp_length: 6 }', 'false', { 'factors.phone.enabled': false }],
    ['{ otp_length: 6 }', 'true', { 'factors.phone.enabled': true }],
    ['{ otp_length: 6 }', '{ enabled: true }', { 'factors.phone.enabled': true, ...LENGTH }],
    ['false', 'true', { 'factors.phone.enabled': true }],
  ])('a factor that is %s below and %s above', async (below, above, values) => {
    const text = `factors: { phone: ${below} }\nenvironments: { prod: { factors: { phone: ${above} } } }`
    expect(await valuesIn(inEnvironment(text, 'prod'))).toEqual(values)
  })

  it('and no other environment is', async () => {
    const text = 'environments: { dev: { factors: { otp: true } }, prod: { policy: always } }'
    expect(await valuesIn(inEnvironment(text, 'prod'))).toEqual({ policy: 'always' })
    expect(await valuesIn(inEnvironment(text, 'dev'))).toEqual({ 'factors.otp.enabled': true })
  })

  it('with what it accepts, how strict it is, and its tenant', async () => {
    const text = `tenant: one.test
allow: [F06]
strict: true
environments: { dev: {}, prod: { tenant: two.test, allow: [F08, W05], strict: false } }`
    const [dev, prod] = [await read(inEnvironment(text, 'dev')), await read(inEnvironment(text, 'prod'))]
    expect(dev).toMatchObject({ environment: 'dev', tenant: 'one.test', allow: ['F06'], strict: true })
    expect(prod).toMatchObject({
      environment: 'prod',
      tenant: 'two.test',
      allow: ['F08', 'W05'],
      strict: false,
    })
  })
})

describe('files that are imported have environments, too', () => {
  it('a block of any file goes before the rest of every file', async () => {
    const files = {
      'base.yaml': `policy: adaptive
factors: { otp: false, phone: true }
environments: { prod: { policy: always, factors: { otp: true, phone: { otp_length: 6 } } } }`,
    }
    const text = '$import: base.yaml\npolicy: never\nfactors: { duo: false }\nenvironments: { prod: {} }'
    expect(await valuesIn(inEnvironment(text, 'prod', { files }))).toEqual({
      policy: 'always',
      'factors.otp.enabled': true,
      'factors.phone.enabled': true,
      'factors.phone.otp_length': 6,
      'factors.duo.enabled': false,
    })
  })

  it('and the blocks of one name are laid over each other, as the files are', async () => {
    const files = {
      'one.yaml': 'environments: { prod: { policy: adaptive, risk: { enabled: true } } }',
      'two.yaml': 'environments: { prod: { policy: never, factors: { otp: true } }, dev: {} }',
    }
    const text = '$import: [one.yaml, two.yaml]\nenvironments: { prod: { factors: { duo: false } } }'
    expect(await valuesIn(inEnvironment(text, 'prod', { files }))).toEqual({
      policy: 'never',
      'risk.enabled': true,
      'factors.otp.enabled': true,
      'factors.duo.enabled': false,
    })
    expect((await refusal({ files: { ...files, 'mfa-config.yaml': text } })).message).toContain(
      'environments: prod, dev.',
    )
  })

  it('and a file that they refer to stands beside them', async () => {
    const files = {
      'shared/base.yaml': 'environments: { prod: { factors: { duo: { host: "${file:host.txt}" } } } }',
      'shared/host.txt': 'api.example.com\n',
      'host.txt': 'another',
    }
    const given = inEnvironment('$import: shared/base.yaml', 'prod', { files })
    expect(await valuesIn(given)).toEqual({ 'factors.duo.host': 'api.example.com' })
  })
})

describe('what is wrong in an environment is told at its place', () => {
  it('in the file and in its block', async () => {
    const text = `policy: never
environments:
  dev:
    policy: sometimes
  prod:
    policy: always
    factors:
      otpp: true
      phone: { message_types: [fax] }
      duo: { skey: literal-secret, host: "\${NOT_SET}" }
`
    expect(await problemsIn(inEnvironment(text, 'prod'))).toEqual([
      expect.stringMatching(
        /^mfa-config\.yaml:8:7 {2}factors.* {2}Unknown key factors\.otpp\. Did you mean otp\?/,
      ),
      expect.stringMatching(/^mfa-config\.yaml:9:16 {2}factors\.phone\.message_types {2}.*got \["fax"\]/),
      expect.stringMatching(/^mfa-config\.yaml:10:14 {2}factors\.duo\.skey {2}.*must not stand in the file/),
      'mfa-config.yaml:10:36  factors.duo.host  The environment variable NOT_SET is not set.',
    ])
    expect(await problemsIn(inEnvironment(text, 'dev'))).toEqual([
      expect.stringMatching(/^mfa-config\.yaml:4:5 {2}policy {2}/),
    ])
  })

  it('in the imported file that has the block', async () => {
    const files = { 'base.yaml': 'environments:\n  prod:\n    policy: sometimes\n' }
    expect(await problemsIn(inEnvironment('$import: base.yaml', 'prod', { files }))).toEqual([
      expect.stringMatching(/^base\.yaml:3:5 {2}policy {2}/),
    ])
  })

  it('also where its name is a number', async () => {
    const text = 'environments:\n  1:\n    policy: always\n  2:\n    policy: sometimes\n'
    expect(await problemsIn(inEnvironment(text, '2'))).toEqual([
      expect.stringMatching(/^mfa-config\.yaml:5:5 {2}policy {2}/),
    ])
  })

  it('at the rest of the file where the environment says nothing of it', async () => {
    const text = 'policy: sometimes\nenvironments:\n  prod: {}\n'
    expect(await problemsIn(inEnvironment(text, 'prod'))).toEqual([
      expect.stringMatching(/^mfa-config\.yaml:1:1 {2}policy {2}/),
    ])
    const mended = 'policy: sometimes\nenvironments:\n  prod: { policy: always }\n'
    expect(await valuesIn(inEnvironment(mended, 'prod'))).toEqual({ policy: 'always' })
  })
})

describe('the form of all environments is refused at once, whichever is meant', () => {
  const FORM = 'The environments of mfa-config.yaml cannot be read.'

  it.each([
    ['environments: [prod]', '1:1  environments', 'expected an object with a block for each environment'],
    ['environments: prod', '1:1  environments', 'expected an object with a block for each environment'],
    ['environments:', '1:1  environments', 'expected an object with a block for each environment'],
    [
      'environments:\n  dev:\n  prod: {}',
      '2:3  environments.dev',
      'expected an object with what this environment has',
    ],
    ['environments:\n  dev: [policy]\n  prod: {}', '2:3  environments.dev', 'expected an object'],
    [
      'environments:\n  prod:\n    policy: never\n    $import: base.yaml',
      '4:5  environments.prod.$import',
      '$import stands at the top of a file, not in an environment.',
    ],
    [
      'environments:\n  prod: {}\n  dev:\n    environments: { deeper: {} }',
      '4:5  environments.dev.environments',
      'environments stands at the top of a file, not in an environment.',
    ],
  ])('%j', async (text, place, message) => {
    const given = inEnvironment(text, 'prod')
    expect(await refusal(given)).toMatchObject({ code: 'config_invalid', message: FORM })
    const [problem = '', ...others] = await problemsIn(given)
    expect(problem.startsWith(`mfa-config.yaml:${place}  `)).toBe(true)
    expect(problem).toContain(message)
    expect(others).toEqual([])
  })

  it('all of it', async () => {
    const text = 'environments:\n  dev: 1\n  test: { $import: x, environments: {} }\n  prod: {}\n'
    expect(await problemsIn(inEnvironment(text, 'prod'))).toHaveLength(3)
  })

  it('in an imported file as well', async () => {
    const files = { 'base.yaml': 'environments:\n  dev: never\n' }
    const text = '$import: base.yaml\nenvironments: { prod: {} }'
    expect(await problemsIn(inEnvironment(text, 'prod', { files }))).toEqual([
      expect.stringMatching(/^base\.yaml:2:3 {2}environments\.dev {2}/),
    ])
  })

  it('credentials are the key of an environment, and none of a file', async () => {
    const text = 'credentials: { access_token: "${TOKEN}" }\nenvironments: { prod: {} }'
    for (const given of [inEnvironment(text, 'prod', { env: { TOKEN: 'x' } })]) {
      expect(await problemsIn(given)).toEqual([
        expect.stringMatching(/^mfa-config\.yaml:1:1 {2}(credentials {2})?Unknown key credentials\./),
      ])
    }
    expect((await refusal('credentials: { access_token: "${TOKEN}" }')).code).toBe('config_invalid')
  })
})

describe('an environment is named', () => {
  const FILE = 'policy: never\nenvironments: { development: {}, staging: {}, production: {} }'

  it.each([
    [
      null,
      'has environments: development, staging, production. Name one with --env, or take all with --all.',
    ],
    ['producton', 'has no environment producton. Did you mean production?'],
    ['x', 'has no environment x. It has development, staging, production.'],
    ['toString', 'has no environment toString. It has development, staging, production.'],
  ])('%s', async (environment, message) => {
    const given = { files: { 'mfa-config.yaml': FILE }, ...(environment !== null && { environment }) }
    expect(await refusal(given)).toMatchObject({ code: 'usage', message: `mfa-config.yaml ${message}` })
  })

  it('and a file without environments has none to name', async () => {
    expect(
      await refusal({ files: { 'mfa-config.yaml': 'policy: never' }, environment: 'prod' }),
    ).toMatchObject({
      code: 'usage',
      message: 'mfa-config.yaml has no environments, so --env prod names none. Leave it out.',
    })
  })

  it.each([
    'prod.eu',
    'prod eu',
    '1',
    'null',
    '-prod',
    '../prod',
    'prod/eu',
    '__proto__',
    'constructor',
    'Prod: "№ 1"',
    '${PROD}',
    '$${PROD}',
    'environments',
  ])('whatever it is called: %s', async name => {
    const tree = `{"policy": "never", "environments": {"other": {}, ${JSON.stringify(name)}: {"policy": "always"}}}`
    const config = await read({ files: { 'mfa-config.json': tree }, environment: name })
    expect(config.environment).toBe(name)
    expect(Object.fromEntries(config.values)).toEqual({ policy: 'always' })
  })
})

describe('every kind of file can have environments', () => {
  const TREE = { policy: 'never', environments: { dev: {}, prod: { policy: 'always' } } }
  const CODE = `export default ${JSON.stringify(TREE)}\n`

  it.each<[string, Given]>([
    ['mfa-config.json', { files: { 'mfa-config.json': JSON.stringify(TREE) } }],
    ['package.json', { files: { 'package.json': JSON.stringify({ name: 'x', 'mfa-config': TREE }) } }],
    ['.mfa-configrc', { files: { '.mfa-configrc': JSON.stringify(TREE) } }],
    ['mfa-config.config.mjs', { files: { 'mfa-config.config.mjs': CODE } }],
    ['mfa-config.config.ts', { files: { 'mfa-config.config.ts': CODE.replace('\n', ' as const\n') } }],
    ['standard input', { named: '-', stdin: JSON.stringify(TREE) }],
  ])('%s', async (_, given) => {
    expect(await valuesIn({ ...given, environment: 'prod' })).toEqual({ policy: 'always' })
    expect(await valuesIn({ ...given, environment: 'dev' })).toEqual({ policy: 'never' })
    expect((await refusal(given)).message).toContain('has environments: dev, prod.')
  })

  it('and in JSON, and in package.json, places are told', async () => {
    const text =
      '{\n  "name": "x",\n  "mfa-config": {\n    "environments": {\n      "prod": { "policy": 1 }\n    }\n  }\n}'
    expect(await problemsIn({ files: { 'package.json': text }, environment: 'prod' })).toEqual([
      expect.stringMatching(/^package\.json:5:17 {2}policy {2}/),
    ])
  })
})

describe('flags that do not go together, or with the file', () => {
  const files = {
    'mfa-config.yaml': 'policy: never\nenvironments: { dev: {}, prod: {} }',
    'one.yaml': 'policy: never',
  }

  it.each([
    [['--all', '--env', 'dev'], '--all takes every environment, and --env names one: give one of the two.'],
    [['--shard', '1/2'], '--shard takes a part of all environments: it goes with --all.'],
    [['--env', 'dev', '--shard', '1/2'], '--shard takes a part of all environments: it goes with --all.'],
    [['--all', '-c', 'one.yaml'], 'one.yaml has no environments, so --all takes none. Leave it out.'],
    [['--env', 'dev', '--env', 'pro'], 'mfa-config.yaml has no environment pro. Did you mean prod?'],
    [['--env', ''], /^Option '--env <environment>' argument '' is invalid\. It is empty\./],
    [['--all', '--shard', '0/2'], /It must be a part of a number of parts, such as 2\/5\./],
    [['--all', '--shard', '3/2'], /It must be a part/],
    [['--all', '--shard', '1'], /It must be a part/],
    [['--all', '--concurrency', '0'], /It must be a whole number from 1/],
  ])('%j', async (flags, message) => {
    for (const command of ['plan', 'validate', 'show', 'doctor', 'apply --yes']) {
      const outcome = await run([...command.split(' '), ...flags, '--json'], { files })
      expect(outcome).toMatchObject({ code: 1, requests: [] })
      const { error } = JSON.parse(outcome.out)
      expect(error.code).toBe('usage')
      expect(error.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message))
    }
  })

  it.each(['plan', 'validate', 'show', 'doctor'])('%s wants to know which', async command => {
    const outcome = await run([command, '--json', '--domain', 'sandbox', '-c', 'mfa-config.yaml'], { files })
    expect(JSON.parse(outcome.out).error).toMatchObject({
      code: 'usage',
      message: 'mfa-config.yaml has environments: dev, prod. Name one with --env, or take all with --all.',
    })
  })

  it('--env twice, and once more, is a part of the fleet in the order of the file', async () => {
    const args = ['validate', '--json', '--env', 'prod', '--env', 'dev', '--env', 'prod']
    const { results } = JSON.parse((await run(args, { files })).out)
    expect(results.map(({ environment }: { environment: string }) => environment)).toEqual(['dev', 'prod'])
  })
})
