import { type ErrorCode, UserError } from '../errors.ts'
import type { Catalogue } from '../settings/catalogue.ts'
import { type LookedUp, type Lookup, NOTHING_LOOKED_UP, type Refused } from '../settings/lookup.ts'
import type { Reading } from '../settings/reading.ts'
import type { Setting } from '../settings/setting.ts'
import type { State } from '../settings/state.ts'
import type { Api } from '../tenant/api.ts'
import { RefusedError } from '../tenant/refusal.ts'
import { toldOf } from './entitlement.ts'

/** A setting that the tenant did not let be read. */
export interface Unreadable {
  readonly setting: Setting
  readonly code: ErrorCode
  readonly message: string
}

/** What reading gave, for every setting and every lookup that was asked for. */
export interface Read extends LookedUp {
  readonly state: State
  readonly unreadable: readonly Unreadable[]
}

/** How far reading is: requests answered, and how many there are. */
export type OnProgress = (done: number, total: number) => void

/** What is to be read of a tenant. */
export interface Wish {
  readonly settings: Iterable<Setting>
  readonly lookups?: Iterable<Lookup<unknown>>
  /** Settings that only checks need: like lookups, they stop nothing, whatever goes wrong with them. */
  readonly optional?: ReadonlySet<Setting>
}

interface Options {
  readonly onProgress?: OnProgress
  /** What is known already: it is not asked for again. */
  readonly known?: LookedUp
}

/**
 * Reads settings, and what is looked up besides, with one request for each API resource, however many of them live in
 * it. What cannot be read is told, not thrown; `interrupted`, and failures that concern every request alike, are thrown.
 */
export async function read(
  api: Api,
  catalogue: Catalogue,
  { settings, lookups = [], optional = new Set() }: Wish,
  { onProgress = () => {}, known = NOTHING_LOOKED_UP }: Options = {},
): Promise<Read> {
  const resources = byResource(settings, lookups)
  const readings = new Map<Setting, Reading>()
  const unreadable: Unreadable[] = []
  const answers = new Map<string, unknown>(known.answers)
  const refusals = new Map<string, Refused>()
  let done = 0
  onProgress(0, resources.length)

  await Promise.all(
    resources.map(async ({ path, get, mayBeAbsent, settings }) => {
      const refused = known.refusals.get(path)
      try {
        if (refused) throw new UserError(refused.code, refused.message)
        const answer = known.answers.has(path) ? known.answers.get(path) : await get(api)
        for (const setting of settings) readings.set(setting, setting.decode(answer))
        answers.set(path, answer)
      } catch (error) {
        if (!(error instanceof UserError) || error.code === 'interrupted') throw error
        const isNeeded = settings.some(setting => !optional.has(setting))
        if (isNeeded && !OF_ONE_RESOURCE.has(error.code)) throw error
        const { code } = error
        const message = refused?.message ?? toldOf(error, settings)
        for (const setting of settings) unreadable.push({ setting, code, message })
        if (mayBeAbsent && error instanceof RefusedError && error.status === 404) answers.set(path, undefined)
        else refusals.set(path, { code, message })
      }
      onProgress(++done, resources.length)
    }),
  )
  return { state: { catalogue, readings }, unreadable, answers, refusals }
}

/** What can be wrong with one resource while others can be read. */
export const OF_ONE_RESOURCE: ReadonlySet<ErrorCode> = new Set([
  'scope_missing',
  'not_entitled',
  'feature_disabled',
  'api_error',
])

interface Resource {
  readonly path: string
  readonly mayBeAbsent: boolean
  readonly get: (api: Api) => Promise<unknown>
  readonly settings: Setting[]
}

function byResource(settings: Iterable<Setting>, lookups: Iterable<Lookup<unknown>>): Resource[] {
  const resources = new Map<string, Resource>()
  for (const setting of settings) {
    if (!setting.read) continue
    const { path, get } = setting.read
    const known = resources.get(path)
    if (known) known.settings.push(setting)
    else resources.set(path, { path, get, mayBeAbsent: false, settings: [setting] })
  }
  for (const { path, get, mayBeAbsent = false } of lookups) {
    if (!resources.has(path)) resources.set(path, { path, get, mayBeAbsent, settings: [] })
  }
  return [...resources.values()]
}
