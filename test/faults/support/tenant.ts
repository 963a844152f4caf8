import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../../src/record.ts'
import { tenantApp } from '../../../src/sandbox/app.ts'
import { randomNumbers } from '../../../src/sandbox/random.ts'
import { rateLimit } from '../../../src/sandbox/rate-limit.ts'
import { type Kept, memoryState } from '../../../src/sandbox/state.ts'

/** What a tenant had after one write. */
export interface Moment {
  /** As `PUT /guardian/policies`. */
  readonly write: string
  readonly kept: Kept
  /** Whether MFA is required of users who have no factor to enrol in. */
  readonly lockedOut: boolean
}

/** A sandbox tenant in this process, without a server, which remembers all that it ever was. */
export interface WatchedTenant {
  readonly url: string
  readonly fetch: (request: Request) => Promise<Response>
  /** `path` is below `/api/v2`. */
  write(method: string, path: string, body: unknown): Promise<void>
  /** After each write, in order. */
  readonly moments: readonly Moment[]
  kept(): Kept
}

/** The factors that users can enrol in with nothing else, by the API's names: Auth0's documentation ("Enable MFA"). */
const STAND_ALONE = ['otp', 'sms', 'push-notification', 'webauthn-roaming', 'duo']
const URL_OF_TENANT = 'http://tenant.test'

/** Makes a tenant that has what another had. */
export function watchedTenant(before: Kept = new Map(), { unifiedPhone = false } = {}): WatchedTenant {
  const state = memoryState()
  state.write(before)
  const app = tenantApp({
    state,
    tenant: { plan: 'enterprise', unifiedPhone, extraFactors: [], actions: [] },
    takeTurn: rateLimit('enterprise', () => 0, false),
    latency: 0,
    now: Date.now,
    random: randomNumbers(1),
    onRequest: () => {},
    closed: new AbortController().signal,
  })
  const moments: Moment[] = []

  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await app.fetch(
      new Request(`${URL_OF_TENANT}/api/v2${path}`, {
        method,
        headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return JSON.parse(text)
  }

  const lockedOut = async (): Promise<boolean> =>
    isLockOut(await ask('GET', '/guardian/factors'), await ask('GET', '/guardian/policies'))

  async function fetch(request: Request): Promise<Response> {
    const { method, url } = request
    const { pathname } = new URL(url)
    const answer = await app.fetch(request)
    if (method !== 'GET' && pathname !== '/oauth/token' && answer.ok) {
      const write = `${method} ${pathname.replace('/api/v2', '')}`
      moments.push({ write, kept: state.read(), lockedOut: await lockedOut() })
    }
    return answer
  }

  return {
    url: URL_OF_TENANT,
    fetch,
    write: async (method, path, body) => void (await ask(method, path, body)),
    moments,
    kept: () => state.read(),
  }
}

/** Whether two tenants have the same. Ids and times, which a tenant draws anew, make no difference; how many there are does. */
export function isSame(one: Kept, other: Kept | undefined): boolean {
  return other !== undefined && isDeepStrictEqual(withoutChance(one), withoutChance(other))
}

/** Things that have an id are kept under it: they become a list, in the order in which they were made. */
function withoutChance(kept: Kept): Map<string, unknown> {
  return new Map(
    [...kept].map(([path, setting]) => {
      const entries = Object.entries(setting)
      const isList = entries.some(([key, value]) => isRecord(value) && value.id === key)
      return [
        path,
        isList ? entries.map(([, value]) => (isRecord(value) ? timeless(value) : value)) : setting,
      ]
    }),
  )
}

function timeless({ id: _, created_at: __, updated_at: ___, ...rest }: Record<string, unknown>): object {
  return rest
}

/** Whether a tenant with these answers requires MFA while no factor is on that stands alone. */
export function isLockOut(factors: unknown, policies: unknown): boolean {
  const on = (factors as { name: string; enabled: boolean }[]).filter(({ enabled }) => enabled)
  return (policies as string[]).length > 0 && !on.some(({ name }) => STAND_ALONE.includes(name))
}
