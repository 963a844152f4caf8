import { isObject, type JsonObject } from './json.ts'
import type { Kept } from './state.ts'

/** What is kept of one kind of thing that has ids: all of it under `path`, in the order in which it was created. */
export function itemsOf(kept: Kept, path: string): JsonObject[] {
  return Object.values(kept.get(path) ?? {}).filter(isObject)
}

/** The one with this id; undefined where there is none. */
export function itemOf(kept: Kept, path: string, id: string): JsonObject | undefined {
  return itemsOf(kept, path).find(item => item.id === id)
}

/** Keeps one thing by its id, in place of the one that has the same. */
export function keepItem(kept: Kept, path: string, item: JsonObject): void {
  kept.set(path, { ...kept.get(path), [String(item.id)]: item })
}

/** Forgets the one with this id. */
export function forgetItem(kept: Kept, path: string, id: string): void {
  const { [id]: _, ...others } = kept.get(path) ?? {}
  kept.set(path, others)
}
