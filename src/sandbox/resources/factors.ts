import * as z from 'zod/mini'
import { ApiError } from '../errors.ts'
import { fieldsOf, type Json } from '../json.ts'
import type { ApiRequest, Resource } from '../resource.ts'
import type { Kept } from '../state.ts'
import { messageTypes } from './message-types.ts'
import { otpSettings } from './otp-settings.ts'

/** Auth0's factors, in the order in which GET lists them (961 of 961 recordings). */
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
const keptAs = '/guardian/factors'

/** The list of factors. There is no GET of a single one. */
export const factorList: Resource = {
  path: '/guardian/factors',
  operations: {
    GET: {
      scope: 'read:guardian_factors',
      answer: ({ kept, query, tenant }) => {
        const withSettings = query.include_settings === 'true'
        const own = names.map(name => ({
          name,
          enabled: kept.get(keptAs)?.[name] ?? false,
          trial_expired: false,
          ...(withSettings && settingsOf(name, kept)),
        }))
        const extra = tenant.extraFactors.map(({ name, enabled }) => ({
          name,
          enabled,
          trial_expired: false,
        }))
        return { status: 200, body: [...own, ...extra] }
      },
    },
  },
}

/** The switch of one factor. */
export const factor: Resource = {
  path: '/guardian/factors/:name',
  operations: {
    PUT: {
      scope: 'update:guardian_factors',
      refuse: ({ params: { name = '' } }) => {
        if (names.includes(name)) return
        // Recorded for the name of a prompt, there with the parameter's description in parentheses.
        throw new ApiError(
          400,
          `Path validation error: 'Invalid value "${name}"' on property name.`,
          'bad_request',
        )
      },
      body: z.strictObject({ enabled: z.boolean() }),
      answer: switchFactor,
    },
  },
}

function switchFactor({ params: { name = '' }, kept }: ApiRequest, body: Json) {
  const { enabled = false } = fieldsOf(body)
  kept.set(keptAs, { ...kept.get(keptAs), [name]: enabled })
  // Recorded (17 reads, one cassette): they are not brought back by switching sms on again, as far as seen.
  if (name === 'sms' && !enabled) kept.set(messageTypes.path, { message_types: [] })
  return { status: 200, body: { enabled } } as const
}

/** What `include_settings` adds (Auth0's SDK has the type; not recorded). Assumption: defaults are shown too. */
function settingsOf(name: string, kept: Kept) {
  if (name === 'sms') return { settings: otpSettings(kept, 'phone') }
  return name === 'email' ? { settings: otpSettings(kept, 'email') } : {}
}
