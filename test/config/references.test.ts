import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/run/configuration.ts'
import { emptyFolder, writeFiles } from '../support/cli.ts'
import { type Given, hostWith, problemsIn, read, refusal, valuesIn } from './support/read.ts'

const HOST = 'factors.duo.host'

/** A file whose one text is the given one. */
function withHost(text: string, rest: Omit<Given, 'files'> & { files?: Given['files'] } = {}): Given {
  const file = `factors:\n  duo:\n    host: ${JSON.stringify(text)}\n`
  return { ...rest, files: { ...rest.files, 'mfa-config.yaml': file } }
}

async function hostOf(text: string, rest: Parameters<typeof withHost>[1] = {}): Promise<unknown> {
  return (await valuesIn(withHost(text, rest)))[HOST]
}

describe('a reference to a variable', () => {
  const env = { ONE: 'first', two_2: 'second', NESTED: '${ONE}', DOLLARS: '$& $1 $$', JSON: '{"a": "}"}' }

  it.each([
    ['stands alone', '${ONE}', 'first'],
    ['stands among other text', 'a-${ONE}-b', 'a-first-b'],
    ['stands beside another', '${ONE}${two_2}/${ONE}', 'firstsecond/first'],
    ['is not looked for in what it gives', '${NESTED}', '${ONE}'],
    ['gives its text as it is', '${DOLLARS} ${JSON}', '$& $1 $$ {"a": "}"}'],
    ['is escaped by a second $', '$${ONE}', '${ONE}'],
    ['is escaped beside another', '$${ONE}${ONE}$${', '${ONE}first${'],
    ['is none without braces', '$ONE $ {ONE} {ONE} $$', '$ONE $ {ONE} {ONE} $$'],
  ])('%s', async (_, text, value) => {
    expect(await hostOf(text, { env })).toBe(value)
  })

  it('can give a policy, a duration, a list item and the tenant', async () => {
    const config = await read({
      files: {
        'mfa-config.yaml': `tenant: \${TENANT}
policy: \${POLICY}
session: { mfa_session_overall_timeout: "\${DAYS}d" }
factors: { phone: { message_types: ["\${TYPE}"] } }
`,
      },
      env: { TENANT: 'acme.eu.auth0.com', POLICY: 'all-applications', DAYS: '2', TYPE: 'voice' },
    })
    expect(config.tenant).toBe('acme.eu.auth0.com')
    expect(Object.fromEntries(config.values)).toEqual({
      policy: 'always',
      'session.mfa_session_overall_timeout': 172_800,
      'factors.phone.message_types': ['voice'],
    })
  })

  it.each([
    ['is not set', '${GONE}', 'The environment variable GONE is not set.'],
    ['is empty', 'a${EMPTY}', 'The environment variable EMPTY is empty.'],
  ])('that %s is an error with its place', async (_, text, message) => {
    const given = withHost(text, { env: { EMPTY: '' } })
    expect((await refusal(given)).code).toBe('reference_unset')
    expect(await problemsIn(given)).toEqual([`mfa-config.yaml:3:5  ${HOST}  ${message}`])
  })

  it.each([
    ['${}', 'A reference is ${NAME} or ${file:PATH}, and this is neither. Write $${ for a literal ${.'],
    [
      '${ONE TWO}',
      'A reference is ${NAME} or ${file:PATH}, and this is neither. Write $${ for a literal ${.',
    ],
    ['${1ST}', 'A reference is ${NAME} or ${file:PATH}, and this is neither. Write $${ for a literal ${.'],
    ['${file:}', 'A reference is ${NAME} or ${file:PATH}, and this is neither. Write $${ for a literal ${.'],
    [
      '${env:ONE}',
      'A reference is ${NAME} or ${file:PATH}, and this is neither. Write $${ for a literal ${.',
    ],
    ['a ${ONE', 'A reference is not closed. Write $${ for a literal ${.'],
  ])('that is written as %s is malformed', async (text, message) => {
    const given = withHost(text, { env })
    expect((await refusal(given)).code).toBe('config_invalid')
    expect(await problemsIn(given)).toEqual([`mfa-config.yaml:3:5  ${HOST}  ${message}`])
  })

  it('is told once for each that has no value, beside whatever else is wrong', async () => {
    const given = withHost('${A}${file:gone}${B}', { env: {} })
    const file = `${given.files?.['mfa-config.yaml']}    ikey: 5\npolcy: never\n`
    const error = await refusal({ files: { 'mfa-config.yaml': file } })
    expect(error.code).toBe('config_invalid')
    expect(error.problems.map(({ message }) => message)).toEqual([
      'The environment variable A is not set.',
      'There is no file gone.',
      'The environment variable B is not set.',
      'factors.duo.ikey: expected text of 1 to 10000 characters; got 5.',
      'Unknown key polcy. Did you mean policy?',
    ])
  })

  it('is not resolved in keys', async () => {
    expect(
      await problemsIn({ files: { 'mfa-config.yaml': '"${ONE}": true' }, env: { ONE: 'policy' } }),
    ).toEqual([expect.stringContaining('Unknown key ${ONE}.')])
  })
})

describe('a reference to a file', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['text', 'content', 'content'],
    ['text without one line end', 'content\n', 'content'],
    ['text without one line end of Windows', 'content\r\n', 'content'],
    ['text with all line ends but one', 'a\nb\n\n', 'a\nb\n'],
    ['text with what is no ASCII', 'Schlüssel 🔑', 'Schlüssel 🔑'],
    ['text with what looks like a reference', '${ONE}', '${ONE}'],
    ['binary as base64', Uint8Array.of(0x30, 0x82, 0xff, 0x0a), 'MIL/Cg=='],
    ['zeros as base64', Uint8Array.of(0x61, 0x00, 0x0a), 'YQAK'],
  ])('gives %s', async (_, content, value) => {
    expect(await hostOf('${file:some.file}', { files: { 'some.file': content } })).toBe(value)
  })

  it('stands among other text, and beside variables', async () => {
    const files = { 'a.txt': 'A\n', 'b/b.txt': 'B' }
    expect(await hostOf('${file:a.txt}-${file:./b/b.txt}-${C}', { files, env: { C: 'C' } })).toBe('A-B-C')
  })

  it('takes a path of any form, relative to the file that mentions it', async () => {
    const folder = emptyFolder()
    await writeFiles(folder, { 'a b.txt': 'content' })
    expect(await hostOf(`\${file:${folder}/a b.txt}`)).toBe('content')
    const given = {
      files: { 'conf/here.yaml': 'factors: { duo: { host: "${file:../up.txt}" } }', 'up.txt': 'up' },
      named: 'conf/here.yaml',
    }
    expect(await valuesIn(given)).toEqual({ [HOST]: 'up' })
  })

  it.each([
    ['that is not there', '${file:gone.txt}', 'There is no file gone.txt.'],
    ['that is a folder', '${file:folder}', 'folder is no file of a size that a setting can have.'],
    ['that has no end', '${file:/dev/zero}', '/dev/zero is no file of a size that a setting can have.'],
    ['that is empty', '${file:empty.txt}', 'The file empty.txt is empty.'],
    ['that holds a line end alone', '${file:line.txt}', 'The file line.txt is empty.'],
  ])('%s is an error with its place', async (_, text, message) => {
    const files = { 'folder/x': '', 'empty.txt': '', 'line.txt': '\n' }
    expect((await refusal(withHost(text, { files }))).code).toBe('reference_missing')
    expect(await problemsIn(withHost(text, { files }))).toEqual([`mfa-config.yaml:3:5  ${HOST}  ${message}`])
  })
})

describe("this tool's own credentials, wherever a reference finds them", () => {
  const KEY = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n'
  const env = { AUTH0_CLIENT_SECRET: 'short123', AUTH0_CLIENT_SIGNING_KEY_PATH: 'key.pem' }

  it.each<[string, string, Record<string, string>]>([
    ['in a variable with all secrets of a run', '${ALL}', { ALL: '{"A":"short123"}' }],
    ['in a variable that is the secret', '${COPY}', { COPY: 'short123' }],
    ['in a copy of the key', '${file:copy.pem}', {}],
    ['in a variable with the key on one line', '${KEY}', { KEY: KEY.replaceAll('\n', '\\n') }],
    ['by a name in small letters', '${auth0_client_secret}', { auth0_client_secret: 'other' }],
  ])('%s are refused, and not repeated', async (_, text, variables) => {
    const files = { 'key.pem': KEY, 'copy.pem': KEY }
    const [problem = ''] = await problemsIn(withHost(text, { files, env: { ...env, ...variables } }))
    expect(problem).toContain("holds this tool's own credentials")
    expect(problem).not.toMatch(/short123|MIIEvQ/)
  })

  it('are not seen in a word that happens to be a short secret', async () => {
    const env = { AUTH0_CLIENT_SECRET: 'acme', HOST: 'api-acme.com' }
    expect(await hostOf('${HOST}', { env })).toBe('api-acme.com')
  })
})

describe("the tool's own credentials", () => {
  const secret = 'client-secret-0123456789'
  const token = 'access-token-0123456789'
  const env = {
    AUTH0_CLIENT_ID: 'client-id-0123456789',
    AUTH0_CLIENT_SECRET: secret,
    AUTH0_ACCESS_TOKEN: token,
    AUTH0_CLIENT_SIGNING_KEY_PATH: 'keys/own.pem',
  }
  const files = {
    'keys/own.pem': '-----BEGIN PRIVATE KEY-----\nown-key-0123456789\n',
    '.env': `# Local.\nAUTH0_CLIENT_SECRET=${secret}\n`,
    'environ.bin': `AUTH0_ACCESS_TOKEN=${token}\0HOME=/root\0`,
  }
  const refused = (what: string): string =>
    `mfa-config.yaml:3:5  ${HOST}  ${what} holds this tool's own credentials, which no setting may send. Refer to another variable or file.`

  it.each(['AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET', 'AUTH0_ACCESS_TOKEN', 'AUTH0_CLIENT_SIGNING_KEY_PATH'])(
    'are not given by ${%s}',
    async name => {
      expect(await problemsIn(withHost(`x\${${name}}`, { env, files }))).toEqual([refused(name)])
      // Nor does it tell whether there are any.
      expect(await problemsIn(withHost(`\${${name}}`))).toEqual([refused(name)])
    },
  )

  it.each(['keys/own.pem', './keys/../keys/own.pem', '.env', 'environ.bin'])(
    'are not given by ${file:%s}',
    async name => {
      expect(await problemsIn(withHost(`\${file:${name}}`, { env, files }))).toEqual([refused(name)])
    },
  )

  it('are not given by a link to the key', async () => {
    const folder = emptyFolder()
    await writeFiles(folder, { ...files, 'mfa-config.yaml': `factors: { duo: { host: "\${file:link}" } }` })
    await symlink('keys/own.pem', join(folder, 'link'))
    const outcome = readConfig(hostWith(folder, { env }), { env: [] })
    await expect(outcome).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining('link holds') }],
    })
  })

  it.each([
    '${AUTH0_CLIENT_SECRET}',
    '${AUTH0_ACCESS_TOKEN}',
    '${file:keys/own.pem}',
    '${file:.env}',
    '${file:environ.bin}',
  ])('are not printed where %s stands', async text => {
    const file = [
      `policy: "${text}"`,
      `tenant: ["${text}"]`,
      `factors: { otp: "${text}", duo: { host: { a: "${text}" } } }`,
      `allow: ["${text}"]`,
      `unknown: "${text}"`,
    ].join('\n')
    const error = await refusal({ files: { ...files, 'mfa-config.yaml': file }, env })
    const said = JSON.stringify([error.message, error.problems])
    for (const own of [secret, token, 'own-key', Buffer.from(token).toString('base64').slice(0, 16)])
      expect(said).not.toContain(own)
  })

  it('do not make every file suspicious that has a short word of theirs', async () => {
    const sandbox = { AUTH0_CLIENT_ID: 'sandbox', AUTH0_CLIENT_SECRET: 'sandbox' }
    const given = { files: { 'x.txt': 'the sandbox' }, env: sandbox }
    expect(await hostOf('${file:x.txt}', given)).toBe('the sandbox')
  })

  it('do not include the domain', async () => {
    expect(await hostOf('${AUTH0_DOMAIN}', { env: { AUTH0_DOMAIN: 'acme.com' } })).toBe('acme.com')
  })
})

describe('what a reference gives', () => {
  it('is never repeated by an error about it', async () => {
    const env = { VALUE: 'value-of-the-reference' }
    const files = { 'value.txt': 'value-of-the-reference' }
    for (const text of ['${VALUE}', '${file:value.txt}', 'x${VALUE}']) {
      const file = `policy: "${text}"
strict: "${text}"
tenant: ["${text}"]
session: "${text}"
risk: { new_device: { remember_for: "${text}" } }
factors:
  otp: "${text}"
  email: { otp_length: "${text}", otp_expiration_time: "${text}" }
  phone: { message_types: ["${text}"], provider: "${text}" }
  push-notification: { app: { google_app_link: "${text}" }, sns: { aws_region: "${text}" } }
  webauthn-roaming: { relying_party: "${text} ", user_verification: "${text}" }
`
      const error = await refusal({ files: { ...files, 'mfa-config.yaml': file }, env })
      expect(error.problems).toHaveLength(14)
      expect(JSON.stringify([error.message, error.problems])).not.toContain('value-of')
    }
  })

  it('is told by its reference where it does not fit', async () => {
    const file = 'policy: ${P}\nfactors: { email: { otp_length: "${N}" }, duo: { host: "${LONG}" } }\n'
    const env = { P: 'alway', N: '6', LONG: 'x'.repeat(10_001) }
    expect((await refusal({ files: { 'mfa-config.yaml': file }, env })).problems.map(p => p.message)).toEqual(
      [
        'policy: expected one of always, adaptive, never; what ${P} gives is something else.',
        'factors.email.otp_length: expected a whole number from 4 to 10; what ${N} gives is something else (a reference is always text).',
        'factors.duo.host: expected text of 1 to 10000 characters; what ${LONG} gives is something else.',
      ],
    )
  })
})

describe('with unset-ok', () => {
  it('what has no value is left out and known as such', async () => {
    const file = `policy: \${P}
factors:
  duo: { host: "\${H}", ikey: "\${file:gone}", skey: "x\${S}" }
  phone: { message_types: [sms, "\${T}"] }
`
    const given = { files: { 'mfa-config.yaml': file.replace('x${S}', '${S}') }, unsetOk: true }
    const config = await read(given)
    expect(Object.fromEntries(config.values)).toEqual({})
    for (const path of [
      'policy',
      HOST,
      'factors.duo.ikey',
      'factors.duo.skey',
      'factors.phone.message_types',
    ])
      expect(config.unresolved).toContain(path)
  })

  it('what has a value is resolved', async () => {
    expect(await hostOf('${ONE}', { env: { ONE: '1' }, unsetOk: true })).toBe('1')
  })

  it.each([
    ['a malformed reference', '${', 'A reference is not closed. Write $${ for a literal ${.'],
    [
      "a reference to the tool's own credentials",
      '${AUTH0_CLIENT_SECRET}',
      "AUTH0_CLIENT_SECRET holds this tool's own credentials, which no setting may send. Refer to another variable or file.",
    ],
  ])('%s is still an error', async (_, text, message) => {
    expect(await problemsIn(withHost(text, { unsetOk: true }))).toEqual([
      `mfa-config.yaml:3:5  ${HOST}  ${message}`,
    ])
  })

  it('everything else is still checked', async () => {
    const file = 'policy: ${P}\nfactors: { otp: 5, duo: { skey: literal } }'
    const { problems } = await refusal({ files: { 'mfa-config.yaml': file }, unsetOk: true })
    expect(problems.map(({ path }) => path)).toEqual(['factors.otp', 'factors.duo.skey'])
  })
})
