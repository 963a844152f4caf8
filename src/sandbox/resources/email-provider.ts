import { ApiError } from '../errors.ts'
import { selected } from '../fields.ts'
import { fieldsOf, inOrder, type JsonObject } from '../json.ts'
import type { ApiRequest, Resource } from '../resource.ts'
import { hasAction } from '../tenant.ts'
import { creation, update } from './email-provider-bodies.ts'

const path = '/emails/provider'
/** The credentials that Auth0's OpenAPI has in an answer; of the others it is kept only that they are set. */
const readable = ['region', 'smtp_host', 'smtp_port', 'smtp_user']
/** The order recorded. Assumption: the place of `settings`. */
const names = ['name', 'credentials', 'default_from_address', 'settings', 'enabled']

function shown(provider: JsonObject): JsonObject {
  return inOrder(names, { ...provider, credentials: inOrder(readable, fieldsOf(provider.credentials)) })
}

/** The provider. The message is that of Auth0's OpenAPI; assumption: the code, made after that of an email template. */
function existing({ kept }: ApiRequest, message = 'Email provider has not been configured.'): JsonObject {
  const provider = kept.get(path)
  if (provider === undefined) throw new ApiError(404, message, 'inexistent_email_provider')
  return provider
}

/**
 * Keeps the provider with what was sent. Assumption: credentials and settings are replaced, not merged, and null
 * removes settings. The 409 is that of Auth0's OpenAPI; assumption: the code, which is in Auth0's guide to custom phones.
 */
function keep({ kept, tenant }: ApiRequest, before: JsonObject, body: JsonObject): JsonObject {
  const after = { ...before, ...body }
  if (after.name === 'custom' && !hasAction(tenant, 'custom-email-provider')) {
    const code = 'custom_email_provider_deployed_action_not_found'
    throw new ApiError(409, 'No deployed action was found.', code)
  }
  const credentials = Object.entries(fieldsOf(after.credentials))
    .filter(([, value]) => value !== null)
    .map(([field, value]) => [field, readable.includes(field) ? value : true])
  after.credentials = Object.fromEntries(credentials)
  const provider = Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null))
  kept.set(path, provider)
  return shown(provider)
}

/** The tenant's own email provider; without one Auth0 sends emails itself. */
export const emailProvider: Resource = {
  path,
  operations: {
    GET: {
      scope: 'read:email_provider',
      answer: request => {
        const asked = request.query.fields ? request.query : { fields: 'name,enabled' }
        return { status: 200, body: selected(shown(existing(request)), asked) }
      },
    },
    POST: {
      scope: 'create:email_provider',
      body: creation,
      answer: (request, body) => {
        const present = request.kept.get(path)
        if (present !== undefined) {
          // Recorded, with the code.
          throw new ApiError(
            409,
            `An email provider is already configured: ${present.name}`,
            'email_provider_conflict',
          )
        }
        return { status: 201, body: keep(request, { enabled: true }, fieldsOf(body)) }
      },
    },
    PATCH: {
      scope: 'update:email_provider',
      body: update,
      answer: (request, body) => ({ status: 200, body: keep(request, existing(request), fieldsOf(body)) }),
    },
    DELETE: {
      scope: 'delete:email_provider',
      answer: request => {
        existing(request, 'Email provider does not exist.')
        request.kept.delete(path)
        return { status: 204 }
      },
    },
  },
}
