import { linkSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyState, startSandbox } from '../../src/sandbox/server.ts'
import { startTenant, type TestTenant, temporaryFolder } from './support/tenant.ts'

const push = '/guardian/factors/push-notification/providers'
const twilio = '/guardian/factors/phone/providers/twilio'
const duo = '/guardian/factors/duo/settings'
const secrets = {
  auth_token: 'hush-twilio',
  skey: 'hush-duo',
  p12: 'aHVzaC1hcG5z',
  aws_secret_access_key: 'hush-sns',
  server_key: 'hush-fcm',
  server_credentials: '{"key":"hush-fcmv1"}',
  provider_token: 'hush-provider',
  api_key: 'hush-mandrill',
}

async function writeSecrets(tenant: TestTenant): Promise<void> {
  const { auth_token, skey, p12, aws_secret_access_key, server_key, server_credentials } = secrets
  const configuration = { sid: 'sid', default_from: '+1', delivery_methods: ['text'] }
  await tenant.put(twilio, { sid: 'sid', auth_token })
  await tenant.put(duo, { ikey: 'ikey', skey, host: 'host' })
  await tenant.put(`${push}/apns`, { bundle_id: 'b', sandbox: false, p12 })
  await tenant.put(`${push}/sns`, { aws_region: 'eu-west-1', aws_secret_access_key })
  await tenant.put(`${push}/fcm`, { server_key })
  await tenant.put(`${push}/fcmv1`, { server_credentials })
  await tenant.post('/branding/phone/providers', {
    name: 'twilio',
    configuration,
    credentials: { auth_token: secrets.provider_token },
  })
  await tenant.post('/emails/provider', { name: 'mandrill', credentials: { api_key: secrets.api_key } })
}

const statePath = () => join(temporaryFolder(), 'deep', 'er', 'sandbox.json')

describe('without a state file', () => {
  test('every sandbox is a fresh tenant', async () => {
    const first = await startTenant()
    await first.put('/guardian/policies', ['all-applications'])
    const second = await startTenant()
    expect((await second.get('/guardian/policies')).body).toEqual([])
  })
})

describe('with a state file', () => {
  test('settings outlive the sandbox, the readable secrets among them', async () => {
    const state = statePath()
    const first = await startTenant({ state })
    await first.put('/guardian/policies', ['all-applications'])
    await writeSecrets(first)
    await first.close()
    const second = await startTenant({ state })
    expect((await second.get('/guardian/policies')).body).toEqual(['all-applications'])
    expect((await second.get(twilio)).body).toMatchObject({ sid: 'sid', auth_token: secrets.auth_token })
    expect((await second.get(duo)).body).toEqual({ ikey: 'ikey', skey: secrets.skey, host: 'host' })
    expect((await second.get(`${push}/apns`)).body).toEqual({ bundle_id: 'b', sandbox: false, enabled: true })
  })

  test('what has an id outlives the sandbox with its id, and credentials with it', async () => {
    const state = statePath()
    const paths = ['providers', 'templates'].map(name => `/branding/phone/${name}`)
    const first = await startTenant({ state })
    await writeSecrets(first)
    await first.post('/branding/phone/templates', { type: 'otp_verify', content: { body: { text: 'a' } } })
    await first.post('/custom-domains', { domain: 'login.acme.com', type: 'self_managed_certs' })
    const texts = async (tenant: TestTenant) => {
      const templates = JSON.parse((await tenant.get(`${paths[1]}`)).text).templates
      const created = templates.filter((template: { id?: string }) => template.id !== undefined)
      const others = [`${paths[0]}`, '/custom-domains', '/emails/provider?fields=name,credentials']
      return [
        JSON.stringify(created),
        ...(await Promise.all(others.map(async at => (await tenant.get(at)).text))),
      ]
    }
    const before = await texts(first)
    await first.close()
    const second = await startTenant({ state })
    expect(await texts(second)).toEqual(before)
    expect(before[0]).toMatch(/"id":"tem_/)
    const { id } = JSON.parse(before[1] ?? '').providers[0]
    await second.patch(`/branding/phone/providers/${id}`, { disabled: true })
    const kept = JSON.parse(readFileSync(state, 'utf8')).settings
    expect(kept['/branding/phone/providers'][id]).toMatchObject({
      disabled: true,
      credentials: { auth_token: true },
    })
    expect(kept['/emails/provider'].credentials).toEqual({ api_key: true })
  })

  test('no secret stands in the clear in any file', async () => {
    const state = statePath()
    await writeSecrets(await startTenant({ state }))
    const folder = join(state, '..')
    expect(readdirSync(folder).sort()).toEqual(['sandbox.json', 'sandbox.json.key'])
    const text = readdirSync(folder)
      .map(name => readFileSync(join(folder, name), 'utf8'))
      .join()
    for (const secret of Object.values(secrets)) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(JSON.stringify(secret))
      expect(text).not.toContain(Buffer.from(secret).toString('base64'))
    }
    expect(text).not.toContain('hush')
    expect(text).toContain('ikey')
  })

  test('the files are readable by their owner alone', async () => {
    const state = statePath()
    await writeSecrets(await startTenant({ state }))
    const mode = (path: string) => statSync(path).mode & 0o777
    expect([mode(state), mode(`${state}.key`), mode(join(state, '..')), mode(join(state, '../..'))]).toEqual([
      0o600, 0o600, 0o700, 0o700,
    ])
  })

  test('nothing is written before the first write, and nothing by one that is refused', async () => {
    const state = statePath()
    const tenant = await startTenant({ state })
    await tenant.get('/guardian/factors')
    await tenant.put('/guardian/policies', ['never'])
    expect(() => statSync(state)).toThrow('ENOENT')
  })

  test('a write puts a new file in place of the old one', async () => {
    const state = statePath()
    const tenant = await startTenant({ state })
    await tenant.put('/guardian/policies', ['all-applications'])
    const before = readFileSync(state, 'utf8')
    linkSync(state, `${state}.before`)
    await tenant.put('/guardian/policies', [])
    expect(readFileSync(`${state}.before`, 'utf8')).toBe(before)
    expect(readFileSync(state, 'utf8')).not.toBe(before)
  })

  test('two sandboxes on one file see, and lose, nothing of each other', async () => {
    const state = statePath()
    const tenants = [await startTenant({ state }), await startTenant({ state })] as const
    const names = [
      'sms',
      'push-notification',
      'otp',
      'email',
      'duo',
      'webauthn-roaming',
      'webauthn-platform',
      'recovery-code',
    ]
    const writes = names.flatMap((name, index) => [
      tenants[index % 2 === 0 ? 0 : 1].put(`/guardian/factors/${name}`, { enabled: true }),
      tenants[index % 2 === 0 ? 1 : 0].put(twilio, { sid: name, auth_token: name }),
    ])
    for (const { status } of await Promise.all(writes)) expect(status).toBe(200)
    for (const tenant of tenants) {
      const { body } = await tenant.get('/guardian/factors')
      expect(body).toEqual(names.map(name => ({ name, enabled: true, trial_expired: false })))
    }
    expect((await tenants[0].get(twilio)).text).toBe((await tenants[1].get(twilio)).text)
    expect(readdirSync(join(state, '..')).sort()).toEqual(['sandbox.json', 'sandbox.json.key'])
  })

  test('emptied, it is a fresh tenant, for a running sandbox too', async () => {
    const state = statePath()
    const tenant = await startTenant({ state })
    await writeSecrets(tenant)
    emptyState(state)
    expect(readdirSync(join(state, '..'))).toEqual([])
    expect((await tenant.get(twilio)).body).toEqual({})
    await writeSecrets(tenant)
    expect((await tenant.get(twilio)).body).toMatchObject({ auth_token: secrets.auth_token })
    expect(() => emptyState(statePath())).not.toThrow()
  })
})

describe('a state file that cannot be used', () => {
  test.each([
    ['', 'it is not JSON'],
    ['{"format":', 'it is not JSON'],
    ['[]', 'it is not of the format mfa-config/sandbox/1'],
    ['{"format":"mfa-config/sandbox/2","settings":{}}', 'it is not of the format mfa-config/sandbox/1'],
    [
      '{"format":"mfa-config/sandbox/1","settings":{"/guardian/policies":[]}}',
      'it is not of the format mfa-config/sandbox/1',
    ],
  ])('such as %j stops the start with what to do', async (text, why) => {
    const state = join(temporaryFolder(), 'sandbox.json')
    writeFileSync(state, text)
    await expect(startSandbox({ state })).rejects.toThrow(
      `The sandbox cannot use its state file ${state}: ${why}. Start it with --reset to begin afresh.`,
    )
    emptyState(state)
    expect((await (await startTenant({ state })).get('/guardian/policies')).status).toBe(200)
  })

  test('such as a folder is named', async () => {
    const state = temporaryFolder()
    await expect(startSandbox({ state })).rejects.toThrow(
      `The sandbox cannot use its state file ${state}: EISDIR`,
    )
  })

  test.each([
    ['without its key', (state: string) => rmSync(`${state}.key`)],
    [
      'with another key',
      (state: string) => writeFileSync(`${state}.key`, Buffer.alloc(32).toString('base64')),
    ],
    [
      'with a secret moved to another setting',
      (state: string) => {
        writeFileSync(
          state,
          readFileSync(state, 'utf8').replaceAll('"skey"', '"x"').replaceAll('"auth_token"', '"skey"'),
        )
      },
    ],
  ])('%s is refused', async (_, spoil) => {
    const state = statePath()
    await writeSecrets(await startTenant({ state }))
    spoil(state)
    await expect(startSandbox({ state })).rejects.toThrow(
      `its secrets cannot be opened with the key in ${state}.key`,
    )
  })

  test('while the sandbox runs is an error of the server, and is not overwritten', async () => {
    const state = statePath()
    const tenant = await startTenant({ state })
    await tenant.put('/guardian/policies', [])
    writeFileSync(state, 'broken')
    expect(await tenant.put('/guardian/policies', [])).toMatchObject({
      status: 500,
      body: { statusCode: 500, message: expect.stringContaining(`${state}: it is not JSON`) },
    })
    expect(readFileSync(state, 'utf8')).toBe('broken')
  })
})
