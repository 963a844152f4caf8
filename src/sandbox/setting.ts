import { fieldsOf, type JsonObject } from './json.ts'
import type { ApiRequest, Operation, Resource } from './resource.ts'
import type { Schema } from './validation.ts'

/** A setting of the tenant: a JSON object that can be read and replaced, and has no id. */
export interface Setting {
  /** Below /api/v2. */
  path: string
  /** The name under which it is kept: paths with the same one show the same setting. Default: the path. */
  keptAs?: string
  /** What the scopes are for: `x` needs read:x to be read and update:x to be written. */
  scopeOf: string
  /** Throws the ApiError with which both reading and writing are refused. */
  refuse?: (request: ApiRequest) => void
  /** What GET shows of what is kept. Absent: there is no GET. */
  shown?: (kept: JsonObject, request: ApiRequest) => JsonObject
  /** What GET shows before the first write. Absent: 204 without content. */
  unset?: JsonObject
  /** What PUT takes; it replaces the setting. Absent: there is no PUT. */
  put?: Schema
  /** What PATCH takes; it replaces the fields that are sent, and null clears them. Absent: there is no PATCH. */
  patch?: Schema
  /** Throws the ApiError for a body that fits the schema and is refused nevertheless. */
  check?: (body: JsonObject, request: ApiRequest) => void
  /** What a write answers. Default: the body as it was sent, defaults not added (recorded for nearly every PUT). */
  answered?: (body: JsonObject, kept: JsonObject) => JsonObject
  /** Fields that no answer shows and that need not be stored: it is kept only that they are set. */
  writeOnly?: readonly string[]
  /** Fields that are shown and secret. */
  secrets?: readonly string[]
}

/** The resource that a setting is served as. */
export function setting(description: Setting): Resource {
  const { path, keptAs = path, scopeOf, refuse, shown, unset, put, patch, secrets } = description
  const guard = refuse && { refuse }
  const write = (body: Schema, before: (request: ApiRequest) => JsonObject): Operation => ({
    scope: `update:${scopeOf}`,
    ...guard,
    body,
    answer: (request, sent) => {
      const fields = fieldsOf(sent)
      description.check?.(fields, request)
      const after = settled({ ...before(request), ...fields }, description.writeOnly)
      request.kept.set(keptAs, after)
      return { status: 200, body: description.answered?.(fields, after) ?? fields }
    },
  })
  const read: Operation | undefined = shown && {
    scope: `read:${scopeOf}`,
    ...guard,
    answer: request => {
      const kept = request.kept.get(keptAs)
      const body = kept === undefined ? unset : shown(kept, request)
      return body === undefined ? { status: 204 } : { status: 200, body }
    },
  }
  return {
    path,
    ...(secrets && { secrets }),
    operations: {
      ...(read && { GET: read }),
      ...(put && { PUT: write(put, () => ({})) }),
      // Assumption, never recorded for Guardian: PATCH answers with the body sent, as PUT does.
      ...(patch && { PATCH: write(patch, request => request.kept.get(keptAs) ?? {}) }),
    },
  }
}

/** What is kept of a value: nothing of a null, and of a write-only field no more than that it is set. */
function settled(value: JsonObject, writeOnly: readonly string[] = []): JsonObject {
  const entries = Object.entries(value).filter(([, field]) => field !== null)
  return Object.fromEntries(entries.map(([name, field]) => [name, writeOnly.includes(name) ? true : field]))
}
