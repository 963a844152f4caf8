import { describe, expect, test } from 'vitest'
import { wantedOf } from '../../src/plan/wanted.ts'
import { CATALOGUES, ENTRIES } from '../../src/settings/catalogue.ts'
import type { Value } from '../../src/settings/field.ts'
import type { PhoneExperience } from '../../src/settings/phone-experience.ts'
import { pathOf, type Setting } from '../../src/settings/setting.ts'
import type { Api } from '../../src/tenant/api.ts'
import { apiAt, makeTenant } from '../support/api.ts'
import { startFaults } from '../support/faults.ts'
import { startTenant, type TestTenant } from '../support/sandbox.ts'
import { everyValue, KINDS, kindOf, samplesOf } from '../support/values.ts'

const settings = CATALOGUES.legacy.settings.map(setting => [titleOf(setting), setting] as const)
const readable = settings.filter(([, { read }]) => read)
/** The same with the kind of the tenant, for each kind. */
const ofKinds = KINDS.flatMap(phone =>
  CATALOGUES[phone].settings.map(setting => [titleOf(setting), phone, setting] as const),
)
const readableOfKinds = ofKinds.filter(([, , { read }]) => read)

function titleOf({ at, fields, write }: Setting): string {
  return `${at || 'policy'} (${Object.keys(fields).join(', ')}; ${write.path})`
}

function sampleOf(setting: Setting, name: string, nth: 0 | 1 = 0): Value {
  const phone = KINDS.find(kind => CATALOGUES[kind].settings.includes(setting))
  const entry = ENTRIES.find(({ path }) => path === pathOf(setting, name))
  if (!entry) throw new Error(`${name} is no field.`)
  return samplesOf(entry, phone)[nth]
}

function samplesFor(setting: Setting, nth: 0 | 1 = 0): Record<string, Value> {
  return Object.fromEntries(namesIn(setting).map(name => [name, sampleOf(setting, name, nth)]))
}

/** Fields that a file can name. */
function namesIn({ fields }: Setting): string[] {
  return Object.keys(fields).filter(name => !fields[name]?.derived)
}

/** A provider of the unified phone is refused without an account and a sender, so that one field alone needs one. */
function isRefusedInPart({ write }: Setting): boolean {
  return write.path === '/branding/phone/providers'
}

/** The values of a reading that a file can name. */
function valuesOf(setting: Setting, answer: unknown): Record<string, Value> {
  const { values } = setting.decode(answer)
  return Object.fromEntries(Object.entries(values).filter(([name]) => !setting.fields[name]?.derived))
}

/** Writes some values of a setting over what a tenant has. */
async function write(api: Api, setting: Setting, values: Record<string, Value>): Promise<void> {
  const before = setting.read && setting.decode(await setting.read.get(api))
  await setting.send(api, setting.request(before, values))
}

describe('every path of the file', () => {
  test('belongs to one field', () => {
    const paths = CATALOGUES.legacy.settings.flatMap(setting =>
      Object.keys(setting.fields).map(name => pathOf(setting, name)),
    )
    expect(new Set(paths).size).toBe(paths.length)
    const own = CATALOGUES.unified.entries.filter(({ field }) => !field.derived).map(({ path }) => path)
    // Whatever one kind of tenant has and the other has not, the file has words for both.
    expect(ENTRIES.map(({ path }) => path).sort()).toEqual([...new Set([...paths, ...own])].sort())
    expect(own.filter(path => !paths.includes(path))).toEqual([
      'factors.phone.templates.enrollment_message.voice',
      'factors.phone.templates.verification_message.voice',
    ])
    expect(paths.filter(path => !own.includes(path))).toEqual([])
  })

  test('is of factors in their order, the switch first, and the policy comes last', () => {
    const paths = ENTRIES.map(({ path }) => path)
    const switches = paths.filter(path => path.endsWith('.enabled') && path.split('.').length === 3)
    expect(switches.map(path => path.split('.')[1])).toEqual([
      'otp',
      'phone',
      'push-notification',
      'webauthn-roaming',
      'duo',
      'email',
      'webauthn-platform',
      'recovery-code',
    ])
    for (const path of switches) {
      const own = paths.filter(other => other.startsWith(path.replace(/enabled$/, '')))
      expect(paths.slice(paths.indexOf(path), paths.indexOf(path) + own.length)).toEqual(own)
      expect(own[0]).toBe(path)
    }
    expect(paths.at(-1)).toBe('policy')
  })

  test.each(ENTRIES.map(entry => [entry.path, entry] as const))(
    'is described, and has an example and a default that the file takes: %s',
    (_, { field }) => {
      expect(field.description).toMatch(/\w$|\)$/)
      if (field.default !== undefined) expect(field.schema.safeParse(field.default).success).toBe(true)
      const isReference = typeof field.example === 'string' && field.example.includes('${')
      if (!isReference) expect(field.schema.safeParse(field.example).success).toBe(true)
      if (field.secret) expect(isReference).toBe(true)
      if (field.writeOnly) expect(field.secret).toBe(true)
    },
  )

  test.each(ENTRIES.map(entry => [entry.path, entry] as const))(
    'has values that are normalised already once they are: %s',
    (_, entry) => {
      for (const value of samplesOf(entry)) expect(entry.field.schema.parse(value)).toEqual(value)
    },
  )
})

describe('a setting', () => {
  test.each(readableOfKinds)(
    'is read with one GET of the path that it tells: %s, %s',
    async (_, phone, setting) => {
      const { url, seen } = await startFaults(await startTenant(kindOf(phone)))
      await setting.read?.get(await apiAt(url))
      expect(seen).toEqual([{ method: 'GET', path: setting.read?.path, body: undefined }])
    },
  )

  test.each(ofKinds)(
    'is written with one request, of the method, path and a scope that it tells: %s, %s',
    async (_, phone, setting) => {
      const { url, seen } = await startFaults(await startTenant(kindOf(phone)))
      const api = await apiAt(url)
      const request = setting.request(undefined, samplesFor(setting))
      await setting.send(api, request)
      expect(seen.map(({ method, path }) => ({ method, path }))).toEqual([
        { method: request.method, path: setting.write.path },
      ])
      expect(request.path).toBe(setting.write.path)
      expect(setting.write.scopes).toContain(request.scope)
    },
  )

  test.each(readableOfKinds)(
    'that is new has what was written, and nothing before: %s, %s',
    async (_, phone, setting) => {
      const api = await apiAt((await startTenant(kindOf(phone))).url)
      const fresh = setting.decode(await setting.read?.get(api))
      for (const [name, value] of Object.entries(fresh.values)) {
        // What the API answers for a tenant where nobody has set anything: nothing, or the default; and the unified
        // phone's own texts.
        const own =
          setting.write.path === '/branding/phone/templates' ? [expect.stringContaining('code')] : []
        expect([null, setting.fields[name]?.default, ...own]).toContainEqual(value)
      }
      if (isRefusedInPart(setting)) expect(fresh.configured).toBe(false)
      await setting.send(api, setting.request(fresh, samplesFor(setting)))
      const answer = await setting.read?.get(api)
      expect(valuesOf(setting, answer)).toEqual(readableOf(setting, samplesFor(setting)))
      expect(setting.decode(answer).configured).toBe(true)
    },
  )
})

const fields = ofKinds.flatMap(([, phone, setting]) =>
  namesIn(setting).map(name => [pathOf(setting, name), phone, setting, name] as const),
)

describe('one field alone', () => {
  test.each(fields)(
    'is all that a file need have for a tenant to take it: %s, %s',
    async (_, phone, setting, name) => {
      const api = await apiAt((await startTenant(kindOf(phone))).url)
      if (isRefusedInPart(setting)) await write(api, setting, samplesFor(setting, 1))
      await write(api, setting, { [name]: sampleOf(setting, name) })
      if (!setting.read || setting.fields[name]?.writeOnly) return
      const { values } = setting.decode(await setting.read.get(api))
      expect(values[name]).toEqual(sampleOf(setting, name))
    },
  )

  test.each(readableOfKinds)(
    'that is written leaves all others as the tenant has them: %s, %s',
    async (_, phone, setting) => {
      const tenant = await startTenant(kindOf(phone))
      await makeTenant(tenant.url, everyValue(0, phone), phone)
      if (phone === 'unified') await deliverByAll(tenant)
      const api = await apiAt(tenant.url)
      const before = await everythingOf(tenant, phone)
      for (const name of namesIn(setting)) {
        await write(api, setting, { [name]: sampleOf(setting, name, 1) })
        const answer = await setting.read?.get(api)
        const expected = { ...samplesFor(setting), [name]: sampleOf(setting, name, 1) }
        expect(valuesOf(setting, answer)).toEqual(readableOf(setting, expected))
        expect(setting.decode(answer).configured).toBe(true)
        await write(api, setting, { [name]: sampleOf(setting, name) })
      }
      // Nor is anything touched elsewhere, or that is no field of the file.
      const after = await everythingOf(tenant, phone)
      for (const path of coupledWith(setting)) {
        before.delete(path)
        after.delete(path)
      }
      expect(after).toEqual(before)
    },
  )
})

/** Values without those that the API never gives back. */
function readableOf(setting: Setting, values: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !setting.fields[name]?.writeOnly))
}

/** Recorded: switching phone off empties its message types. Documented: choosing Adaptive turns the assessment on. */
function coupledWith({ at, write }: Setting): string[] {
  if (write.path === '/guardian/factors/sms') return ['/guardian/factors/phone/message-types']
  return at === '' ? ['/risk-assessments/settings'] : []
}

/** Makes the provider of a unified phone cover every message type. */
async function deliverByAll(tenant: TestTenant): Promise<void> {
  const { providers } = (await tenant.get('/branding/phone/providers')) as {
    providers: { id: string; configuration: object }[]
  }
  for (const { id, configuration } of providers)
    await tenant.patch(`/branding/phone/providers/${id}`, {
      configuration: { ...configuration, delivery_methods: ['text', 'voice'] },
    })
}

async function everythingOf(tenant: TestTenant, phone: PhoneExperience): Promise<Map<string, unknown>> {
  const paths = new Set(CATALOGUES[phone].settings.flatMap(({ read }) => read?.path ?? []))
  const answers = await Promise.all(
    [...paths].map(async path => [path, settled(await tenant.get(path))] as const),
  )
  return new Map(answers)
}

/** An answer without when it was made, its templates in one order. */
function settled(answer: unknown): unknown {
  const timeless = JSON.parse(
    JSON.stringify(answer ?? null, (key, value) =>
      key === 'updated_at' || key === 'created_at' ? undefined : value,
    ),
  )
  timeless?.templates?.sort((a: { type: string }, b: { type: string }) => a.type.localeCompare(b.type))
  return timeless
}

describe('a secret that cannot be read back', () => {
  const holders = settings.filter(([, { fields }]) =>
    Object.values(fields).some(({ writeOnly }) => writeOnly),
  )

  test.each(holders.filter(([, { fields }]) => Object.keys(fields).length > 1))(
    'is not lost where the file does not have it: its resource is then changed in part: %s',
    async (_, setting) => {
      const { url, seen } = await startFaults(await startTenant())
      const api = await apiAt(url)
      await write(api, setting, samplesFor(setting))
      const others = readableOf(setting, samplesFor(setting, 1))
      await write(api, setting, others)
      const [whole, part] = seen.filter(({ method }) => method !== 'GET')
      expect([whole?.method, part?.method]).toEqual(['PUT', 'PATCH'])
      expect(Object.keys(part?.body ?? {})).toEqual(Object.keys(others))
    },
  )

  test.each(holders.filter(([, { fields }]) => Object.keys(fields).length > 1))(
    'goes in a partial change too where the file has not everything else: %s',
    async (_, setting) => {
      const secrets = Object.keys(setting.fields).filter(name => setting.fields[name]?.writeOnly)
      for (const name of secrets) {
        const { method, body } = setting.request(undefined, { [name]: sampleOf(setting, name) })
        expect(method).toBe('PATCH')
        expect(body).toEqual({ [name]: sampleOf(setting, name) })
      }
      const [open = ''] = Object.keys(setting.fields).filter(name => !secrets.includes(name))
      const { [open]: _left, ...rest } = samplesFor(setting)
      expect(setting.request(undefined, rest).method).toBe('PATCH')
    },
  )

  test.each(holders)('is not among the values of a reading: %s', (_, setting) => {
    const answer = Object.fromEntries(
      Object.keys(setting.fields).map(name => [name, sampleOf(setting, name)]),
    )
    const secrets = Object.keys(setting.fields).filter(name => setting.fields[name]?.writeOnly)
    for (const name of secrets) expect(setting.decode(answer).values).not.toHaveProperty(name)
  })
})

describe('a partial change', () => {
  const partly = readable.filter(([, setting]) => {
    const [name = ''] = Object.keys(setting.fields)
    return setting.request(undefined, { [name]: sampleOf(setting, name) }).method === 'PATCH'
  })

  test.each(partly)('sends what differs, and no more: %s', async (_, setting) => {
    const tenant = await startTenant()
    await makeTenant(tenant.url, everyValue())
    const before = setting.decode(await setting.read?.get(await apiAt(tenant.url)))
    const same = readableOf(setting, samplesFor(setting))
    for (const name of Object.keys(same)) {
      const { body } = setting.request(before, { ...same, [name]: sampleOf(setting, name, 1) })
      expect(Object.values(body ?? {})).toEqual([sampleOf(setting, name, 1)])
    }
  })

  test('clears a field as the API writes it', async () => {
    const app = CATALOGUES.legacy.settings.find(({ at }) => at === 'factors.push-notification.app')
    if (!app) throw new Error('There is no app.')
    const before = app.decode({ app_name: 'Acme', apple_app_link: '' })
    expect(before.values).toEqual({ name: 'Acme', apple_app_link: null, google_app_link: null })
    expect(app.request(before, { name: null, apple_app_link: null }).body).toEqual({ app_name: '' })
  })
})

describe('what this version does not know of a resource', () => {
  const replaced = readable.filter(([, setting]) => {
    const { method, body } = setting.request(undefined, wantedOf(setting, everyValue()))
    return (
      method === 'PUT' &&
      setting.read?.path === setting.write.path &&
      !Array.isArray(body) &&
      setting.at !== ''
    )
  })

  test.each(replaced)('is sent back when that is replaced: %s', async (_, setting) => {
    const tenant = await startTenant()
    await makeTenant(tenant.url, everyValue())
    const { path } = setting.write
    const future = { from_the_future: { deep: [1] } }
    const { url, seen } = await startFaults(tenant, [
      { method: 'GET', path, rewrite: answer => ({ ...(answer as object), ...future }) },
      { method: 'PUT', path, answer: { status: 200, body: '{}' } },
    ])
    await write(await apiAt(url), setting, samplesFor(setting, 1))
    expect(seen.at(-1)).toMatchObject({ method: 'PUT', path, body: future })
  })

  test('does not include what the API says of itself: APNs is sent without the flag that it is set up', async () => {
    const tenant = await startTenant()
    await makeTenant(tenant.url, everyValue())
    const { url, seen } = await startFaults(tenant)
    const apns = CATALOGUES.legacy.settings.find(({ at }) => at === 'factors.push-notification.apns')
    if (!apns) throw new Error('There is no APNs.')
    await write(await apiAt(url), apns, samplesFor(apns, 1))
    expect(Object.keys((seen.at(-1)?.body ?? {}) as object).sort()).toEqual(['bundle_id', 'p12', 'sandbox'])
  })
})
