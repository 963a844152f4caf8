import { describe, expect, it } from 'vitest'
import { CHECKS } from '../../src/checks/catalogue.ts'
import { json, run } from '../support/cli.ts'

const file = 'mfa-config.yaml'

const LOCKED_OUT = `policy: always
factors: { otp: false, phone: false, push-notification: false, webauthn-roaming: false, duo: false }
`

describe('validate', () => {
  it('says that a file is valid', async () => {
    const outcome = await run(['validate'], { files: { [file]: 'policy: always\nfactors: { otp: true }\n' } })
    expect(outcome).toMatchObject({ code: 0, out: 'mfa-config.yaml: valid.\n', err: '', requests: [] })
  })

  it('sends nothing, whatever credentials there are', async () => {
    const env = { AUTH0_DOMAIN: 'acme.eu.auth0.com', AUTH0_CLIENT_ID: 'x', AUTH0_CLIENT_SECRET: 'y' }
    expect(await run(['validate'], { files: { [file]: 'policy: never' }, env })).toMatchObject({
      code: 0,
      requests: [],
    })
  })

  it('is one document with --json', async () => {
    const outcome = await run(['validate', '--json'], { files: { [file]: 'policy: never' } })
    expect(outcome).toMatchObject({ code: 0, err: '' })
    expect(json(outcome)).toEqual({
      format: 'mfa-config/validate/1',
      file,
      environment: null,
      findings: [],
      summary: { errors: 0, confirms: 0, warnings: 0 },
    })
  })

  it('exits with 0 on a warning, and tells it', async () => {
    const files = { [file]: 'policy: always\nfactors: { otp: true, recovery-code: false }\n' }
    const outcome = await run(['validate'], { files })
    expect(outcome.code).toBe(0)
    expect(outcome.out).toMatch(/ ! F06 {2}.+\n\nmfa-config\.yaml: valid, 1 warning\.\n$/)
    expect(json(await run(['validate', '--json'], { files }))).toMatchObject({
      findings: [
        { check: 'F06', severity: 'warning', path: 'factors.recovery-code.enabled', allowed: false },
      ],
      summary: { errors: 0, confirms: 0, warnings: 1 },
    })
  })

  it('exits with 3 on an error', async () => {
    const outcome = await run(['validate'], { files: { [file]: LOCKED_OUT } })
    expect(outcome).toMatchObject({ code: 3, err: '', requests: [] })
    expect(outcome.out).toMatch(/ ✗ F01 {2}.+\n\nmfa-config\.yaml: stopped by a check, 1 error\.\n$/)
  })

  it('exits with 3 on an error as JSON, too', async () => {
    const outcome = await run(['validate', '--json'], { files: { [file]: LOCKED_OUT } })
    expect(outcome).toMatchObject({ code: 3, err: '', requests: [] })
    expect(json(outcome)).toEqual({
      format: 'mfa-config/error/1',
      error: {
        code: 'check_failed',
        message: 'mfa-config.yaml asks for something that a check stops.',
        problems: [],
      },
      findings: [
        {
          check: 'F01',
          severity: 'error',
          path: 'policy',
          message: expect.stringContaining('locked out'),
          allowed: false,
        },
      ],
    })
  })

  it('does not let a file accept an error', async () => {
    const files = { [file]: `allow: [F01]\n${LOCKED_OUT}` }
    expect(await run(['validate'], { files })).toMatchObject({ code: 3 })
  })

  it('lets a file accept a warning, and still shows it', async () => {
    const files = { [file]: 'policy: always\nfactors: { otp: true, recovery-code: false }\nallow: [F06]\n' }
    const outcome = await run(['validate', '--json'], { files })
    expect(json(outcome)).toMatchObject({ findings: [{ check: 'F06', allowed: true }] })
    expect((await run(['validate'], { files })).out).toContain('(accepted)')
  })
})

describe('validate --unset-ok', () => {
  const files = { [file]: 'policy: ${POLICY}\nfactors: { duo: { skey: "${file:gone}" } }\n' }

  it('goes on where references have no value', async () => {
    expect(await run(['validate'], { files })).toMatchObject({ code: 1, out: '' })
    expect(await run(['validate', '--unset-ok'], { files })).toMatchObject({
      code: 0,
      out: 'mfa-config.yaml: valid.\n',
      err: '',
    })
  })

  it('still finds what is wrong otherwise', async () => {
    const outcome = await run(['validate', '--unset-ok', '--json'], {
      files: { [file]: `${files[file]}session: { remember_me_default_value: 1 }\n` },
    })
    expect(json(outcome)).toMatchObject({
      error: {
        code: 'config_invalid',
        problems: [{ path: 'session.remember_me_default_value', file, line: 3, column: 12 }],
      },
    })
  })

  it('judges only what is known', async () => {
    const lockedOut = LOCKED_OUT.replace('policy: always', 'policy: ${POLICY}')
    expect(await run(['validate', '--unset-ok'], { files: { [file]: lockedOut } })).toMatchObject({ code: 0 })
    const env = { POLICY: 'always' }
    expect(await run(['validate', '--unset-ok'], { files: { [file]: lockedOut }, env })).toMatchObject({
      code: 3,
    })
  })

  it('is not for plan', async () => {
    expect(await run(['plan', '--unset-ok'], { files })).toMatchObject({
      code: 1,
      err: "Error: Unknown option '--unset-ok'. See mfa-config plan --help.\n",
    })
  })
})

describe('validate --explain', () => {
  it.each(CHECKS.map(({ id, title }) => [id, title]))('%s, without any file', async (id, title) => {
    const outcome = await run(['validate', '--explain', id])
    expect(outcome).toMatchObject({ code: 0, err: '', requests: [] })
    expect(outcome.out).toMatch(new RegExp(`^${id} `))
    expect(outcome.out).toContain(title)
    expect(outcome.out).toContain('What to do: ')
  })
})

describe('--env-file', () => {
  const files = {
    [file]: 'factors: { duo: { host: "${HOST}" } }',
    'dev.env': '# Local.\nHOST="${not a reference}"\nPOLICY=always\n',
  }

  it('gives variables to references', async () => {
    expect(await run(['validate'], { files })).toMatchObject({ code: 1 })
    expect(await run(['validate', '--env-file', 'dev.env'], { files })).toMatchObject({ code: 0, err: '' })
  })

  it('gives them with a byte order mark, too', async () => {
    const marked = { ...files, 'dev.env': '\uFEFFHOST=duo.acme.com\n' }
    expect(await run(['validate', '--env-file', 'dev.env'], { files: marked })).toMatchObject({ code: 0 })
  })

  it('loses against a variable that is set', async () => {
    const given = { files: { ...files, [file]: 'policy: ${POLICY}' }, env: { POLICY: 'whenever' } }
    expect(await run(['validate', '--env-file', 'dev.env'], given)).toMatchObject({ code: 1 })
    expect(await run(['validate', '--env-file', 'dev.env'], { files: given.files })).toMatchObject({
      code: 0,
    })
  })

  it('gives the domain and the credentials', async () => {
    const env = 'AUTH0_DOMAIN=other.eu.auth0.com\nAUTH0_CLIENT_ID=x\nAUTH0_CLIENT_SECRET=y\n'
    const outcome = await run(['plan', '--env-file', '.env', '--json'], {
      files: { [file]: 'tenant: acme.eu.auth0.com', '.env': env },
    })
    expect(json(outcome)).toMatchObject({ error: { code: 'tenant_mismatch' } })
    expect(outcome.requests).toEqual([])
  })
})

it('tells a finding with its place in the file', async () => {
  const outcome = await run(['validate'], {
    files: { [file]: 'policy: never\nfactors:\n  phone: { enabled: true, message_types: [] }\n' },
  })
  expect(outcome.out).toMatch(new RegExp(`^ {2}✗ H02 {2}${file}:3:\\d+ {2}phone is on`, 'm'))
})
