import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyFolder, json } from '../support/cli.ts'
import { ENVIRONMENTS, leaksIn, onMachine, SECRETS } from './support/planted.ts'

type Tree = Readonly<Record<string, unknown>>
type Way = (setting: Tree) => { files?: Record<string, string>; stdin?: string; flags?: string[] }

const yaml = (tree: Tree): string => JSON.stringify(tree, null, 2)
const block = (setting: Tree): Tree => ({ ...ENVIRONMENTS, dev: { ...ENVIRONMENTS.dev, ...setting } })

/** Every place at which a pull request can write a setting of `dev`. */
const WAYS: Readonly<Record<string, Way>> = {
  'at the top of the file': setting => ({
    files: { 'mfa-config.yaml': yaml({ ...setting, environments: ENVIRONMENTS }) },
  }),
  'in the block of an environment': setting => ({
    files: { 'mfa-config.yaml': yaml({ environments: block(setting) }) },
  }),
  'in an imported file': setting => ({
    files: {
      'mfa-config.yaml': yaml({ $import: './base.yaml', environments: ENVIRONMENTS }),
      'base.yaml': yaml(setting),
    },
  }),
  'in the block of an imported file': setting => ({
    files: {
      'mfa-config.yaml': yaml({ $import: ['./base.json'], environments: ENVIRONMENTS }),
      'base.json': yaml({ environments: { dev: setting } }),
    },
  }),
  'in a file whose environments are imported': setting => ({
    files: {
      'mfa-config.yaml': yaml({ $import: './base.yaml', ...setting }),
      'base.yaml': yaml({ environments: ENVIRONMENTS }),
    },
  }),
  'on standard input': setting => ({
    stdin: yaml({ ...setting, environments: ENVIRONMENTS }),
    flags: ['-c', '-'],
  }),
  'in a block on standard input': setting => ({
    stdin: yaml({ environments: block(setting) }),
    flags: ['-c', '-'],
  }),
  'in package.json': setting => ({
    files: { 'package.json': yaml({ name: 'x', 'mfa-config': { environments: block(setting) } }) },
  }),
  'in .mfa-configrc': setting => ({
    files: { '.mfa-configrc': yaml({ ...setting, environments: ENVIRONMENTS }) },
  }),
  'in a file that is named': setting => ({
    files: { 'other.yml': yaml({ environments: block(setting) }) },
    flags: ['-c', 'other.yml'],
  }),
}

/** What credentials can be found by, and what it is that is found. */
const REFERENCES: Readonly<Record<string, string>> = {
  "the tool's own secret": '${AUTH0_CLIENT_SECRET}',
  "the tool's own id": '${AUTH0_CLIENT_ID}',
  "the tool's own token": '${AUTH0_ACCESS_TOKEN}',
  "the path of the tool's own key": '${AUTH0_CLIENT_SIGNING_KEY_PATH}',
  'a variable of the same value': '${SAME_AS_OWN}',
  'a variable with it among others': '${ALL_OF_OWN}',
  'the key in a variable': '${OWN_KEY}',
  'the key': '${file:keys/own.pem}',
  'a copy of the key': '${file:copies/own.pem}',
  'a file of variables': '${file:copies/own.env}',
  "an environment's secret": '${PROD_SECRET}',
  "an environment's id": '${PROD_ID}',
  "an environment's token": '${PROD_TOKEN}',
  'a variable of the same value as its': '${SAME_AS_PROD}',
  'a variable with its among others': '${ALL_OF_PROD}',
  "an environment's key": '${file:keys/prod.pem}',
  'its key by another path': '${file:./keys/../keys/prod.pem}',
  'its key in a variable': '${PROD_KEY}',
  'its key without the lines around it': '${file:copies/prod.txt}',
  'all variables of a process': '${file:copies/environ}',
}

const refused = async (way: Way, setting: Tree, command = 'plan --env dev') => {
  const { flags = [], ...given } = way(setting)
  const outcome = await onMachine([...command.split(' '), '--json', ...flags], given)
  expect(leaksIn(outcome)).toEqual([])
  return outcome
}

const IN_A_TEXT = (text: string): Tree => ({ factors: { duo: { host: text } } })

describe.each(Object.entries(WAYS))('no setting can refer to credentials %s', (_, way) => {
  test.each(Object.entries(REFERENCES))('%s', async (_, reference) => {
    const outcome = await refused(way, IN_A_TEXT(reference))
    expect(outcome).toMatchObject({ code: 1, requests: [], err: '' })
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'config_invalid',
        problems: [
          {
            path: 'factors.duo.host',
            message: expect.stringMatching(/ holds this tool's own credentials, which no setting may send\./),
          },
        ],
      },
    })
  })
})

describe('wherever in the file the reference stands', () => {
  const SECRET = '${PROD_SECRET}'

  test.each<[string, Tree]>([
    ['among other text', IN_A_TEXT(`x-${SECRET}.example.com`)],
    ['beside another reference', IN_A_TEXT(`\${SAME_AS_OWN}${SECRET}`)],
    ['in a secret field', { factors: { duo: { skey: SECRET } } }],
    ['in a message', { factors: { phone: { templates: { enrollment_message: `{{code}} ${SECRET}` } } } }],
    ['in a list', { factors: { phone: { message_types: ['sms', SECRET] } } }],
    ['in place of a number', { factors: { email: { otp_length: SECRET } } }],
    ['in place of a switch', { factors: { otp: SECRET } }],
    ['in place of a policy', { policy: SECRET }],
    ['in what is accepted', { allow: [SECRET] }],
    ['in the name of the tenant', { tenant: `${SECRET}.example.com` }],
    ['as the tenant', { tenant: SECRET }],
    ['in a key that is not known', { unknown: SECRET }],
  ])('%s', async (_, setting) => {
    for (const way of ['in the block of an environment', 'in an imported file', 'on standard input']) {
      const given = WAYS[way]
      // An environment's own tenant goes before that of an imported file.
      if (!given || ('tenant' in setting && way !== 'in the block of an environment')) continue
      const outcome = await refused(given, setting)
      expect(outcome).toMatchObject({ code: 1, requests: [] })
      expect(json(outcome)).toMatchObject({ error: { code: 'config_invalid' } })
      expect(outcome.out).toContain("holds this tool's own credentials")
    }
  })

  test.each([
    'plan --env dev',
    'apply --yes --env dev',
    'validate --env dev',
    'validate --unset-ok --env dev',
    'show --env dev',
    'diff --env dev --env prod',
    'doctor --env dev',
    'plan --env dev --domain sandbox',
  ])('and whatever is done with it: %s', async command => {
    for (const reference of ['${AUTH0_CLIENT_SECRET}', SECRET]) {
      const way = WAYS['in the block of an environment']
      const outcome = await refused(way ?? (() => ({})), IN_A_TEXT(reference), command)
      expect(outcome).toMatchObject({ code: 1, requests: [] })
      expect(json(outcome)).toMatchObject({ error: { code: 'config_invalid' } })
    }
  })

  test('a key, and the name of an environment, are no references', async () => {
    const name = '${AUTH0_CLIENT_SECRET}'
    const way = WAYS['in the block of an environment'] ?? (() => ({}))
    const outcome = await refused(way, { factors: { [name]: true } })
    expect(json(outcome)).toMatchObject({ error: { code: 'config_invalid' } })
    expect(outcome.out).toContain(`Unknown key factors.${name}.`)

    const files = { 'mfa-config.yaml': yaml({ environments: { [name]: { policy: 'never' } } }) }
    const shown = await onMachine(['validate', '--all', '--json'], { files })
    expect(json(shown)).toMatchObject({ results: [{ environment: name, validate: {} }] })
    expect(leaksIn(shown)).toEqual([])
  })

  test('an import is none either', async () => {
    const files = { 'mfa-config.yaml': yaml({ $import: '${AUTH0_CLIENT_SECRET}', policy: 'never' }) }
    const outcome = await onMachine(['plan', '--json'], { files })
    expect(outcome).toMatchObject({ code: 1, requests: [] })
    expect(leaksIn(outcome)).toEqual([])
  })
})

describe('a link to a key', () => {
  test.each(['keys/own.pem', 'keys/prod.pem'])('%s', async target => {
    const cwd = emptyFolder()
    await mkdir(join(cwd, 'links'))
    await symlink(join('..', target), join(cwd, 'links/harmless.txt'))
    const files = {
      'mfa-config.yaml': yaml({ environments: block(IN_A_TEXT('${file:links/harmless.txt}')) }),
    }
    const outcome = await onMachine(['plan', '--env', 'dev', '--json'], { files, cwd })
    expect(outcome).toMatchObject({ code: 1, requests: [] })
    expect(outcome.out).toContain("links/harmless.txt holds this tool's own credentials")
    expect(leaksIn(outcome)).toEqual([])
  })

  test('by which credentials refer to it closes the key itself', async () => {
    const cwd = emptyFolder()
    await symlink(join('keys', 'prod.pem'), join(cwd, 'link.pem'))
    const environments = {
      dev: IN_A_TEXT('${file:keys/prod.pem}'),
      prod: { credentials: { client_id: '${PROD_ID}', signing_key: '${file:link.pem}' } },
    }
    const outcome = await onMachine(['validate', '--env', 'dev', '--json'], {
      files: { 'mfa-config.yaml': yaml({ environments }) },
      cwd,
    })
    expect(outcome.code).toBe(1)
    expect(outcome.out).toContain("keys/prod.pem holds this tool's own credentials")
  })
})

describe('variables from --env-file', () => {
  const files = (text: string): Record<string, string> => ({
    'mfa-config.yaml': yaml({ environments: block(IN_A_TEXT(text)) }),
    '.env': 'AUTH0_CLIENT_SECRET=secret-of-the-file-1\nALIAS="x secret-of-the-file-1 y"\n',
  })

  test.each(['${AUTH0_CLIENT_SECRET}', '${ALIAS}', '${file:.env}'])('are closed as any: %s', async text => {
    const args = ['plan', '--env', 'dev', '--json', '--env-file', '.env']
    const outcome = await onMachine(args, {
      files: files(text),
      env: { AUTH0_CLIENT_SECRET: 'secret-of-the-file-1' },
    })
    expect(outcome).toMatchObject({ code: 1, requests: [] })
    expect(json(outcome)).toMatchObject({ error: { code: 'config_invalid' } })
    expect(outcome.out + outcome.err).not.toContain('secret-of-the-file-1')
  })
})

test('a variable that has nothing to do with credentials is one that any setting can refer to', async () => {
  for (const way of Object.values(WAYS)) {
    const { flags = [], ...given } = way(IN_A_TEXT('${DUO_HOST}.${file:region.txt}'))
    const files = { ...given.files, 'region.txt': 'eu.example.com\n' }
    const env = { DUO_HOST: 'api-123' }
    const outcome = await onMachine(['validate', '--env', 'dev', '--json', ...flags], {
      ...given,
      files,
      env,
    })
    expect(outcome.code).toBe(0)
  }
})

test('only the environment that refers to them is refused, and the others are planned', async () => {
  const files = { 'mfa-config.yaml': yaml({ environments: block(IN_A_TEXT('${PROD_SECRET}')) }) }
  const outcome = await onMachine(['validate', '--all', '--json'], { files })
  expect(json(outcome)).toMatchObject({
    results: [
      { environment: 'dev', error: { code: 'config_invalid' } },
      { environment: 'prod', validate: {} },
      { environment: 'test', validate: {} },
      { environment: 'token', validate: {} },
    ],
  })
  expect(leaksIn(outcome)).toEqual([])
})

test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'EC PRIVATE KEY'])(
  'a private key can stand in no setting that is shown, also where no credentials refer to it: %s',
  async kind => {
    const key = `-----BEGIN ${kind}-----\n${SECRETS.prodKey}\n-----END ${kind}-----\n`
    const text =
      'policy: never\nfactors: { phone: { templates: { enrollment_message: "{{code}} ${file:a.pem}" } } }'
    const outcome = await onMachine(['plan', '--json', '--domain', 'sandbox'], {
      files: { 'mfa-config.yaml': text, 'a.pem': key },
    })
    expect(outcome.code).toBe(1)
    expect(json(outcome)).toMatchObject({
      error: {
        problems: [
          { message: 'file:a.pem holds a private key, which is not sent anywhere. Refer to something else.' },
        ],
      },
    })
    expect(leaksIn(outcome)).toEqual([])
  },
)

test('an id of a client can be part of another text: it is no secret', async () => {
  const text = yaml({
    environments: { ...ENVIRONMENTS, dev: { factors: { duo: { host: '${APP}' } } } },
  })
  const outcome = await onMachine(['validate', '--env', 'dev', '--unset-ok'], {
    files: { 'mfa-config.yaml': text },
    env: { APP: 'about-prod-client-0123456789' },
  })
  expect(outcome).toMatchObject({ code: 0, err: '' })
})
