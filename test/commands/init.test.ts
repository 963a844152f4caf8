import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { presetNames } from '../../src/init/presets.ts'
import { foundIn } from '../secrets/support/search.ts'
import { type Circumstances, emptyFolder, json, run } from '../support/cli.ts'
import { expectDocument } from '../support/documents.ts'
import { startTenant } from '../support/sandbox.ts'

/** Runs `init` in a new folder, or in one that is there. */
async function init(args: readonly string[], circumstances: Circumstances = {}) {
  const cwd = circumstances.cwd ?? emptyFolder()
  const outcome = await run(['init', ...args], { ...circumstances, cwd })
  return { ...outcome, cwd, written: (name = 'mfa-config.yaml') => readFileSync(join(cwd, name), 'utf8') }
}

/** The text of a file without the line for editors. */
const body = (text: string): string => text.replace(/^# yaml-language-server: .*\n/, '')

const PRESETS = await presetNames()

describe('init --preset', () => {
  test.each(PRESETS)('%s makes a file that validates, and plans', async preset => {
    const { code, out, err, cwd, written, requests } = await init(['--preset', preset])
    expect({ code, err, requests }).toEqual({ code: 0, err: '', requests: [] })
    expect(out).toBe(`mfa-config.yaml is written, from the preset ${preset}.

Look at it, then see what it would change: mfa-config plan
`)
    expect(written()).toMatch(
      /^# yaml-language-server: \$schema=https:\/\/\S+\/schemas\/config\.json\n\n# \S/,
    )
    expect(written().match(/yaml-language-server/g)).toHaveLength(1)
    expect(readdirSync(cwd)).toEqual(['mfa-config.yaml'])
    expect((await run(['validate', '--unset-ok'], { cwd })).code).toBe(0)
    const variables = [...written().matchAll(/\$\{([A-Z_0-9]+)\}/g)].map(([, name = '']) => [name, 'x'])
    const files = [...written().matchAll(/\$\{file:([^}]+)\}/g)].map(([, name = '']) => [name, 'x'])
    const planned = await run(['plan', '--domain', 'sandbox', '--json'], {
      cwd,
      env: Object.fromEntries(variables),
      files: Object.fromEntries(files),
    })
    expect(json(planned)).toMatchObject({ format: 'mfa-config/plan/1' })
  })

  test('--domain pins it to that tenant, and the sandbox to none', async () => {
    const pinned = await init(['--preset', 'recommended', '--domain', 'https://acme.eu.auth0.com/'])
    expect(pinned.written()).toMatch(/\n# Any other tenant is refused .*\ntenant: acme\.eu\.auth0\.com\n\n/)
    const validated = await run(['validate', '--json'], { cwd: pinned.cwd })
    expect(validated.code).toBe(0)
    const wrong = await run(['plan', '--json'], {
      cwd: pinned.cwd,
      env: { AUTH0_DOMAIN: 'other.eu.auth0.com' },
    })
    expect(json(wrong)).toMatchObject({ error: { code: 'tenant_mismatch' } })

    const free = await init(['--preset', 'recommended', '--domain', 'sandbox'])
    expect(free.written()).not.toMatch(/^tenant:/m)
    const bad = await init(['--preset', 'recommended', '--domain', 'x/y'])
    expect(bad).toMatchObject({ code: 1, err: expect.stringMatching(/^Error: --domain is "x\/y"/) })
    expect(readdirSync(bad.cwd)).toEqual([])
  })

  test('of a name that there is not is a usage error, with the closest', async () => {
    expect((await init(['--preset', 'recomended'])).err).toBe(
      'Error: There is no preset recomended. Did you mean recommended?\n',
    )
    expect((await init(['--preset', 'x'])).err).toBe(
      `Error: There is no preset x. There are ${PRESETS.join(', ')}.\n`,
    )
    expect((await init(['--preset', '../package'])).code).toBe(1)
  })

  test('names the schema of the package where that is installed', async () => {
    const cwd = emptyFolder()
    const files = { 'node_modules/mfa-config/schemas/config.json': '{}' }
    const { written } = await init(['--preset', 'minimal'], { cwd, files })
    expect(written()).toMatch(
      /^# yaml-language-server: \$schema=\.\/node_modules\/mfa-config\/schemas\/config\.json\n/,
    )
    const deeper = await init(['--preset', 'minimal', '--out', 'config/mfa.yaml'], {
      cwd,
      files: { 'config/x': '' },
    })
    expect(deeper.written('config/mfa.yaml')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/node_modules\/mfa-config\/schemas\/config\.json\n/,
    )
  })
})

describe('init --from-tenant', () => {
  async function tenantWithMfa() {
    const tenant = await startTenant()
    await tenant.put('/guardian/factors/otp', { enabled: true })
    await tenant.put('/guardian/policies', ['all-applications'])
    await tenant.put('/guardian/factors/phone/providers/twilio', {
      sid: 'AC1',
      from: '+1555',
      auth_token: 'Hush-Hush-83hFzKq',
    })
    return tenant
  }

  test('makes a file of which the plan is empty, without any secret', async () => {
    const tenant = await tenantWithMfa()
    const { code, cwd, written, out, err } = await init(['--from-tenant'], { env: tenant.env })
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^mfa-config\\.yaml is written, from ${new URL(tenant.url).host}\\.\n`))
    expect(written()).toMatch(/^# yaml-language-server: /)
    expect(foundIn(written() + out + err, { token: 'Hush-Hush-83hFzKq' })).toEqual([])
    const plan = await run(['plan', '--json', '--detailed-exitcode'], { cwd, env: tenant.env })
    expect(plan.code).toBe(0)
    expect(json(plan)).toMatchObject({ changes: [], requests: [] })
  })

  test('tells what it cannot read', async () => {
    const tenant = await startTenant({ plan: 'free' })
    const { code, out } = await init(['--from-tenant'], { env: tenant.env })
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}- risk\S* is not in it: /m)
  })

  test('takes the tenant and the credentials of an environment of a file', async () => {
    const tenant = await tenantWithMfa()
    const file = `environments: { prod: { tenant: "${tenant.url}", credentials: { access_token: "\${T}" }, factors: { duo: { host: "\${GONE}" } } } }`
    const files = { 'given.yaml': file }
    const flags = ['--from-tenant', '-c', 'given.yaml', '--env', 'prod', '--out', 'prod.yaml']
    const { code, written, requests } = await init(flags, { files, env: { T: 'token' } })
    expect(code).toBe(0)
    expect(requests).not.toContain('POST /oauth/token')
    expect(written('prod.yaml')).toContain('policy: always')
  })

  test('writes nothing where the tenant cannot be read', async () => {
    const { code, cwd, err } = await init(['--from-tenant'])
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('Which tenant?') })
    expect(readdirSync(cwd)).toEqual([])
  })

  test('on the sandbox', async () => {
    const { code, cwd } = await init(['--from-tenant', '--domain', 'sandbox'])
    expect(code).toBe(0)
    expect((await run(['plan', '--domain', 'sandbox', '--detailed-exitcode'], { cwd })).code).toBe(0)
  })
})

describe('init --from', () => {
  const EXPORT = `guardianFactors:
  - { name: otp, enabled: true }
  - { name: sms, enabled: false }
guardianPolicies: { policies: [all-applications] }
clients: []
`

  test('makes a file of a Deploy CLI export that validates, and plans', async () => {
    const { code, out, cwd, written } = await init(['--from', 'tenant.yaml'], {
      files: { 'tenant.yaml': EXPORT },
    })
    expect(code).toBe(0)
    expect(out).toMatch(/^mfa-config\.yaml is written, from tenant\.yaml\.\n/)
    expect(written()).toMatch(/^policy: always$/m)
    expect((await run(['validate'], { cwd })).code).toBe(0)
    const plan = await run(['plan', '--domain', 'sandbox', '--json'], { cwd })
    expect(json(plan).changes).toContainEqual({ path: 'factors.otp.enabled', before: false, after: true })
  })

  test('something that is none is an error', async () => {
    expect((await init(['--from', 'gone.yaml'])).err).toBe('Error: There is no file or folder gone.yaml.\n')
    const { code, cwd } = await init(['--from', 'x.yaml'], { files: { 'x.yaml': 'a: 1' } })
    expect(code).toBe(1)
    expect(readdirSync(cwd)).toEqual(['x.yaml'])
  })
})

describe('what to start from', () => {
  test('is asked at a terminal', async () => {
    const { code, questions, written } = await init([], { choices: ['minimal'] })
    expect({ code, questions }).toEqual({ code: 0, questions: ['What should the file start from?'] })
    const preset = await init(['--preset', 'minimal'])
    expect(written()).toBe(preset.written())
  })

  test('and can be the tenant', async () => {
    const tenant = await startTenant()
    const { code, out } = await init([], { choices: [' '], env: tenant.env })
    expect(code).toBe(0)
    expect(out).toContain(`from ${new URL(tenant.url).host}`)
  })

  test('has to be said where there is none', async () => {
    const { code, err, cwd } = await init([])
    expect(code).toBe(1)
    expect(err).toBe(
      `Error: What to start from? --preset NAME (${PRESETS.join(', ')}), --from-tenant, or --from PATH for a Deploy CLI export.\n`,
    )
    expect(readdirSync(cwd)).toEqual([])
  })

  test.each([
    ['--preset', 'minimal', '--from-tenant'],
    ['--preset', 'minimal', '--from', 'x.yaml'],
    ['--from-tenant', '--from', 'x.yaml'],
  ])('is one thing: %s %s %s', async (...flags) => {
    expect((await init(flags)).err).toBe(
      'Error: A file is made of one thing: give one of --preset, --from and --from-tenant.\n',
    )
  })
})

describe('a file that is there', () => {
  const files = { 'mfa-config.yaml': 'policy: never\n' }

  test('is not replaced, and nothing is asked first', async () => {
    for (const given of [['--preset', 'minimal'], ['--from-tenant'], []]) {
      const { code, err, written, questions } = await init(given, { files, choices: ['minimal'] })
      expect({ code, questions }).toEqual({ code: 1, questions: [] })
      expect(err).toContain(
        'There is a file mfa-config.yaml already. Name another with --out, or replace it with --force.',
      )
      expect(written()).toBe(files['mfa-config.yaml'])
    }
  })

  test('is replaced with --force', async () => {
    const { code, written, cwd } = await init(['--preset', 'minimal', '--force'], { files })
    expect(code).toBe(0)
    expect(body(written())).toContain('policy: always')
    expect(readdirSync(cwd)).toEqual(['mfa-config.yaml'])
    expect(statSync(join(cwd, 'mfa-config.yaml')).mode & 0o777).toBe(0o644)
  })

  test('of another name that is found by itself is in the way of a second one', async () => {
    for (const [name, text] of [
      ['mfa-config.json', '{}'],
      ['.mfa-configrc', 'policy: never'],
      ['package.json', '{ "mfa-config": {} }'],
    ] as const) {
      const { code, err, cwd } = await init(['--preset', 'minimal', '--force'], { files: { [name]: text } })
      expect({ code, err }).toEqual({
        code: 1,
        err: expect.stringContaining(`There is a configuration here already: ${join(cwd, name)}.`),
      })
      expect(readdirSync(cwd)).toEqual([name])
      expect(await init(['--preset', 'minimal', '--out', 'other.yaml'], { cwd })).toMatchObject({
        code: 0,
        out: expect.stringContaining('mfa-config plan -c other.yaml\n'),
      })
    }
  })

  test('cannot be one that cannot be written', async () => {
    const { code, err } = await init(['--preset', 'minimal', '--out', 'nowhere/x.yaml'])
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^Error: nowhere\/x\.yaml cannot be written: /),
    })
  })
})

describe('how it is told', () => {
  test('as JSON', async () => {
    const { out, written } = await init(['--preset', 'minimal', '--json'])
    expect(expectDocument(out)).toEqual({
      format: 'mfa-config/init/1',
      file: 'mfa-config.yaml',
      source: 'the preset minimal',
      notes: [],
    })
    expect(written()).toContain('policy: always')
  })

  test('--out - prints the file alone, and what is left to do on standard error', async () => {
    const { code, out, err, cwd } = await init(['--preset', 'minimal', '--out', '-'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const preset = await init(['--preset', 'minimal'])
    expect(out).toBe(preset.written())
    expect(readdirSync(cwd)).toEqual([])
    expect((await run(['validate', '-c', '-'], { stdin: out })).code).toBe(0)

    const tenant = await startTenant({ plan: 'free' })
    const printed = await init(['--from-tenant', '--out', '-'], { env: tenant.env })
    expect(printed.err).toMatch(/^risk\S* is not in it: /m)
    // It is printed beside a file that is there, too.
    const beside = await init(['--preset', 'minimal', '--out', '-'], {
      files: { 'mfa-config.yaml': 'policy: never' },
    })
    expect(beside).toMatchObject({ code: 0 })
  })

  test('--out - and JSON do not go together', async () => {
    const { code, out } = await init(['--preset', 'minimal', '--out', '-', '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'usage' } })
  })
})
