import { createHash, scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isRecord } from '../../src/record.ts'
import type { PhoneExperience } from '../../src/settings/phone-experience.ts'
import { ALLOW_ALL } from '../support/allow.ts'
import { makeTenant } from '../support/api.ts'
import { startTenant } from '../support/sandbox.ts'
import { entriesOf, everyValue, fileOf, KINDS, kindOf } from '../support/values.ts'
import { changeTenant } from './support/change-tenant.ts'
import { type Desk, deskOf, parseSaved, writesOf } from './support/desk.ts'
import { leaksIn } from './support/leaks.ts'

/** A secret that looks like nothing else, always the same for the same name. */
function planted(path: string, whose: string): string {
  const text = createHash('sha256').update(`${whose} ${path}`).digest('base64url')
  if (path.endsWith('.p12')) return Buffer.from(text).toString('base64')
  return path.endsWith('.server_credentials') ? JSON.stringify({ k: text }) : text
}

function secretsOf(phone: PhoneExperience, whose: string): Map<string, string> {
  const paths = entriesOf(phone).filter(({ field }) => field.secret)
  return new Map(paths.map(({ path }) => [path, planted(path, whose)]))
}

const readable = (phone: PhoneExperience): string[] =>
  entriesOf(phone).flatMap(({ path, field }) => (field.secret && !field.writeOnly ? [path] : []))
const writeOnly = (phone: PhoneExperience): string[] =>
  entriesOf(phone).flatMap(({ path, field }) => (field.writeOnly ? [path] : []))

/** A tenant with a secret everywhere, and a file with others. */
async function start(phone: PhoneExperience) {
  const tenant = await startTenant(kindOf(phone))
  await makeTenant(tenant.url, new Map([...everyValue(0, phone), ...secretsOf(phone, 'tenant')]), phone)
  const { text, env } = fileOf(new Map([...everyValue(1, phone), ...secretsOf(phone, 'file')]))
  return { tenant, file: text, desk: deskOf({ ...env, ...tenant.env }), env: { ...env, ...tenant.env } }
}

/** The digests of the one plan that is saved. */
async function digestsOf(desk: Desk) {
  const { only } = parseSaved(await desk.saved())
  const { salt, configuration, state } = only
  if (typeof salt !== 'string' || !isRecord(configuration) || !isRecord(state))
    throw new Error('A plan has a salt and digests.')
  return { salt, configuration, state, plan: only.plan }
}

describe.each(KINDS)('of a %s tenant', phone => {
  const planted = {
    ...Object.fromEntries(
      [...secretsOf(phone, 'tenant')].map(([path, secret]) => [`${path} of the tenant`, secret]),
    ),
    ...Object.fromEntries(
      [...secretsOf(phone, 'file')].map(([path, secret]) => [`${path} of the file`, secret]),
    ),
  }

  test('the plan, what is printed of it, and why it is refused, have no secret and no part of one', async () => {
    const { tenant, file, desk, env } = await start(phone)
    for (const flags of [[], ['--write-secrets']]) {
      const saving = await desk.plan(file, ...flags)
      expect(saving.code, saving.err).toBe(0)
      const saved = await desk.saved()
      for (const path of Object.keys(await digestsOf(desk).then(({ configuration }) => configuration)))
        expect(saved).toContain(path)
      expect(leaksIn(saved, planted)).toEqual([])
      expect(leaksIn(saving.out + saving.err, planted)).toEqual([])

      await changeTenant(tenant.url, new Map(secretsOf(phone, 'somebody else')), phone)
      const values = new Map([...everyValue(1, phone), ...secretsOf(phone, 'somebody else')])
      const other = fileOf(values)
      const refused = await desk.with({ ...env, ...other.env }).apply(other.text)
      expect(refused.code).toBe(5)
      for (const path of readable(phone))
        expect(refused.err).toContain(`${path}: is something else in the file`)
      expect(refused.err).toContain(
        `${readable(phone).join(', ')}  is another one than when the plan was made.`,
      )
      const all = { ...planted, ...Object.fromEntries(secretsOf(phone, 'somebody else')) }
      expect(leaksIn(refused.out + refused.err, all)).toEqual([])
      await changeTenant(tenant.url, secretsOf(phone, 'tenant'), phone)
    }
    // The search does find what is there.
    for (const secret of Object.values(planted))
      expect(leaksIn(`"${secret.slice(12, 18)}"`, planted)).not.toEqual([])
  })

  test('a secret that can be read back is in the plan as what scrypt makes of it, and any other value as a hash', async () => {
    const { file, desk } = await start(phone)
    await desk.plan(file)
    const { salt, configuration, state } = await digestsOf(desk)
    expect(Buffer.from(salt, 'base64')).toHaveLength(32)
    const slow = (path: string, value: unknown) =>
      scryptSync(JSON.stringify([salt, path, value]), Buffer.from(salt, 'base64'), 32).toString('base64')
    const quick = (path: string, value: unknown) =>
      createHash('sha256')
        .update(JSON.stringify([salt, path, value]))
        .digest('base64')

    expect(readable(phone)).toContain('factors.duo.skey')
    for (const path of readable(phone)) {
      expect(state[path]).toBe(slow(path, secretsOf(phone, 'tenant').get(path)))
      expect(configuration[path]).toBe(slow(path, secretsOf(phone, 'file').get(path)))
    }
    expect(state['factors.duo.host']).toBe(
      quick('factors.duo.host', everyValue(0, phone).get('factors.duo.host')),
    )
    expect(configuration.policy).toBe(quick('policy', 'adaptive'))
  })

  test('a secret that cannot be read back is not in it at all, but for whether the tenant has one', async () => {
    const { file, desk } = await start(phone)
    await desk.plan(file)
    const { salt, configuration, state } = await digestsOf(desk)
    const isThere = (path: string) =>
      createHash('sha256')
        .update(JSON.stringify([salt, path, true]))
        .digest('base64')
    expect(writeOnly(phone).length).toBeGreaterThan(3)
    for (const path of writeOnly(phone)) {
      expect(configuration).not.toHaveProperty([path])
      if (path in state) expect(state[path]).toBe(isThere(path))
    }
  })

  test('two plans of the same have the same plan and no digest in common', async () => {
    const { file, desk } = await start(phone)
    await desk.plan(file)
    const one = await digestsOf(desk)
    await desk.plan(file)
    const other = await digestsOf(desk)
    expect(other.plan).toEqual(one.plan)
    expect(other.salt).not.toBe(one.salt)
    for (const part of ['configuration', 'state'] as const) {
      const [digests, others] = [one[part], other[part]].map(Object.values)
      expect(Object.keys(other[part])).toEqual(Object.keys(one[part]))
      expect(digests?.length).toBeGreaterThan(30)
      expect(digests?.filter(digest => others?.includes(digest))).toEqual([])
    }
  })

  test('equal secrets of two paths, and of the file and the tenant, are as different as any', async () => {
    const { tenant, desk } = await start(phone)
    const same = new Map(readable(phone).map(path => [path, 'one-and-the-same-hush']))
    await changeTenant(tenant.url, same, phone)
    const { text, env } = fileOf(new Map([...everyValue(1, phone), ...same]))
    await desk.with({ ...env, ...tenant.env }).plan(text)
    const { state } = await digestsOf(desk)
    const digests = readable(phone).map(path => state[path])
    expect(new Set(digests).size).toBe(digests.length)
  })

  test('where nothing has changed, the plan is applied, with its secrets', async () => {
    const { file, desk } = await start(phone)
    await desk.plan(file, '--write-secrets')
    const done = await desk.apply(file, ...ALLOW_ALL)
    expect(done.code, done.err).toBe(0)
    expect(writesOf(done)).toContain('PUT /guardian/factors/duo/settings')
    expect(leaksIn(done.out + done.err, planted)).toEqual([])
  })
})

test.each(readable('legacy'))(
  'a change of a secret that can be read back is found, in the tenant and in the file: %s',
  async path => {
    const { tenant, desk, env } = await start('legacy')
    const said = (secret: string) => fileOf(new Map([[path, secret]]))
    const { text, env: own } = said('file-secret')
    const planner = desk.with({ ...env, ...own })
    await planner.plan(text)
    await changeTenant(tenant.url, new Map([[path, 'file-secret']]), 'legacy')
    const refused = await planner.apply(text)
    expect(refused.code).toBe(5)
    expect(refused.err).toContain(`  ${path}  is another one than when the plan was made.`)
    await changeTenant(tenant.url, secretsOf('legacy', 'tenant'), 'legacy')
    const other = said('other-secret')
    expect((await desk.with({ ...env, ...other.env }).apply(other.text)).code).toBe(5)
    const done = await planner.apply(text)
    expect(done.code, done.err).toBe(0)
    expect(writesOf(done)).toHaveLength(1)
  },
)
