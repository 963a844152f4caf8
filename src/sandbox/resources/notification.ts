import { forgetItem, itemOf } from '../collection.ts'
import { ApiError } from '../errors.ts'
import type { JsonObject } from '../json.ts'
import type { ApiRequest, Operation, Resource } from '../resource.ts'
import type { Schema } from '../validation.ts'

/** One kind of what the unified phone has: providers or templates. Auth0 calls both notification resources. */
interface Kind {
  /** Its path, under which it is kept as well. */
  path: string
  /** `x` where read:x, create:x, update:x and delete:x are its scopes. */
  scopeOf: string
}

/**
 * The one that the request's path names. Throws the 404 recorded for DELETE, which has no code; assumption: every other
 * method answers the same.
 */
export function notification({ kept, params: { id = '' } }: ApiRequest, { path }: Kind): JsonObject {
  const found = itemOf(kept, path, id)
  if (found === undefined) throw new ApiError(404, 'Notification Resource not found')
  return found
}

/** Those that the query's `disabled` asks for: all without it. */
export function queried(all: JsonObject[], { disabled }: Readonly<Record<string, string>>): JsonObject[] {
  return all.filter(each => disabled === undefined || disabled === String(each.disabled))
}

/** DELETE of one. */
export function removal(kind: Kind): Operation {
  return {
    scope: `delete:${kind.scopeOf}`,
    answer: request => {
      forgetItem(request.kept, kind.path, String(notification(request, kind).id))
      return { status: 204 }
    },
  }
}

/**
 * The test message. None is sent, and that it was is answered whatever the credentials are (recorded).
 * @param check throws the ApiError for one that cannot send
 */
export function trial(
  kind: Kind,
  body: Schema,
  check?: (found: JsonObject, request: ApiRequest) => void,
): Resource {
  const POST: Operation = {
    scope: `create:${kind.scopeOf}`,
    body,
    answer: request => {
      const found = notification(request, kind)
      check?.(found, request)
      const message = 'Test notification successfully sent for processing'
      return { status: 202, body: { code: 202, message } }
    },
  }
  return { path: `${kind.path}/:id/try`, operations: { POST } }
}
