import { type ErrorCode, type Problem, UserError } from '../errors.ts'
import type { Reading } from '../settings/reading.ts'
import { pathOf, type Setting } from '../settings/setting.ts'
import type { State } from '../settings/state.ts'
import type { Api } from '../tenant/api.ts'

/** A setting that the tenant did not let be read. */
export interface Unreadable {
  readonly setting: Setting
  readonly code: ErrorCode
  readonly message: string
}

/** What reading gave, for every setting that was asked for. */
export interface Read {
  readonly state: State
  readonly unreadable: readonly Unreadable[]
}

/** How far reading is: requests answered, and how many there are. */
export type OnProgress = (done: number, total: number) => void

/**
 * Reads settings, one request for each API resource, however many settings live in it. What cannot be read is told,
 * not thrown; `interrupted`, and failures that concern every request alike, are thrown.
 */
export async function read(
  api: Api,
  settings: Iterable<Setting>,
  onProgress: OnProgress = () => {},
): Promise<Read> {
  const resources = byResource(settings)
  const state = new Map<Setting, Reading>()
  const unreadable: Unreadable[] = []
  let done = 0
  onProgress(0, resources.length)

  await Promise.all(
    resources.map(async ({ get, settings }) => {
      try {
        const answer = await get(api)
        for (const setting of settings) state.set(setting, setting.decode(answer))
      } catch (error) {
        if (!(error instanceof UserError) || !OF_ONE_RESOURCE.has(error.code)) throw error
        for (const setting of settings) unreadable.push({ setting, code: error.code, message: error.message })
      }
      onProgress(++done, resources.length)
    }),
  )
  return { state, unreadable }
}

/** What can be wrong with one resource while others can be read. */
const OF_ONE_RESOURCE: ReadonlySet<ErrorCode> = new Set([
  'scope_missing',
  'not_entitled',
  'feature_disabled',
  'api_error',
])

interface Resource {
  readonly get: (api: Api) => Promise<unknown>
  readonly settings: Setting[]
}

function byResource(settings: Iterable<Setting>): Resource[] {
  const resources = new Map<string, Resource>()
  for (const setting of settings) {
    if (!setting.read) continue
    const { path, get } = setting.read
    const known = resources.get(path)
    if (known) known.settings.push(setting)
    else resources.set(path, { get, settings: [setting] })
  }
  return [...resources.values()]
}

/**
 * Refuses to go on when something that the file names could not be read: it is unknown, not absent.
 * Throws one error with every such path.
 */
export function requireReadable(unreadable: readonly Unreadable[], named: Iterable<string>): void {
  const paths = new Set(named)
  const problems: (Problem & { code: ErrorCode })[] = unreadable.flatMap(({ setting, code, message }) =>
    Object.keys(setting.fields)
      .map(name => pathOf(setting, name))
      .filter(path => paths.has(path))
      .map(path => ({ path, code, message })),
  )
  const [first] = problems
  if (!first) return
  throw new UserError(
    first.code,
    'The tenant does not let everything be read that the file names. Nothing was changed.',
    problems.map(({ path, message }) => ({ ...(path && { path }), message })),
  )
}
