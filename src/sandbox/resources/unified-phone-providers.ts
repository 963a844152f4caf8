import { itemsOf, keepItem } from '../collection.ts'
import { ApiError } from '../errors.ts'
import { fieldsOf, inOrder, type Json, type JsonObject } from '../json.ts'
import { newId } from '../random.ts'
import type { ApiRequest, Resource } from '../resource.ts'
import type { Kept } from '../state.ts'
import { hasAction, type Tenant, tenantName } from '../tenant.ts'
import { notification, queried, removal, trial } from './notification.ts'
import { creation, testMessage, update } from './unified-phone-provider-bodies.ts'

const kind = { path: '/branding/phone/providers', scopeOf: 'phone_providers' }
/** The order recorded. Assumption: the place of `mssid`. */
const settings = ['sid', 'default_from', 'mssid', 'delivery_methods']
const before = ['id', 'tenant', 'name', 'channel', 'disabled', 'configuration']
const after = ['created_at', 'updated_at']
const shown = (provider: JsonObject) => inOrder([...before, ...after], provider)
const listed = (provider: JsonObject) =>
  inOrder([...before, 'credentials', ...after], { ...provider, credentials: null })

/** How the tenant's enabled providers reach a phone; undefined where no provider is enabled. */
export function deliveryMethods(kept: Kept): Json[] | undefined {
  const enabled = itemsOf(kept, kind.path).filter(provider => provider.disabled !== true)
  if (enabled.length === 0) return undefined
  return enabled.flatMap(provider => {
    const methods = fieldsOf(provider.configuration).delivery_methods
    return Array.isArray(methods) ? methods : []
  })
}

/**
 * Throws the 409 that Auth0's OpenAPI has for creating and for trying a custom provider; the code, sic, is in Auth0's
 * guide, for an Action that is missing. Assumption: the two are one.
 */
function refuseWithoutAction(provider: JsonObject, tenant: Tenant): void {
  if (provider.name !== 'custom' || hasAction(tenant, 'custom-phone-provider')) return
  throw new ApiError(
    409,
    'Custom phone provider conflict.',
    'custom_email_provider_deployed_action_not_found',
  )
}

/**
 * Keeps a provider with what was sent. The configuration is replaced as a whole (27 of 27 recordings), and of a token
 * it is kept only that there is one. Throws the 400 recorded for a new Twilio provider that has nothing to send from.
 * Assumption: an existing one gets it too. Assumption: credentials that are not sent stay.
 */
function keep({ kept, time }: ApiRequest, provider: JsonObject, body: JsonObject) {
  const sent = inOrder(['name', 'disabled', 'configuration'], body)
  if (sent.configuration) sent.configuration = inOrder(settings, fieldsOf(sent.configuration))
  if (body.credentials)
    sent.credentials = 'auth_token' in fieldsOf(body.credentials) ? { auth_token: true } : {}
  const written: JsonObject = { ...provider, ...sent, updated_at: new Date(time).toISOString() }
  const { default_from, mssid } = fieldsOf(written.configuration)
  if (written.name === 'twilio' && !default_from && !mssid) {
    throw new ApiError(400, 'Bad Operation on Notification Resource')
  }
  keepItem(kept, kind.path, written)
  return shown(written)
}

/** All providers. Assumption: there can be more than one. */
const providers: Resource = {
  path: kind.path,
  operations: {
    GET: {
      scope: `read:${kind.scopeOf}`,
      answer: ({ kept, query }) => {
        const found = queried(itemsOf(kept, kind.path), query)
        return { status: 200, body: { providers: found.map(listed) } }
      },
    },
    POST: {
      scope: `create:${kind.scopeOf}`,
      body: creation,
      answer: (request, body) => {
        refuseWithoutAction(fieldsOf(body), request.tenant)
        const id = newId('pro_', 22)
        const created_at = new Date(request.time).toISOString()
        const fresh = { id, tenant: tenantName, channel: 'phone', disabled: false, created_at }
        return { status: 201, body: keep(request, fresh, fieldsOf(body)) }
      },
    },
  },
}

/** One provider. Its name may change, and to `custom` without a word on an Action (both recorded). */
const provider: Resource = {
  path: `${kind.path}/:id`,
  operations: {
    GET: {
      scope: `read:${kind.scopeOf}`,
      answer: request => ({ status: 200, body: shown(notification(request, kind)) }),
    },
    PATCH: {
      scope: `update:${kind.scopeOf}`,
      body: update,
      answer: (request, body) => {
        const found = notification(request, kind)
        return { status: 200, body: keep(request, found, fieldsOf(body)) }
      },
    },
    DELETE: removal(kind),
  },
}

/** The provider of the unified phone experience. It works on tenants without that as well (recorded). */
export const unifiedPhoneProviders = [
  providers,
  provider,
  trial(kind, testMessage, (found, { tenant }) => refuseWithoutAction(found, tenant)),
]
