import { LostAnswer, UserError } from '../errors.ts'
import type { Catalogue } from '../settings/catalogue.ts'
import type { Setting } from '../settings/setting.ts'
import type { State } from '../settings/state.ts'
import type { Api } from '../tenant/api.ts'
import { diff } from './diff.ts'
import type { Write } from './order.ts'
import { type OnProgress, type Read, read } from './read.ts'
import { type Wanted, wantedOf } from './wanted.ts'

/** What a write needs beside the API. */
export interface WriteWatch {
  /** Aborted by Ctrl-C: then nothing is sent again. */
  readonly interrupt: AbortSignal
  /** Waits so many milliseconds, and says why. */
  readonly pause: (milliseconds: number, reason: string) => Promise<void>
}

/** Times that a write is sent again, and the first pause before that in milliseconds; each is twice the one before. */
const AGAIN = 2
const FIRST_PAUSE = 500

/**
 * Makes one write. Where its answer is lost it may have been made, so the tenant is read before it is sent again: it is
 * done if the tenant has it, and is otherwise made of what the tenant has by then. Throws what the last try ended with.
 */
export async function makeWrite(
  api: Api,
  write: Write,
  wanted: Wanted,
  state: State,
  watch: WriteWatch,
): Promise<void> {
  const { setting } = write
  let before = await upToDate(api, setting, state, wanted)
  for (let tries = 0; ; tries++) {
    try {
      await send(api, setting, before, wanted)
      return
    } catch (error) {
      if (!(error instanceof LostAnswer)) throw error
      const again = tries < AGAIN && !watch.interrupt.aborted
      if (again) await watch.pause(FIRST_PAUSE * 2 ** tries, `${error.message} Reading what became of it.`)
      if (!again || watch.interrupt.aborted) throw inDoubt(error)
      const now = await readAgain(api, state.catalogue, [setting]).catch(reason => {
        throw reason instanceof UserError ? inDoubt(error) : reason
      })
      if (setting.read && !now.state.readings.has(setting)) throw inDoubt(error)
      if (isMade(write, wanted, now.state)) return
      before = now.state
    }
  }
}

/** What is to be created may be there by now: then it is changed, and not created twice. */
async function upToDate(api: Api, setting: Setting, state: State, wanted: Wanted): Promise<State> {
  const { method } = setting.request(state.readings.get(setting), wantedOf(setting, wanted))
  if (method !== 'POST') return state
  const now = await readAgain(api, state.catalogue, [setting])
  const [unread] = now.unreadable
  if (unread) throw new UserError(unread.code, unread.message)
  return now.state
}

/** Reads settings that were written, and the switches that they mean nothing without. */
export function readAgain(
  api: Api,
  catalogue: Catalogue,
  settings: readonly Setting[],
  onProgress?: OnProgress,
): Promise<Read> {
  const switches = settings.flatMap(({ onlyWhile }) =>
    onlyWhile === undefined ? [] : [catalogue.entryAt(onlyWhile)?.setting],
  )
  const all = new Set([...settings, ...switches.filter(setting => setting !== undefined)])
  return read(api, catalogue, { settings: all }, onProgress && { onProgress })
}

/** Paths of those given that the tenant does not have as they are wanted. */
export function stillDifferent(paths: readonly string[], wanted: Wanted, state: State): string[] {
  const own = new Map([...wanted].filter(([path]) => paths.includes(path)))
  return diff(own, state).changes.map(({ path }) => path)
}

/** Whether a write was made. One of nothing but what cannot be read back does not show, and can be made twice. */
function isMade({ setting, changes }: Write, wanted: Wanted, state: State): boolean {
  const shown = changes
    .filter(({ path }) => !state.catalogue.entryAt(path)?.field.writeOnly)
    .map(({ path }) => path)
  return setting.read !== undefined && shown.length > 0 && stillDifferent(shown, wanted, state).length === 0
}

/** Sends a write; where the API refuses keys that it gives itself, once more without them: so they cannot be reset. */
async function send(api: Api, setting: Setting, before: State, wanted: Wanted): Promise<void> {
  const declared = wantedOf(setting, wanted)
  const whole = setting.request(before.readings.get(setting), declared)
  try {
    await setting.send(api, whole)
  } catch (error) {
    const bare = setting.request(before.readings.get(setting), declared, { carry: false })
    const carriesMore = JSON.stringify(whole.body) !== JSON.stringify(bare.body)
    if (!carriesMore || !isAboutExtraKeys(error)) throw error
    await setting.send(api, bare)
  }
}

/**
 * How the API refuses a body with keys that it does not know. Recorded: the first text. Assumption: the second is how it
 * refuses one that can be of several forms. Nothing was written then.
 */
function isAboutExtraKeys(error: unknown): boolean {
  const words = ['Additional properties not allowed', 'Data does not match any schemas']
  return error instanceof UserError && words.some(word => error.message.includes(word))
}

function inDoubt(error: LostAnswer): LostAnswer {
  return new LostAnswer(error.code, `${error.message} It may have been made all the same.`)
}
