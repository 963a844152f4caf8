/** What a JSON document can hold. */
export type Json = null | boolean | number | string | Json[] | JsonObject

/** A JSON object: names to values. */
export type JsonObject = { [field: string]: Json }

/** Whether a JSON value is an object: neither a list nor null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The fields of a JSON value; none where it is not an object. */
export function fieldsOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

/** The fields of `value` named in `names`, in the order of `names`; those it does not have are left out. */
export function inOrder(names: readonly string[], value: JsonObject): JsonObject {
  const ordered: JsonObject = {}
  for (const name of names) {
    const field = value[name]
    if (field !== undefined) ordered[name] = field
  }
  return ordered
}

/** All fields named in `names`, in that order; null where `value` does not have them. */
export function withNulls(names: readonly string[], value: JsonObject): JsonObject {
  return Object.fromEntries(names.map(name => [name, value[name] ?? null]))
}
