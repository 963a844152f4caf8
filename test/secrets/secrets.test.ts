import { afterAll, describe, expect, test, vi } from 'vitest'
import { emptyFolder } from '../support/cli.ts'
import { closedPort } from '../tenant/support/server.ts'
import {
  type Act,
  type Fault,
  PLACES,
  type Place,
  refusing,
  repeated,
  startHostile,
} from './support/hostile.ts'
import {
  CREDENTIALS,
  ENV,
  FILES,
  ISSUED,
  type Kind,
  LONG,
  NAMELESS,
  PROXY,
  SECRETS,
  SURPLUS,
} from './support/planted.ts'
import { count, expectNoSecret, filesWritten, Leak, probe } from './support/probe.ts'
import { proxyAt, startProxy } from './support/proxy.ts'
import { WRITINGS, type Writing } from './support/search.ts'
import { argumentsOf, COMMANDS, type Command, FAULTS, FAULTS_IN_PLACES, surplus } from './support/tables.ts'
import { TENANTS, type TenantKind } from './support/tenants.ts'

/** Every combination, rather than some of each. */
const ALL = process.env.MFA_CONFIG_FAULTS === 'all'
const TIMEOUT = ALL ? 600_000 : 20_000

afterAll(() => console.log(`${count.probes} probes were searched for secrets.`))

interface Case {
  readonly fault: Fault
  readonly place: Place | 'nowhere' | 'everywhere'
  readonly command: Command
  readonly credentials: Kind
  readonly tenant: TenantKind
}

/** One run against a tenant in which something goes wrong. */
async function probeCase({ fault, place, command, credentials, tenant }: Case) {
  const { start, file } = TENANTS[tenant]
  const { url, secrets, struck } = await startHostile(await start(), fault, place)
  const probed = await probe(argumentsOf(command), {
    env: { ...ENV, ...CREDENTIALS[credentials], HTTPS_PROXY: proxyAt(1), AUTH0_DOMAIN: url },
    files: { ...FILES, ...(!command.alone && { 'mfa-config.yaml': file }) },
    ...(command.piped && { stdin: file }),
    ...(command.asks && { answers: Array(50).fill(true) }),
    // Nobody waits half a minute for what never comes.
    ...(fault.name === 'no answer' && {
      beforeSending: (request: object) => void Object.assign(request, { timeout: ALL ? 2000 : 800 }),
    }),
    more: secrets,
  })
  return { ...probed, struck: struck() }
}

const KINDS = Object.keys(CREDENTIALS) as Kind[]
const TENANT_KINDS = Object.keys(TENANTS) as TenantKind[]

/** Every command with every kind of credentials; where it is another tenant, with one. */
function casesOf(fault: Fault, place: Place | 'nowhere'): Case[] {
  const commands = COMMANDS.filter(({ places }) => place === 'nowhere' || places.includes(place))
  return TENANT_KINDS.flatMap(tenant =>
    KINDS.filter(kind => !(kind === 'token' && place === 'token'))
      .filter(kind => tenant === 'legacy' || kind === 'secret')
      .flatMap(credentials => commands.map(command => ({ fault, place, command, credentials, tenant }))),
  )
}

/** In turn, so that a few of each list make all of it. */
function inTurn<T>(list: readonly T[], turn: number): T[] {
  return list.filter((_, i) => i === (turn * 7) % list.length)
}

describe('no output and no file has anything secret', () => {
  test.each(COMMANDS)('of $args where nothing goes wrong', { timeout: TIMEOUT }, async command => {
    const fault: Fault = { name: 'none', act: () => 'pass' }
    const cases = casesOf(fault, 'nowhere').filter(one => one.command === command)
    const chosen = ALL ? cases : inTurn(cases, COMMANDS.indexOf(command))
    for (const one of chosen) {
      const { code, out, err } = await probeCase(one)
      expect(err).toMatch(/^GET .* 200 /m)
      expect(out).not.toBe('')
      expect([0, 2]).toContain(code)
      // The secret of the file has reached the tenant, wherever its phone provider lives.
      if (!command.places.includes('first write')) continue
      expect(err).toMatch(
        one.tenant === 'legacy'
          ? /^PUT .*phone\/providers\/twilio 200 /m
          : /^PATCH .*\/branding\/phone\/providers\/.* 200 /m,
      )
    }
  })

  // A sample has each fault in one place, and each place with many faults.
  const numbered = FAULTS_IN_PLACES.map((one, turn) => ({ ...one, turn })).filter(
    ({ fault, place }) => ALL || (PLACES.indexOf(place) + FAULTS.indexOf(fault)) % PLACES.length === 0,
  )
  test.each(numbered)('with $fault.name at $place', { timeout: TIMEOUT }, async ({ fault, place, turn }) => {
    const cases = casesOf(fault, place)
    const check = async (one: Case): Promise<void> => {
      const { struck, out = '', err = '' } = await probeCase(one)
      expect({ ...one, struck }).toMatchObject({ struck: true })
      // What the server said is told, but for the secrets in it.
      if (fault.name === '400' && place !== 'read-back') expect(out + err).toMatch(/Not with: .*••••••/)
    }
    const chosen = ALL ? cases : inTurn(cases, turn)
    // Waiting is done side by side.
    const atOnce = fault.name === 'no answer' ? 10 : 1
    for (let first = 0; first < chosen.length; first += atOnce)
      await Promise.all(chosen.slice(first, first + atOnce).map(check))
  })

  test('where everything goes wrong', { timeout: TIMEOUT }, async () => {
    for (const fault of ALL ? FAULTS : FAULTS.slice(0, 3)) {
      await probeCase({
        fault,
        place: 'everywhere',
        command: { args: 'apply --yes --json', places: [] },
        credentials: 'secret',
        tenant: 'legacy',
      })
    }
  })
})

/** A server that gives more than it should, and repeats that when it is sent back. */
test.each([
  '/providers/twilio',
  '/duo/settings',
  '/providers/sns',
  '/providers/apns',
  '/policies',
  '/settings',
])('nor where an answer has surplus secrets, and the write of %s repeats them', async path => {
  const refuse = refusing(400, 'Not with: ')
  const fault: Fault = {
    name: 'surplus',
    act: sent => {
      if (sent.line.startsWith('GET ')) return { rewrite: body => surplus(body, SURPLUS) }
      if (sent.line.includes(path)) return refuse(sent)
      return sent.line.includes('/oauth/') ? 'pass' : { status: 200, body: '{}' }
    },
  }
  for (const args of ['apply --yes --write-secrets --json', 'apply --yes'].slice(ALL ? 0 : 1))
    await probeCase({
      fault,
      place: 'everywhere',
      command: { args, places: [] },
      credentials: 'token',
      tenant: 'legacy',
    })
})

/** A file that leaves a secret of the tenant alone sends it back all the same: the API replaces the whole. */
test.each(['{ duo: { host: other.test } }', '{ phone: { twilio: { from: "+1555" } } }'])(
  'nor is there a secret that the tenant has and the file does not: %s',
  async factors => {
    const fault: Fault = { name: '400', act: refusing(400, 'Not with ') }
    const { url } = await startHostile(await TENANTS.legacy.start(), fault, 'first write')
    const { code, out } = await probe(['apply', '--yes', '--json', '-c', '-', '--debug'], {
      env: { ...CREDENTIALS.token, AUTH0_DOMAIN: url },
      stdin: `factors: ${factors}`,
    })
    expect(code).toBe(4)
    // The rest of what the server said is there, and helps.
    expect(out).toMatch(/the API answered 400 \(\\"Not with .*Bearer ••••••/)
    expect(out).toMatch(/other\.test|\+1555/)
  },
)

describe('nor where this program has a bug', () => {
  const kinds = COMMANDS.map(({ args }) => args).filter(args => !args.includes('-c -'))
  test.each(kinds)('%s', async args => {
    for (const nth of ALL ? [1, 2, 5, 12, 20, 25, 30] : [args.startsWith('apply') ? 20 : 3]) {
      const { url } = await startHostile(
        await TENANTS.legacy.start(),
        { name: '', act: () => 'pass' },
        'nowhere',
      )
      let sent = 0
      let asked = 0
      const bug = new Error('It has gone wrong.')
      const now = (): number => {
        throwAt(++asked)
        return Date.now()
      }
      const given = {
        env: { ...ENV, ...CREDENTIALS.secret, AUTH0_DOMAIN: url },
        files: { ...FILES, 'mfa-config.yaml': TENANTS.legacy.file },
        answers: Array(50).fill(true),
        bug: true as const,
      }
      const throwAt = (n: number): void => {
        if (n === nth) throw bug
      }
      if (ALL || args.includes('--'))
        await probe(argumentsOf({ args }), { ...given, beforeSending: () => throwAt(++sent) })
      await probe(argumentsOf({ args }), { ...given, now })
    }
  })
})

describe('nor where a proxy wants a password', () => {
  const all = (headers: object): string => JSON.stringify(headers)
  test.each<[string, () => Promise<string> | string]>([
    ['and is not there', () => proxyAt(1)],
    ['and is no URL', () => `http://${PROXY.user}:${PROXY.password}@:::`],
    ['and is no HTTP proxy', () => `ftp://${PROXY.user}:${PROXY.password}@127.0.0.1:1`],
    [
      'and repeats it in a refusal',
      () =>
        startProxy(({ headers }, socket) =>
          socket.end(
            `HTTP/1.1 407 Not with ${headers['proxy-authorization']}\r\nx: ${all(headers)}\r\ncontent-length: 10000\r\n\r\n${all(headers)}`,
          ),
        ),
    ],
    ['and repeats it without HTTP', () => startProxy(({ headers }, socket) => socket.end(all(headers)))],
    ['and closes the connection', () => startProxy((_, socket) => socket.destroy())],
    [
      'and repeats it in place of the server',
      () => startProxy(({ headers }, socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${all(headers)}`)),
    ],
  ])('%s', async (_, proxy) => {
    const env = { HTTPS_PROXY: await proxy() }
    // One of the libraries looks there by itself.
    vi.stubEnv('HTTPS_PROXY', env.HTTPS_PROXY)
    vi.stubEnv('NO_PROXY', '')
    vi.stubEnv('no_proxy', '')
    try {
      for (const credentials of ALL ? KINDS : (['secret'] as const))
        for (const args of ['show', 'plan --json', 'apply --yes', 'doctor'])
          await probe(argumentsOf({ args }), {
            env: { ...ENV, ...CREDENTIALS[credentials], ...env, AUTH0_DOMAIN: 'acme.test' },
            files: { ...FILES, 'mfa-config.yaml': TENANTS.legacy.file },
          })
    } finally {
      vi.unstubAllEnvs()
    }
  })
})

describe('nor of a sandbox', () => {
  test('in the folder', async () => {
    const cwd = emptyFolder()
    const files = { ...FILES, 'mfa-config.yaml': TENANTS.legacy.file }
    for (const args of ['apply --yes --write-secrets', 'plan', 'show --format yaml', 'plan --json']) {
      const env = { ...ENV, ...CREDENTIALS.secret }
      const { code } = await probe([...argumentsOf({ args }), '--domain', 'sandbox'], { cwd, env, files })
      expect(code).toBe(0)
    }
    expect(Object.keys(filesWritten(cwd, files)).sort()).toEqual([
      '.mfa-config/.gitignore',
      '.mfa-config/sandbox.json',
      '.mfa-config/sandbox.json.key',
      expect.stringMatching(/^\.mfa-config\/snapshots\/sandbox-.*\.yaml$/),
    ])
  })

  test.each(['', ' --unified-phone', ' --plan free'])('that is served%s', async flags => {
    const port = await closedPort()
    const interrupt = new AbortController()
    const cwd = emptyFolder()
    const args = `sandbox --port ${port} --state state.json --debug${flags}`.split(' ')
    const serving = probe(args, { cwd, env: { ...ENV, ...CREDENTIALS.secret }, interrupt: interrupt.signal })
    const url = `http://127.0.0.1:${port}`
    await vi.waitFor(() => fetch(url), { timeout: 15_000 })
    for (const credentials of ALL ? KINDS : inTurn(KINDS, flags.length)) {
      await probe(argumentsOf({ args: 'apply --yes --write-secrets' }), {
        env: { ...ENV, ...CREDENTIALS[credentials], AUTH0_DOMAIN: url },
        files: {
          ...FILES,
          'mfa-config.yaml': TENANTS[flags.includes('unified') ? 'unified' : 'legacy'].file,
        },
      })
    }
    const headers = { authorization: `Bearer ${SECRETS['access token']}`, 'content-type': 'application/json' }
    for (const [path, body] of [
      [
        '/branding/phone/providers',
        { name: 'twilio', credentials: SURPLUS.credentials, configuration: SURPLUS },
      ],
      ['/guardian/factors/duo/settings', SURPLUS],
      ['/emails/provider', { name: 'mailgun', credentials: { api_key: NAMELESS.api_key } }],
      ['/nowhere', SURPLUS],
    ] as const)
      for (const method of ['POST', 'PUT', 'PATCH'])
        await fetch(`${url}/api/v2${path}`, { method, headers, body: JSON.stringify(body) })
    await fetch(`${url}/oauth/token`, { method: 'POST', headers, body: `{ ${SECRETS['client secret']}` })
    expectNoSecret(args, filesWritten(cwd))
    interrupt.abort()
    expect(await serving).toMatchObject({ code: 0, err: expect.stringMatching(/PUT .*duo/) })
  })
})

describe('nor where a sandbox cannot be served', () => {
  const secret = SECRETS['client secret'] ?? ''
  const state = { format: 'mfa-config/sandbox/1', settings: { duo: SURPLUS } }
  test.each<[string, string | Buffer]>([
    ['a state that is no JSON', `{ "skey": ${secret}`],
    ['a state of another form', JSON.stringify({ format: secret, settings: SURPLUS })],
    ['a state whose secrets are not sealed', JSON.stringify(state)],
    ['a state that is binary', FILES['push.p12']],
  ])('for %s', async (_, text) => {
    const files = {
      ...FILES,
      'mfa-config.yaml': TENANTS.legacy.file,
      'state.json': text,
      '.mfa-config/sandbox.json': text,
    }
    const given = { env: { ...ENV, ...CREDENTIALS.secret }, files, interrupt: AbortSignal.timeout(500) }
    for (const args of [
      'sandbox --port 0 --state state.json',
      'show --domain sandbox',
      'plan --domain sandbox --json',
      'doctor --domain sandbox',
      'sandbox --reset',
    ])
      await probe(argumentsOf({ args }), given)
  })

  test('for a port that is taken', async () => {
    const { url } = await TENANTS.legacy.start()
    const args = `sandbox --port ${new URL(url).port} --json`
    const { code } = await probe(argumentsOf({ args }), { env: { ...ENV, ...CREDENTIALS.secret } })
    expect(code).toBe(1)
  })
})

/** Where there is no tenant: commands, with the file on standard input. */
const OFFLINE = [
  'validate',
  'validate --json',
  'validate --unset-ok',
  'validate --unset-ok --json',
  'validate --explain F01',
  'validate --explain F01 --json',
  'schema',
  'schema --json',
  '--version',
  '--help',
  'help apply',
  'plan --domain no/domain --json',
  'doctor --domain no/domain',
  'doctor --domain no/domain --json',
  'apply --yes --domain other.test',
  'show --domain',
]

describe('nor where the file alone is looked at', () => {
  test.each(OFFLINE)('%s', async args => {
    for (const kind of ALL ? KINDS : inTurn(KINDS, OFFLINE.indexOf(args))) {
      const env = { ...ENV, ...CREDENTIALS[kind], AUTH0_DOMAIN: 'acme.test' }
      const files = { ...FILES, 'mfa-config.yaml': TENANTS.legacy.file }
      const own = args.startsWith('-') || args.startsWith('help') ? [] : ['--debug']
      await probe([...args.split(' '), ...own], { env, files })
      await probe([...args.split(' '), '--no-color'], { files })
    }
  })

  const literal = SECRETS['one that is too long'] ?? ''
  test.each<[string, string, Record<string, string>]>([
    ['a secret that is too long', 'factors: { duo: { skey: "${LONG}" } }', { LONG }],
    [
      'a key that is too long',
      'factors: { push-notification: { fcm: { server_key: "${LONG}" } } }',
      { LONG },
    ],
    ['a secret where a number belongs', 'factors: { email: { otp_length: "${LONG}" } }', { LONG }],
    ['a secret where a word belongs', 'policy: "${LONG}"', { LONG }],
    ['a secret in place of an object', 'factors: { duo: "${LONG}" }', { LONG }],
    ['a secret in place of a list', 'factors: { phone: { message_types: ["${LONG}"] } }', { LONG }],
    ['a secret as the tenant', 'tenant: "${LONG}"', { LONG }],
    ['a secret as a check', 'allow: ["${LONG}"]', { LONG }],
    [
      'a secret as a template',
      'factors: { phone: { templates: { enrollment_message: "{{ ${LONG}" } } }',
      { LONG },
    ],
    ['a secret as a certificate', 'factors: { push-notification: { apns: { p12: "${LONG}" } } }', { LONG }],
    ['a secret as the name of a file', 'factors: { duo: { skey: "${file:${LONG}}" } }', { LONG }],
    ['a literal secret', `factors: { duo: { skey: "${literal}" } }`, {}],
    ['a literal secret beside a reference', `factors: { duo: { skey: "${literal}\${LONG}" } }`, { LONG }],
    ['a literal secret beside an escape', `factors: { duo: { skey: "$\${${literal}}" } }`, {}],
    ['a literal secret in a list', `factors: { duo: { skey: ["${literal}"] } }`, {}],
    ['a literal secret in an object', `factors: { duo: { skey: { value: "${literal}" } } }`, {}],
    ['a literal secret in a line that does not parse', `factors: { duo: { skey: "${literal}`, {}],
    ['a literal secret after a tab', `factors:\n\tduo: ${literal}`, {}],
    ['a literal secret as an alias', `factors: { duo: { skey: *${literal} } }`, {}],
    ['a literal secret in a tag', `factors: { duo: { skey: !${literal} x } }`, {}],
    ['a literal secret under an unknown key', `factors: { duo: { secretkey: "${literal}" } }`, {}],
    ['a literal secret with an open reference', `factors: { duo: { skey: "\${${literal}" } }`, {}],
    ['a literal secret as a reference', `factors: { duo: { skey: "\${${literal}-}" } }`, {}],
    ['a literal secret in place of an object with one', `factors: { duo: "${literal}" }`, {}],
    ['literal credentials', `credentials: { client_id: x, client_secret: "${literal}" }`, {}],
    [
      'a literal secret in environments',
      `environments: { a: { credentials: { access_token: "${literal}" } } }`,
      {},
    ],
    ['a literal secret as all', `"${literal}"`, {}],
    ["this tool's own secret", 'factors: { duo: { ikey: "${AUTH0_CLIENT_SECRET}" } }', {}],
    [
      "a copy of this tool's own secret",
      'factors: { duo: { ikey: "a${COPY}" } }',
      {
        COPY: CREDENTIALS.secret.AUTH0_CLIENT_SECRET,
      },
    ],
    ["this tool's own key", 'factors: { duo: { skey: "${file:key.pem}" } }', CREDENTIALS.key],
  ])('that has %s', async (_, file, env) => {
    const commands = [
      'validate',
      'doctor --json',
      'validate --json',
      'doctor',
      'plan',
      'apply --yes --json',
      'show',
    ]
    for (const format of ALL ? commands : commands.slice(0, 2))
      for (const name of ALL ? ['mfa-config.yaml', '-'] : [format === 'validate' ? '-' : 'mfa-config.yaml'])
        await probe([...format.split(' '), '--debug', '-c', name], {
          env: { ...CREDENTIALS.secret, AUTH0_DOMAIN: 'localhost:1', ...env },
          stdin: file,
          files: { ...FILES, 'mfa-config.yaml': file },
        }).then(({ code }) => expect([1, 3]).toContain(code))
  })
})

describe('nor where credentials are wrong', () => {
  const key = FILES['key.pem']
  test.each<[string, Record<string, string>]>([
    ['a key that is damaged', { AUTH0_CLIENT_ID: 'c', AUTH0_CLIENT_SIGNING_KEY_PATH: 'damaged.pem' }],
    ['a key that is a certificate', { AUTH0_CLIENT_ID: 'c', AUTH0_CLIENT_SIGNING_KEY_PATH: 'push.p12' }],
    [
      'a token with a line end',
      { AUTH0_ACCESS_TOKEN: `${SECRETS['access token']}\n${SECRETS['client secret']}` },
    ],
    ['a token with a strange character', { AUTH0_ACCESS_TOKEN: `${SECRETS['access token']}é` }],
    [
      'a secret with a line end',
      { AUTH0_CLIENT_ID: 'c', AUTH0_CLIENT_SECRET: `${SECRETS['client secret']}\n` },
    ],
    ['no client', { AUTH0_CLIENT_SECRET: SECRETS['client secret'] ?? '' }],
  ])('%s', async (_, env) => {
    for (const args of ['show', 'plan --json', 'apply --yes', 'doctor', 'doctor --json'])
      await probe(argumentsOf({ args }), {
        env: { ...ENV, ...env, AUTH0_DOMAIN: 'localhost:1' },
        files: { ...FILES, 'damaged.pem': key.replace('A', '!'), 'mfa-config.yaml': TENANTS.legacy.file },
      })
  })
})

describe('nor of a file of variables', () => {
  const secret = SECRETS['client secret'] ?? ''
  test.each<[string, string]>([
    ['that is right', `AUTH0_CLIENT_ID=client\nAUTH0_CLIENT_SECRET='${secret}'\n`],
    ['with a line without a name', `=${secret}\n`],
    ['with a line without a sign', `AUTH0_CLIENT_ID=x\n${secret}\n`],
    ['with a name that is none', `a b=${secret}\n`],
    ['with an open quote', `AUTH0_CLIENT_ID=x\nAUTH0_CLIENT_SECRET="${secret.replace('"', '')}\nX=`],
    ['with the variables of a shell', `export AUTH0_CLIENT_SECRET=$(cat ${secret})\n`],
    ['that is binary', `\0\u0001${secret}\0`],
  ])('%s', async (_, text) => {
    const fault: Fault = { name: '400', act: refusing(400, 'Not with ') }
    const { url } = await startHostile(await TENANTS.legacy.start(), fault, 'everywhere')
    for (const args of ['show', 'plan --json', 'apply --yes', 'validate', 'doctor', 'doctor --json'])
      await probe([...argumentsOf({ args }), '--env-file', '.env'], {
        env: { AUTH0_DOMAIN: url },
        files: {
          ...FILES,
          '.env': `${Object.entries(ENV)
            .map(([name, value]) => `${name}='${value}'`)
            .join('\n')}\n${text}`,
          'mfa-config.yaml': TENANTS.legacy.file,
        },
      })
  })
})

/** What a person writes on the command line is repeated to them, so that they see what is wrong; nothing else is. */
describe('nor of a command line that is wrong', () => {
  const pasted = SECRETS['access token'] ?? ''
  test.each([
    ['plan', `--token=${pasted}`],
    ['plan', '--token', pasted],
    ['plan', pasted],
    [pasted],
    [`--${pasted}`],
    ['apply', '--allow', pasted],
    ['show', '--format', pasted],
    ['show', '--domain', pasted],
    ['plan', '-c', pasted],
    ['plan', '--env-file', pasted],
    ['validate', '--explain', pasted],
    ['sandbox', '--port', pasted],
    ['help', pasted],
  ])('%s %s', async (...args) => {
    for (const more of [[], ['--json']])
      await probe([...args, ...more], {
        env: { ...ENV, ...CREDENTIALS.secret, AUTH0_DOMAIN: 'acme.test' },
        files: { ...FILES, 'mfa-config.yaml': TENANTS.legacy.file },
        own: [pasted, WRITINGS['in JSON'](pasted)],
      })
  })
})

describe('nor where something repeats a secret in a way that nobody would think of:', () => {
  const apply: Command = { args: 'apply --yes --write-secrets --json', places: [] }
  const refused = (say: (sent: Parameters<Fault['act']>[0]) => string): Fault => ({
    name: 'known',
    act: sent => ({ status: 400, body: JSON.stringify({ message: say(sent) }) }),
  })

  test.each<[Place, Kind]>([
    ['reads', 'secret'],
    ['reads', 'key'],
    ['third write', 'token'],
    ['read-back', 'token'],
  ])('an error at %s repeats what was sent before, with a %s', async (place, credentials) => {
    const fault = refused(({ earlier }) => repeated(earlier, ['as it is']))
    await probeCase({ fault, place, command: apply, credentials, tenant: 'legacy' })
  })

  async function probeWriting(writing: Writing, what: string): Promise<void> {
    const fault = refused(({ texts }) => {
      const some = texts.filter(text =>
        what === 'the header'
          ? text.startsWith('Bearer ')
          : what === 'the body'
            ? text.startsWith('{')
            : true,
      )
      return some.map(text => WRITINGS[writing](text)).join(', ')
    })
    await probeCase({ fault, place: 'first write', command: apply, credentials: 'token', tenant: 'legacy' })
  }

  test.each<[Writing, string]>([
    ['in base64', 'the header'],
    ['in base64', 'the body'],
    ['in base64 for URLs', 'a value'],
    ['in hexadecimal', 'a value'],
    ['in hexadecimal capitals', 'a value'],
    ['in capital letters', 'a value'],
    ['in small letters', 'a value'],
  ])('an error repeats %s %s', probeWriting)

  test.each<[string, object]>([
    ['a name that this version does not know', NAMELESS],
    ['the name of a secret, in a list', { p12: [SURPLUS.p12] }],
    ['the name of a secret, in an object', { skey: { value: SURPLUS.skey } }],
  ])('an error repeats what the tenant has under %s', async (_, more) => {
    const fault: Fault = {
      name: 'nameless',
      act: sent => {
        if (sent.line.startsWith('GET ')) return { rewrite: body => surplus(body, { credentials: more }) }
        return sent.line.includes('/duo/') ? refusing(400, 'Not with: ')(sent) : { status: 200, body: '{}' }
      },
    }
    await probeCase({ fault, place: 'everywhere', command: apply, credentials: 'token', tenant: 'legacy' })
  })

  /** A server that says what was sent where the scopes belong. */
  const probeScopes = (args: string, credentials: Kind) => {
    const act: Fault['act'] = ({ texts }) => ({
      status: 200,
      body: JSON.stringify({ access_token: ISSUED, scope: texts.join(' '), expires_in: texts }),
    })
    return probeCase({
      fault: { name: 'scopes', act },
      place: 'token',
      command: { args, places: [] },
      credentials,
      tenant: 'legacy',
    })
  }

  test.each(['show', 'plan --json', 'apply --yes --json', 'doctor', 'doctor --json'])(
    'the answer with a token names what was sent as a scope: %s',
    async args => {
      for (const credentials of ['secret', 'key'] as const) await probeScopes(args, credentials)
    },
  )

  test.each(['show', 'plan --json', 'doctor', 'doctor --json'])(
    'a token says much of itself, and an error repeats it: %s',
    async args => {
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
      const claims = { azp: 'client', exp: 2_000_000_000, scope: 'read:guardian_factors delete:users' }
      const token = `${part({ alg: 'RS256' })}.${part({ ...claims, jti: ENV.NOBODY_ASKS_FOR_THIS })}.${SECRETS['access token']}`
      const tenant = await TENANTS.legacy.start()
      for (const fault of [refusing(400, 'Not with: '), (): Act => 'pass']) {
        const { url } = await startHostile(tenant, { name: '', act: fault }, 'reads')
        await probe(argumentsOf({ args }), {
          env: { ...ENV, AUTH0_ACCESS_TOKEN: token, AUTH0_DOMAIN: url },
          files: { ...FILES, 'mfa-config.yaml': TENANTS.legacy.file },
          more: () => ({ token }),
        })
      }
    },
  )

  test('a bug repeats the headers of a request', async () => {
    await probe(argumentsOf({ args: 'show' }), {
      env: { ...CREDENTIALS.token, AUTH0_DOMAIN: 'http://127.0.0.1:1' },
      beforeSending: request => {
        throw new Error(`It has gone wrong: ${JSON.stringify(request)}`)
      },
    })
  })

  test.each<[string, Record<string, string>]>([
    [
      'a key in place of its path',
      {
        AUTH0_CLIENT_ID: 'client',
        AUTH0_CLIENT_SIGNING_KEY_PATH: FILES['key.pem'],
        AUTH0_DOMAIN: 'localhost:1',
      },
    ],
    [
      'a domain with a password',
      { ...CREDENTIALS.secret, AUTH0_DOMAIN: `https://me:${PROXY.password}@acme.test` },
    ],
    ['a secret in place of the domain', { AUTH0_DOMAIN: SECRETS['client secret'] ?? '' }],
    [
      'a secret in place of an algorithm',
      {
        ...CREDENTIALS.key,
        AUTH0_CLIENT_SIGNING_ALGORITHM: SECRETS['client secret'] ?? '',
        AUTH0_DOMAIN: 'localhost:1',
      },
    ],
  ])('of the environment: %s', async (_, env) => {
    await probe(['show'], { env, files: FILES })
  })
})

/** A file is no place for a secret, and is not told to be one: what stands in it is repeated where it cannot be meant. */
describe('what a file says in the clear where no secret belongs is repeated in its error', () => {
  const literal = LONG.slice(0, 43)
  test.each([
    ['in place of a word', `policy: ${literal}`],
    ['in place of a list', `factors: { phone: { message_types: [${literal}] } }`],
    ['in place of a number', `factors: { email: { otp_length: ${literal} } }`],
    ['as a key', `factors: { duo: { ${literal}: x } }`],
    ['as a check', `allow: [${literal}]`],
    ['as the tenant', `tenant: a/${literal}`],
    ['as a file', `factors: { duo: { skey: "\${file:${literal}}" } }`],
    ['as a variable', `factors: { duo: { skey: "\${${literal.replaceAll('-', '_')}}" } }`],
  ])('of the file: a literal secret %s', async (_, file) => {
    await expect(
      probe(['plan', '-c', '-'], {
        env: { ...CREDENTIALS.token, AUTH0_DOMAIN: 'localhost:1' },
        stdin: file,
      }),
    ).rejects.toBeInstanceOf(Leak)
  })
})
