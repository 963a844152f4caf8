import { UserError } from '../errors.ts'
import { CATALOGUES, type Catalogue, OF_ONE_KIND } from '../settings/catalogue.ts'
import type { Refused } from '../settings/lookup.ts'
import { type PhoneExperience, phoneExperience } from '../settings/phone-experience.ts'
import { unexpectedAnswer } from '../tenant/answer.ts'
import type { Api } from '../tenant/api.ts'
import { OF_ONE_RESOURCE, type OnProgress, type Read, read, type Wish } from './read.ts'

/** What was read of a tenant, and which kind it is of. */
export interface Survey extends Read {
  /** `undefined` where nothing that was wanted depends on it, and where it cannot be seen. */
  readonly phone: PhoneExperience | undefined
  /** Why it cannot be seen. */
  readonly phoneRefused?: Refused
}

interface Options {
  readonly onProgress?: OnProgress
  /** Where the kind cannot be seen, ask for what only the legacy phone has all the same: the answers show it then. */
  readonly guess?: boolean
}

/** Reads which kind a tenant is of, if what is wanted depends on that, and then what is wanted of such a tenant. */
export async function survey(
  api: Api,
  wishFor: (phone: PhoneExperience | undefined) => Wish,
  { onProgress = () => {}, guess = false }: Options = {},
): Promise<Survey> {
  const readAs = (catalogue: Catalogue, wish: Wish, known?: Read): Promise<Read> =>
    read(api, catalogue, wish, { onProgress, ...(known && { known }) })

  if (!dependsOnKind(wishFor))
    return { ...(await readAs(CATALOGUES.legacy, wishFor(undefined))), phone: undefined }

  const first = await readAs(CATALOGUES.legacy, { settings: [], lookups: [phoneExperience] })
  const phone = phoneExperience.decode(first.answers.get(phoneExperience.path))
  const wish = wishFor(phone)
  if (phone) return { ...(await readAs(CATALOGUES[phone], wish, first)), phone }

  const phoneRefused = first.refusals.get(phoneExperience.path) ?? unexpectedAnswer(phoneExperience.path)
  const wanted = [...wish.settings]
  const unseen = guess ? [] : wanted.filter(setting => OF_ONE_KIND.has(setting))
  const settings = wanted.filter(setting => !unseen.includes(setting))
  const rest = await readAs(CATALOGUES.legacy, { ...wish, settings }, first)
  const { code, message } = phoneRefused
  if (unseen.some(setting => !wish.optional?.has(setting)) && !OF_ONE_RESOURCE.has(code))
    throw new UserError(code, message)
  return {
    ...rest,
    unreadable: [...rest.unreadable, ...unseen.map(setting => ({ setting, code, message }))],
    refusals: new Map([...first.refusals, ...rest.refusals]),
    phone,
    phoneRefused,
  }
}

function dependsOnKind(wishFor: (phone: PhoneExperience) => Wish): boolean {
  return (['legacy', 'unified'] as const).some(phone =>
    [...wishFor(phone).settings].some(setting => OF_ONE_KIND.has(setting)),
  )
}
