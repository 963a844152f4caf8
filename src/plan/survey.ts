import { UserError } from '../errors.ts'
import { CATALOGUES, OF_ONE_KIND } from '../settings/catalogue.ts'
import type { Refused } from '../settings/lookup.ts'
import { type PhoneExperience, phoneExperience } from '../settings/phone-experience.ts'
import { NOTHING_READ, type State } from '../settings/state.ts'
import { unexpectedAnswer } from '../tenant/answer.ts'
import type { Api } from '../tenant/api.ts'
import { OF_ONE_RESOURCE, type OnProgress, type Read, read, type Unreadable, type Wish } from './read.ts'

/** What was read of a tenant, and which kind it is of. */
export interface Survey extends Read {
  /** `undefined` where nothing that was wanted depends on it, and where it cannot be seen. */
  readonly phone: PhoneExperience | undefined
  /** Why it cannot be seen. */
  readonly phoneRefused?: Refused
}

/** What is to be read of a tenant, by what is known of it: which kind it is of, and what was read so far. */
export type WishFor = (known: { readonly phone: PhoneExperience | undefined; readonly state: State }) => Wish

interface Options {
  readonly onProgress?: OnProgress
  /** Where the kind cannot be seen, ask for what only the legacy phone has all the same: the answers show it then. */
  readonly guess?: boolean
}

const NOTHING: Survey = {
  state: NOTHING_READ,
  unreadable: [],
  answers: new Map(),
  refusals: new Map(),
  phone: undefined,
}

/**
 * Reads what is wanted of a tenant, and then what is wanted in view of that, until nothing is; first of all, where it
 * matters, which kind of tenant it is.
 */
export async function survey(
  api: Api,
  wishFor: WishFor,
  { onProgress = () => {}, guess = false }: Options = {},
): Promise<Survey> {
  let known = NOTHING
  for (;;) {
    if (dependsOnKind(wishFor, known) && !isKindKnown(known)) known = await readKind(api, known, onProgress)
    const wish = unreadPart(wishFor(known), known)
    if (!wish) return known
    const unseen = known.phoneRefused && !guess ? unseenPart(wish, known.phoneRefused) : []
    const settings = wish.settings.filter(setting => !unseen.some(one => one.setting === setting))
    const more = await read(api, known.state.catalogue, { ...wish, settings }, { onProgress, known })
    known = {
      ...known,
      ...more,
      state: { ...more.state, readings: new Map([...known.state.readings, ...more.state.readings]) },
      unreadable: [...known.unreadable, ...more.unreadable, ...unseen],
      refusals: new Map([...known.refusals, ...more.refusals]),
    }
  }
}

function dependsOnKind(wishFor: WishFor, { state }: Survey): boolean {
  return (['legacy', 'unified'] as const).some(phone =>
    [...wishFor({ phone, state }).settings].some(setting => OF_ONE_KIND.has(setting)),
  )
}

function isKindKnown({ phone, phoneRefused }: Survey): boolean {
  return phone !== undefined || phoneRefused !== undefined
}

async function readKind(api: Api, known: Survey, onProgress: OnProgress): Promise<Survey> {
  const { path } = phoneExperience
  const wish = { settings: [], lookups: [phoneExperience] }
  const { answers, refusals } = await read(api, known.state.catalogue, wish, { onProgress, known })
  const phone = phoneExperience.decode(answers.get(path))
  const state = { ...known.state, catalogue: CATALOGUES[phone ?? 'legacy'] }
  const seen = { ...known, state, answers, refusals: new Map([...known.refusals, ...refusals]), phone }
  return phone ? seen : { ...seen, phoneRefused: refusals.get(path) ?? unexpectedAnswer(path) }
}

/** What of a wish is not known yet, and can be read; `undefined` where that is nothing. */
function unreadPart(
  { settings, lookups = [], ...rest }: Wish,
  { state, unreadable, answers, refusals }: Survey,
) {
  const isTold = new Set([...state.readings.keys(), ...unreadable.map(({ setting }) => setting)])
  const open = [...settings].filter(setting => setting.read && !isTold.has(setting))
  const unasked = [...lookups].filter(({ path }) => !answers.has(path) && !refusals.has(path))
  return open.length + unasked.length > 0 ? { ...rest, settings: open, lookups: unasked } : undefined
}

/** What only one kind of tenant has is not readable where the kind cannot be seen. Throws where nothing can be. */
function unseenPart({ settings, optional }: Wish, { code, message }: Refused): Unreadable[] {
  const unseen = [...settings].filter(setting => OF_ONE_KIND.has(setting))
  if (!OF_ONE_RESOURCE.has(code) && unseen.some(setting => !optional?.has(setting)))
    throw new UserError(code, message)
  return unseen.map(setting => ({ setting, code, message }))
}
