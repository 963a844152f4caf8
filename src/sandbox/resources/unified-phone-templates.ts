import { itemsOf, keepItem } from '../collection.ts'
import { ApiError } from '../errors.ts'
import { fieldsOf, inOrder, type JsonObject } from '../json.ts'
import { newId, shuffled } from '../random.ts'
import type { ApiRequest, Resource } from '../resource.ts'
import { notification, queried, removal, trial } from './notification.ts'
import { creation, testMessage, update } from './unified-phone-template-bodies.ts'
import { defaultBodies, fresh } from './unified-phone-template-defaults.ts'

const kind = { path: '/branding/phone/templates', scopeOf: 'phone_templates' }
const names = ['id', 'tenant', 'channel', 'type', 'disabled', 'created_at', 'updated_at', 'content']

/**
 * Keeps a template with what was sent, and answers it. Its content is replaced but for the syntax (78 of 78 recordings)
 * and has no `from` unless that was sent (485 of 485).
 */
function keep(request: ApiRequest, template: JsonObject, { disabled, content }: JsonObject): JsonObject {
  const written: JsonObject = { ...template, updated_at: new Date(request.time).toISOString() }
  if (disabled !== undefined) written.disabled = disabled
  if (content !== undefined) {
    const { syntax = 'liquid' } = fieldsOf(template.content)
    written.content = inOrder(['syntax', 'body', 'from'], { syntax, ...fieldsOf(content) })
  }
  keepItem(request.kept, kind.path, written)
  return inOrder(names, written)
}

/**
 * All templates, in an order that changes from one request to the next (16 were recorded). A type without a template
 * is there too, without an id and with an empty `from` (19 of 19 recordings): that makes four, `password_breach` never
 * being listed. Assumption: it is where there is one.
 */
const templates: Resource = {
  path: kind.path,
  operations: {
    GET: {
      scope: `read:${kind.scopeOf}`,
      answer: request => {
        const created = itemsOf(request.kept, kind.path).map(template => inOrder(names, template))
        const virtual = Object.keys(defaultBodies)
          .filter(type => !created.some(template => template.type === type))
          .map(type => fresh(type, request.time))
          .map(template => ({ ...template, content: { ...fieldsOf(template.content), from: '' } }))
        const asked = queried([...created, ...virtual], request.query)
        return { status: 200, body: { templates: shuffled(asked, request.random) } }
      },
    },
    POST: {
      scope: `create:${kind.scopeOf}`,
      body: creation,
      answer: (request, body) => {
        const type = String(fieldsOf(body).type)
        if (itemsOf(request.kept, kind.path).some(template => template.type === type)) {
          // The message is that of Auth0's OpenAPI. Assumption: it has no code, as other errors of this service.
          throw new ApiError(409, 'Phone template already configured for tenant')
        }
        const template = { id: newId('tem_', 22), ...fresh(type, request.time) }
        return { status: 201, body: keep(request, template, fieldsOf(body)) }
      },
    },
  },
}

/** One template. */
const template: Resource = {
  path: `${kind.path}/:id`,
  operations: {
    GET: {
      scope: `read:${kind.scopeOf}`,
      answer: request => ({ status: 200, body: inOrder(names, notification(request, kind)) }),
    },
    PATCH: {
      scope: `update:${kind.scopeOf}`,
      body: update,
      answer: (request, body) => {
        const changed = keep(request, notification(request, kind), fieldsOf(body))
        return { status: 200, body: changed }
      },
    },
    DELETE: removal(kind),
  },
}

/** Gives a template its text of old; `from` stays (recorded). Assumption: so does all else but the time. */
const reset: Resource = {
  path: `${kind.path}/:id/reset`,
  operations: {
    PATCH: {
      scope: `update:${kind.scopeOf}`,
      answer: request => {
        const found = notification(request, kind)
        const body = defaultBodies[String(found.type)]
        const content = { ...fieldsOf(found.content), ...(body && { body }) }
        return { status: 200, body: keep(request, found, { content }) }
      },
    },
  },
}

/** The texts of the unified phone's messages. Other than the older ones they need not be Liquid: assumption. */
export const unifiedPhoneTemplates = [templates, template, reset, trial(kind, testMessage)]
