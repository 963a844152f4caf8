import { describe, expect, it } from 'vitest'
import type { ErrorCode, Problem } from '../../src/errors.ts'
import { type Circumstances, json, run } from '../support/cli.ts'
import { startTenant } from '../support/sandbox.ts'

/** A command line that ends in an error, and what is said of it. */
interface Failure extends Circumstances {
  readonly args: readonly string[]
  readonly code: ErrorCode
  /** The whole sentence, or what it has to contain. */
  readonly says: string | RegExp
  readonly problems?: readonly Problem[]
}

const file = 'mfa-config.yaml'
const CREDENTIALS = { AUTH0_CLIENT_ID: 'the-client', AUTH0_CLIENT_SECRET: 'secret-of-the-client' }

/** `mfa-config validate` on a file. */
function validating(text: string, rest: Omit<Failure, 'args' | 'files'>): Failure {
  return { args: ['validate'], files: { [file]: text }, ...rest }
}

const FILES: Readonly<Record<string, Failure>> = {
  'no file': {
    args: ['validate'],
    code: 'config_not_found',
    says: /^There is no configuration file in \/.+\. Create mfa-config\.yaml, or name a file with --config\.$/,
  },
  'no file of that name': {
    args: ['validate', '--config', 'other.yaml'],
    code: 'config_not_found',
    says: 'There is no file other.yaml.',
  },
  'an empty file': validating('', {
    code: 'config_invalid',
    says: 'mfa-config.yaml is empty. For example: "policy: always".',
  }),
  'a file that does not parse': validating('policy: always\nfactors: {otp: true\n', {
    code: 'config_invalid',
    says: 'mfa-config.yaml does not parse.',
    problems: [
      {
        file,
        line: 3,
        column: 1,
        message: 'Flow map in block collection must be sufficiently indented and end with a }.',
      },
    ],
  }),
  'an unknown key': validating('policy: always\nfactors:\n  otpp: true\n', {
    code: 'config_invalid',
    says: 'mfa-config.yaml has a problem.',
    problems: [
      {
        path: 'factors.otpp',
        file,
        line: 3,
        column: 3,
        message: 'Unknown key factors.otpp. Did you mean otp?',
      },
    ],
  }),
  'sms among the factors': validating('factors: { sms: true, voice: true }\n', {
    code: 'config_invalid',
    says: 'mfa-config.yaml has 2 problems.',
    problems: [
      {
        path: 'factors.sms',
        file,
        line: 1,
        column: 12,
        message:
          'Unknown key factors.sms. The phone factor is called phone, and how it sends is `phone: { message_types: [sms] }`.',
      },
      {
        path: 'factors.voice',
        file,
        line: 1,
        column: 23,
        message:
          'Unknown key factors.voice. The phone factor is called phone, and how it sends is `phone: { message_types: [voice] }`.',
      },
    ],
  }),
  'a value of the wrong type': validating('factors:\n  otp: sometimes\n', {
    code: 'config_invalid',
    says: 'mfa-config.yaml has a problem.',
    problems: [
      {
        path: 'factors.otp',
        file,
        line: 2,
        column: 3,
        message: 'factors.otp: expected true, false or an object with enabled; got "sometimes".',
      },
    ],
  }),
  'a value out of range': validating('factors:\n  email:\n    otp_length: 11\n', {
    code: 'config_invalid',
    says: 'mfa-config.yaml has a problem.',
    problems: [
      {
        path: 'factors.email.otp_length',
        file,
        line: 3,
        column: 5,
        message: 'factors.email.otp_length: expected a whole number from 4 to 10; got 11.',
      },
    ],
  }),
  'a literal secret': validating('factors: { duo: { skey: HushHushHush } }\n', {
    code: 'config_invalid',
    says: 'mfa-config.yaml has a problem.',
    problems: [
      {
        path: 'factors.duo.skey',
        file,
        line: 1,
        column: 19,
        message:
          'factors.duo.skey: expected a reference alone, such as ${DUO_SKEY}: a secret must not stand in the file.',
      },
    ],
  }),
  'a reference that is not set': validating('factors: { duo: { skey: "${DUO_SKEY}" } }\n', {
    code: 'reference_unset',
    says: 'mfa-config.yaml has a problem.',
    problems: [
      {
        path: 'factors.duo.skey',
        file,
        line: 1,
        column: 19,
        message: 'The environment variable DUO_SKEY is not set.',
      },
    ],
  }),
  'a file that is referred to and missing': validating(
    'factors:\n  push-notification: { fcmv1: { server_credentials: "${file:firebase.json}" } }\n',
    {
      code: 'reference_missing',
      says: 'mfa-config.yaml has a problem.',
      problems: [
        {
          path: 'factors.push-notification.fcmv1.server_credentials',
          file,
          line: 2,
          column: 33,
          message: 'There is no file firebase.json.',
        },
      ],
    },
  ),
  "a reference to the tool's own credentials": validating(
    'factors: { push-notification: { app: { name: "${AUTH0_CLIENT_SECRET}" } } }\n',
    {
      env: CREDENTIALS,
      code: 'config_invalid',
      says: 'mfa-config.yaml has a problem.',
      problems: [
        {
          path: 'factors.push-notification.app.name',
          file,
          line: 1,
          column: 40,
          message:
            "AUTH0_CLIENT_SECRET holds this tool's own credentials, which no setting may send. Refer to another variable or file.",
        },
      ],
    },
  ),
  'an import that is missing': validating('policy: always\n$import: ./base.yaml\n', {
    code: 'config_invalid',
    says: 'mfa-config.yaml cannot be put together.',
    problems: [{ path: '$import', file, line: 2, column: 1, message: 'There is no file base.yaml.' }],
  }),
  'two files': {
    args: ['validate'],
    files: { [file]: '', 'package.json': '{ "mfa-config": {} }' },
    code: 'config_invalid',
    says: 'There are two configuration files here: mfa-config.yaml and package.json. Keep one, or name one with --config.',
  },
  'a problem on standard input': {
    args: ['validate', '-c', '-'],
    stdin: '{\n\t"policy": "whenever"\n}',
    code: 'config_invalid',
    says: 'standard input has a problem.',
    problems: [
      {
        path: 'policy',
        file: 'standard input',
        line: 2,
        column: 2,
        message: 'policy: expected one of always, adaptive, never; got "whenever".',
      },
    ],
  },
}

const COMMAND_LINES: Readonly<Record<string, Failure>> = {
  'a mistyped command': {
    args: ['plann'],
    code: 'usage',
    says: "Unknown command 'plann'. Did you mean plan?",
  },
  'an unknown command': {
    args: ['frobnicate'],
    code: 'usage',
    says: "Unknown command 'frobnicate'. See mfa-config --help.",
  },
  'a mistyped flag': {
    args: ['plan', '--detailed-exitcodes'],
    code: 'usage',
    says: "Unknown option '--detailed-exitcodes'. Did you mean --detailed-exitcode?",
  },
  'an unknown flag': {
    args: ['validate', '--frobnicate'],
    code: 'usage',
    says: "Unknown option '--frobnicate'. See mfa-config validate --help.",
  },
  'a flag of another command': {
    args: ['show', '-y'],
    code: 'usage',
    says: "Unknown option '-y'. See mfa-config show --help.",
  },
  'a flag before the command': {
    args: ['--no-color', 'plan'],
    code: 'usage',
    says: 'A command comes first, then its flags, as in mfa-config plan --json. See mfa-config --help.',
  },
  'an argument too many': {
    args: ['plan', 'prod.yaml'],
    code: 'usage',
    says: "Unexpected argument 'prod.yaml'. A configuration file is named with --config.",
  },
  'an unknown format': {
    args: ['show', '--format', 'xml'],
    code: 'usage',
    says: "Option '--format <format>' argument 'xml' is invalid. Allowed choices are table, yaml, json.",
  },
  'a format without its word': {
    args: ['plan', '--allow', 'F06', '--config'],
    code: 'usage',
    says: "Option '-c, --config <file>' argument missing.",
  },
  'a mistyped check': {
    args: ['plan', '--allow', 'F06', '--allow', 'F6'],
    code: 'usage',
    says: "Option '--allow <check>' argument 'F6' is invalid. There is no such check. Did you mean F06?",
  },
  'an unknown check': {
    args: ['apply', '--allow', 'everything'],
    code: 'usage',
    says: "Option '--allow <check>' argument 'everything' is invalid. There is no such check. An id is like F01 or P10.",
  },
  'an environment file that is missing': {
    args: ['validate', '--env-file', 'gone.env'],
    files: { [file]: 'policy: never' },
    code: 'usage',
    says: '--env-file names gone.env, which cannot be read.',
  },
  'an environment file that is a folder': {
    args: ['validate', '--env-file', 'folder'],
    files: { [file]: 'policy: never', 'folder/x': '' },
    code: 'usage',
    says: '--env-file names folder, which cannot be read.',
  },
  'an environment file that steers Node': {
    args: ['validate', '--env-file', 'node.env'],
    files: { [file]: 'policy: never', 'node.env': 'A=1\nNODE_OPTIONS=--require ./x.cjs\n' },
    code: 'usage',
    says: 'node.env sets NODE_OPTIONS, which tells Node itself what to do. Take it out: set it outside, if it is meant.',
  },
  'an explanation of a check that is not made': {
    args: ['validate', '--explain', 'A03'],
    code: 'usage',
    says: /^This version does not make the check A03\. It makes F01, .+\.$/,
  },
  'nobody to ask': {
    args: ['apply'],
    files: { [file]: 'policy: never' },
    code: 'usage',
    says: 'There is no terminal to ask on. Look at the plan, then run apply with --yes.',
  },
}

const TENANTS: Readonly<Record<string, Failure>> = {
  'no tenant': {
    args: ['plan'],
    files: { [file]: 'policy: never' },
    env: CREDENTIALS,
    code: 'credentials_missing',
    says: /AUTH0_DOMAIN.+--domain sandbox/,
  },
  'no credentials': {
    args: ['plan'],
    files: { [file]: 'policy: never' },
    env: { AUTH0_DOMAIN: 'acme.eu.auth0.com' },
    code: 'credentials_missing',
    says: /AUTH0_CLIENT_ID is not set\. Set AUTH0_CLIENT_ID with AUTH0_CLIENT_SECRET/,
  },
  'half of the credentials': {
    args: ['show'],
    env: { AUTH0_DOMAIN: 'acme.eu.auth0.com', AUTH0_CLIENT_ID: 'the-client' },
    code: 'credentials_missing',
    says: /AUTH0_CLIENT_SECRET or AUTH0_CLIENT_SIGNING_KEY_PATH is not set/,
  },
  'the pin of another tenant': {
    args: ['plan'],
    files: { [file]: 'tenant: acme.eu.auth0.com\npolicy: never\n' },
    env: { AUTH0_DOMAIN: 'other.eu.auth0.com', ...CREDENTIALS },
    code: 'tenant_mismatch',
    says: /other\.eu\.auth0\.com.+acme\.eu\.auth0\.com/,
  },
  'a flag and a variable that differ': {
    args: ['apply', '--yes', '--domain', 'acme.eu.auth0.com'],
    files: { [file]: 'policy: never\n' },
    env: { AUTH0_DOMAIN: 'other.eu.auth0.com', ...CREDENTIALS },
    code: 'tenant_mismatch',
    says: /acme\.eu\.auth0\.com.+other\.eu\.auth0\.com/,
  },
  'the pin alone, with credentials from the environment': {
    args: ['plan'],
    files: { [file]: 'tenant: acme.eu.auth0.com\npolicy: never\n' },
    env: CREDENTIALS,
    code: 'credentials_missing',
    says: /acme\.eu\.auth0\.com.+AUTH0_DOMAIN.+--domain/,
  },
  'the pin of a file that show is given': {
    args: ['show', '-c', 'prod.yaml'],
    files: { 'prod.yaml': 'tenant: acme.eu.auth0.com\nfactors: { duo: { skey: "${UNSET}" } }\n' },
    env: { AUTH0_DOMAIN: 'other.eu.auth0.com', ...CREDENTIALS },
    code: 'tenant_mismatch',
    says: /other\.eu\.auth0\.com.+acme\.eu\.auth0\.com/,
  },
  'plain HTTP to another machine': {
    args: ['plan', '--domain', 'http://acme.eu.auth0.com'],
    files: { [file]: 'policy: never' },
    env: CREDENTIALS,
    code: 'usage',
    says: /^--domain is "http:\/\/acme\.eu\.auth0\.com".+https/,
  },
  'what is no domain': {
    args: ['plan', '--domain', 'acme eu'],
    files: { [file]: 'policy: never' },
    env: CREDENTIALS,
    code: 'usage',
    says: /^--domain is no domain\. It is like acme/,
  },
}

describe.each([
  ['a file', FILES],
  ['a command line', COMMAND_LINES],
  ['a tenant', TENANTS],
])('%s that is not right:', (_, failures) => {
  describe.each(Object.entries(failures))('%s', (_name, { args, code, says, problems = [], ...rest }) => {
    it('ends with 1, sends nothing, and says on standard error what is wrong and where', async () => {
      const outcome = await run(args, rest)
      expect(outcome).toMatchObject({ code: 1, out: '', requests: [], questions: [] })
      const [first = '', ...others] = outcome.err.trimEnd().split('\n')
      expect(first).toMatch(/^Error: /)
      matches(first.replace('Error: ', ''), says)
      expect(others).toHaveLength(problems.length)
      problems.forEach(({ file, line, column, path, message }, i) => {
        const about = path && !message.includes(path) ? `${path}: ` : ''
        expect(others[i]).toBe(`  ${file}:${line}:${column}  ${about}${message}`)
      })
      expect(outcome.err).not.toMatch(/HushHush|secret-of|undefined|\[object|\n {4}at /)
    })

    it('is, with --json, one document on standard output and nothing else', async () => {
      // A flag that lacks its word would take --json for it.
      const asked = args.at(-1) === '--config' ? ['plan', '--json', '--config'] : [...args, '--json']
      const outcome = await run(asked, rest)
      expect(outcome).toMatchObject({ code: 1, err: '', requests: [], questions: [] })
      const { error, ...others } = json(outcome)
      expect(others).toEqual({ format: 'mfa-config/error/1' })
      expect(error).toEqual({ code, message: expect.any(String), problems })
      matches((error as { message: string }).message, says)
      expect(outcome.out).not.toMatch(/HushHush|secret-of|\[object/)
    })
  })
})

function matches(text: string, says: string | RegExp): void {
  if (typeof says === 'string') expect(text).toBe(says)
  else expect(text).toMatch(says)
}

describe('JSON can be asked for', () => {
  it.each([
    [['plan', '--format', 'json']],
    [['plan', '--format=json']],
    [['show', '--format=json', '--frobnicate']],
    [['--json']],
    [['plan', '--json', '--json']],
  ])('by %j', async args => {
    const outcome = await run(args)
    expect(json(outcome)).toMatchObject({ format: 'mfa-config/error/1' })
    expect(outcome).toMatchObject({ code: 1, err: '' })
  })

  it.each([[['plan', '--format', 'human']], [['show', '--format', 'yaml']], [['plan', '--jsn']]])(
    'and not by %j',
    async args => {
      expect(await run(args)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^Error: /) })
    },
  )
})

describe('a tenant that is reachable', () => {
  it('is not spoken to by a file that is for another', async () => {
    const tenant = await startTenant()
    for (const command of ['plan', 'show', 'apply']) {
      const outcome = await run([command, '-c', file, ...(command === 'apply' ? ['--yes'] : [])], {
        files: { [file]: 'tenant: acme.eu.auth0.com\npolicy: always\nfactors: { otp: true }\n' },
        env: tenant.env,
      })
      expect(outcome).toMatchObject({ code: 1, out: '', requests: [] })
      expect(outcome.err).toContain('acme.eu.auth0.com')
    }
  })

  it('is not spoken to by a file that is wrong', async () => {
    const tenant = await startTenant()
    for (const text of ['polcy: always', 'factors: { duo: { host: "${UNSET}" } }', 'policy: [']) {
      const outcome = await run(['apply', '--yes'], { files: { [file]: text }, env: tenant.env })
      expect(outcome).toMatchObject({ code: 1, out: '', requests: [] })
    }
  })

  it('is spoken to by a file that is for it', async () => {
    const tenant = await startTenant()
    const pinned = `tenant: ${new URL(tenant.url).host}\npolicy: never\n`
    const outcome = await run(['plan', '--json'], { files: { [file]: pinned }, env: tenant.env })
    expect(outcome.code).toBe(0)
    expect(outcome.requests).toContain('GET /api/v2/guardian/policies')
  })
})

describe('what is foreign in a message', () => {
  it.each<[string, string]>([
    ['an escape in a key', '"x\\e[31mRED": 1'],
    ['a line end in a key', '"x\\n::error::forged": 1'],
    ['an escape of one byte in a value', 'policy: "\\x9b31mred"'],
    ['an escape in an id', 'allow: ["\\e[2J"]'],
  ])('%s acts on nothing', async (_, stdin) => {
    const { code, err } = await run(['validate', '-c', '-'], { stdin })
    expect(code).toBe(1)
    expect(err.trimEnd()).not.toMatch(/[^\P{Cc}\n]/u)
    expect(err.trimEnd().split('\n')).toHaveLength(2)
  })
})
