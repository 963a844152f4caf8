import { describe, expect, it } from 'vitest'
import { CHECKS } from '../../src/checks/catalogue.ts'
import { makeTenant } from '../support/api.ts'
import { type Circumstances, run } from '../support/cli.ts'
import { type Document, expectDocument } from '../support/documents.ts'
import { type Fault, startFaults } from '../support/faults.ts'
import { startTenant } from '../support/sandbox.ts'
import { everyValue, fileOf, KINDS, kindOf } from '../support/values.ts'

/** The document that a command line prints. */
async function printed(args: readonly string[], circumstances: Circumstances = {}): Promise<Document> {
  const { out } = await run([...args, '--json'], circumstances)
  return expectDocument(out)
}

describe.each(KINDS)('with every setting of a %s tenant', phone => {
  const { text, env } = fileOf(everyValue(0, phone))
  const other = fileOf(everyValue(1, phone))

  it.each([
    ['plan', []],
    ['plan', ['--write-secrets']],
    ['apply', ['--yes', '--snapshot', 'none']],
    ['apply', ['--yes', '--write-secrets']],
    ['doctor', []],
  ])('%s prints its document with %j', async (command, flags) => {
    const tenant = await startTenant(kindOf(phone))
    await makeTenant(tenant.url, everyValue(1, phone), phone)
    const allow = command === 'apply' ? CHECKS.flatMap(({ id }) => ['--allow', id]) : []
    const circumstances = { env: { ...env, ...tenant.env }, stdin: text }
    const document = await printed([command, '-c', '-', ...flags, ...allow], circumstances)
    expect(document).toMatchObject({ format: `mfa-config/${command}/1` })
  })

  it('show prints show/1', async () => {
    const tenant = await startTenant(kindOf(phone))
    await makeTenant(tenant.url, everyValue(0, phone), phone)
    expect(await printed(['show'], { env: tenant.env })).toMatchObject({
      format: 'mfa-config/show/1',
      unreadable: [],
    })
  })

  it('plan prints plan/1 where secrets alone differ', async () => {
    const tenant = await startTenant(kindOf(phone))
    await makeTenant(tenant.url, everyValue(0, phone), phone)
    const circumstances = { env: { ...other.env, ...tenant.env }, stdin: text }
    const { changes } = await printed(['plan', '-c', '-'], circumstances)
    expect(changes).toEqual(expect.arrayContaining([expect.objectContaining({ secret: true })]))
  })
})

it.each(CHECKS.map(({ id }) => [id]))('the explanation of %s is explain/1', async id => {
  expect(await printed(['validate', '--explain', id])).toMatchObject({ format: 'mfa-config/explain/1', id })
})

const NO_SUCH = 'policy: sometimes\nfactors:\n  otpp: true\n  email: { otp_length: 11 }\n'
const CREDENTIALS = { AUTH0_CLIENT_ID: 'client', AUTH0_CLIENT_SECRET: 'secret-of-the-client' }

describe('an error is error/1 whatever it is of:', () => {
  it.each<[string, string, readonly string[], Circumstances]>([
    ['a command that there is not', 'usage', ['plna'], {}],
    ['nothing but a flag', 'usage', ['--debug'], {}],
    ['a file that is not there', 'config_not_found', ['validate', '-c', 'other.yaml'], {}],
    ['several problems', 'config_invalid', ['validate', '-c', '-'], { stdin: NO_SUCH }],
    ['a file that does not parse', 'config_invalid', ['validate', '-c', '-'], { stdin: '{' }],
    ['an empty file', 'config_invalid', ['validate', '-c', '-'], { stdin: '' }],
    ['a file that is a list', 'config_invalid', ['validate', '-c', '-'], { stdin: '- otp' }],
    [
      'a problem in a file that is imported',
      'config_invalid',
      ['validate'],
      { files: { 'mfa-config.yaml': '$import: ./base.yaml', 'base.yaml': 'policy: sometimes' } },
    ],
    [
      'two files in one folder',
      'config_invalid',
      ['validate'],
      { files: { 'mfa-config.yaml': 'policy: never', 'mfa-config.json': '{}' } },
    ],
    [
      'a variable without a value',
      'reference_unset',
      ['validate', '-c', '-'],
      { stdin: 'factors: { duo: { skey: "${NOT_SET}" } }' },
    ],
    [
      'a file that is referred to',
      'reference_missing',
      ['validate', '-c', '-'],
      { stdin: 'factors: { duo: { skey: "${file:nowhere}" } }' },
    ],
    ['a tenant that nobody names', 'credentials_missing', ['plan', '-c', '-'], { stdin: 'policy: never' }],
    [
      'two tenants',
      'tenant_mismatch',
      ['plan', '-c', '-'],
      { stdin: 'tenant: a.example\npolicy: never', env: { ...CREDENTIALS, AUTH0_DOMAIN: 'b.example' } },
    ],
    [
      'a tenant that is not there',
      'unreachable',
      ['plan', '-c', '-'],
      { stdin: 'policy: never', env: { ...CREDENTIALS, AUTH0_DOMAIN: 'http://127.0.0.1:1' } },
    ],
    ['no port', 'usage', ['sandbox', '--port', 'many'], {}],
  ])('%s', async (_, code, args, circumstances) => {
    expect(await printed(args, circumstances)).toMatchObject({
      format: 'mfa-config/error/1',
      error: { code, message: expect.stringMatching(/[.?]$/) },
    })
  })

  const FACTORS = { method: 'GET', path: '/guardian/factors' } as const
  it.each<[string, string, Fault]>([
    [
      'credentials',
      'credentials_rejected',
      { method: 'POST', path: '/oauth/token', answer: answer(401, '{}') },
    ],
    ['a web page', 'api_error', { ...FACTORS, answer: answer(200, '<html>') }],
    ['too many requests', 'rate_limited', { ...FACTORS, answer: answer(429, '{"statusCode":429}') }],
    [
      'something that is switched off',
      'feature_disabled',
      { ...FACTORS, answer: answer(403, '{"message":"This endpoint is disabled for your tenant."}') },
    ],
    ['a lost connection', 'unreachable', { ...FACTORS, closed: true }],
  ])('%s', async (_, code, fault) => {
    const { env } = await startFaults(await startTenant(), [fault])
    const circumstances = { env, stdin: 'factors: { otp: true }' }
    expect(await printed(['plan', '-c', '-'], circumstances)).toMatchObject({
      format: 'mfa-config/error/1',
      error: { code },
    })
  })
})

function answer(status: number, body: string): { status: number; body: string } {
  return { status, body }
}

describe('what is not one whole document is none:', () => {
  const document =
    '{ "format": "mfa-config/error/1", "error": { "code": "usage", "message": "No.", "problems": [] } }'

  it('one is', () => {
    expect(expectDocument(`${document}\n`)).toMatchObject({ format: 'mfa-config/error/1' })
  })

  it.each([
    ['nothing', '', 'line end'],
    ['no line end', document, 'line end'],
    ['two line ends', `${document}\n\n`, 'line end'],
    ['two documents', `${document}\n${document}\n`, 'not one JSON document'],
    ['something before it', `Reading…\n${document}\n`, 'not one JSON document'],
    ['half of it', `${document.slice(0, 40)}\n`, 'not one JSON document'],
    ['a list of it', `[${document}]\n`, 'it is no object'],
    ['null', 'null\n', 'it is no object'],
    ['no format', '{}\n', 'there is no schema for the format undefined'],
    [
      'a format of later',
      '{ "format": "mfa-config/error/2" }\n',
      'no schema for the format "mfa-config/error/2"',
    ],
    ['what does not fit', '{ "format": "mfa-config/error/1" }\n', "/ must have required property 'error'"],
  ])('%s', (_, text, reason) => {
    expect(() => expectDocument(text)).toThrow(reason)
  })
})
