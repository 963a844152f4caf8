import * as z from 'zod/mini'
import { once } from '../once.ts'
import { parseAnswer } from '../tenant/answer.ts'
import { type Field, set, type Value, writeOnly } from './field.ts'
import { provider, twilioAccount } from './phone-fields.ts'
import { sameValue, type Values } from './reading.ts'
import { phoneProviders } from './scopes.ts'
import type { Setting } from './setting.ts'

const PROVIDERS = '/branding/phone/providers'
/** Where the providers are listed. */
export const providerList = { path: PROVIDERS, scope: phoneProviders.read }

const METHODS = 'delivery_methods'
const SWITCH = 'factors.phone.enabled'
const MESSAGE_TYPES = 'factors.phone.message_types'

/** Fields that live in a provider's `configuration`, by the API's names. */
const CONFIGURED: Readonly<Record<string, string>> = {
  sid: 'twilio.sid',
  default_from: 'twilio.from',
  mssid: 'twilio.messaging_service_sid',
  [METHODS]: METHODS,
}

const deliveryMethods: Field = {
  ...set(['text', 'voice'], {
    description: 'How the provider may reach a phone, which follows from message_types',
    example: ['text'],
  }),
  derived: true,
}

/** The provider's word for Guardian's. */
export const METHOD_OF: Readonly<Record<string, string>> = { sms: 'text', voice: 'voice' }

const text = () => z.optional(z.nullable(z.string()))
const answered = once(() =>
  z.looseObject({
    providers: z.array(
      z.looseObject({
        id: z.string(),
        name: z.string(),
        disabled: z.optional(z.nullable(z.boolean())),
        configuration: z.optional(
          z.nullable(
            z.looseObject({
              sid: text(),
              default_from: text(),
              mssid: text(),
              [METHODS]: z.optional(z.nullable(z.array(z.string()))),
            }),
          ),
        ),
      }),
    ),
  }),
)

/**
 * The tenant's provider of phone messages, with the unified phone experience. Recorded: a PATCH replaces the
 * configuration as a whole and may change the name, and no answer has credentials. Assumptions: a PATCH without
 * credentials keeps them; where there are several providers, the first that is not disabled counts.
 */
export const unifiedPhoneProvider: Setting = {
  at: 'factors.phone',
  fields: {
    provider,
    'twilio.sid': twilioAccount.sid,
    'twilio.auth_token': { ...writeOnly(twilioAccount.auth_token), api: 'auth_token' },
    'twilio.from': twilioAccount.from,
    'twilio.messaging_service_sid': twilioAccount.messaging_service_sid,
    [METHODS]: deliveryMethods,
  },
  read: { ...providerList, get: api => api.request('GET', PROVIDERS) },
  write: { path: PROVIDERS, scopes: [phoneProviders.create, phoneProviders.update] },

  decode(answer) {
    const found = theProvider(answer)
    // One that is disabled sends nothing: it is not chosen.
    const values: Record<string, Value> = {
      provider: found?.disabled === true ? null : (found?.name ?? null),
    }
    for (const [key, name] of Object.entries(CONFIGURED)) values[name] = asValue(found?.configuration?.[key])
    return { answer, values, configured: found !== undefined }
  },

  // Message types that the provider does not cover are refused (Auth0's documentation of the migration).
  derive: {
    from: [SWITCH, MESSAGE_TYPES],
    values(before, after) {
      const known = list(before?.values[METHODS])
      const types = after(SWITCH) === false ? [] : list(after(MESSAGE_TYPES))
      const widened = [...new Set([...known, ...types.flatMap(type => METHOD_OF[type] ?? [])])].sort()
      return sameValue(widened, known) ? {} : { [METHODS]: widened }
    },
  },

  request(before, declared, { carry = true } = {}) {
    const found = before && theProvider(before.answer)
    const configuration = configurationWith(declared, found?.configuration ?? {}, carry)
    const { provider: name, 'twilio.auth_token': auth_token } = declared
    const credentials = auth_token === undefined ? {} : { credentials: { auth_token } }
    const choice = name === undefined ? {} : { name, disabled: false }
    if (found) {
      const path = `${PROVIDERS}/${encodeURIComponent(found.id)}`
      const body = { ...choice, configuration, ...credentials }
      return { method: 'PATCH', path, scope: phoneProviders.update, body }
    }
    // An account alone is no choice of a provider: it is kept, and sends nothing.
    const body = { name: 'twilio', disabled: true, ...choice, configuration, credentials: {}, ...credentials }
    return { method: 'POST', path: PROVIDERS, scope: phoneProviders.create, body }
  },

  send: (api, { method, path, body }) => api.request(method, path, body),
}

/** The provider that sends, or would if it were not disabled. Throws `api_error` for an answer of another shape. */
export function theProvider(answer: unknown) {
  const { providers } = parseAnswer(PROVIDERS, answered(), answer)
  return providers.find(({ disabled }) => disabled !== true) ?? providers[0]
}

/** The whole configuration: what is declared, and what the tenant has besides. It must name a way to a phone. */
function configurationWith(declared: Values, known: Readonly<Record<string, unknown>>, carry: boolean) {
  const configuration: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(known)) {
    if (value !== null && (carry || Object.hasOwn(CONFIGURED, key))) configuration[key] = value
  }
  for (const [key, name] of Object.entries(CONFIGURED)) {
    if (declared[name] === null) delete configuration[key]
    else if (declared[name] !== undefined) configuration[key] = declared[name]
  }
  // Never narrowed, whatever the tenant has by now.
  const methods = [...list(asValue(known[METHODS])), ...list(declared[METHODS])]
  return { ...configuration, [METHODS]: methods.length > 0 ? [...new Set(methods)].sort() : ['text'] }
}

function asValue(given: unknown): Value {
  if (typeof given === 'string') return given
  return Array.isArray(given) ? given.map(String).sort() : null
}

function list(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value : []
}
