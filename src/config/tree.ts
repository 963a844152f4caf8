import { isRecord } from '../record.ts'
import type { TreePath } from './source.ts'

/** The value at a path of a tree; `undefined` where there is none. */
export function valueIn(tree: unknown, path: TreePath): unknown {
  let value = tree
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)]
    else if (isRecord(value) && Object.hasOwn(value, step)) value = value[step]
    else return undefined
  }
  return value
}

/** A copy of a tree with each of its texts replaced; those that become `undefined` are left out. */
export function mapTexts(
  tree: unknown,
  replace: (text: string, path: TreePath) => string | undefined,
  path: TreePath = [],
): unknown {
  if (typeof tree === 'string') return replace(tree, path)
  if (Array.isArray(tree)) {
    return tree
      .map((item, index) => mapTexts(item, replace, [...path, index]))
      .filter(item => item !== undefined)
  }
  if (!isRecord(tree)) return tree
  return Object.fromEntries(
    Object.entries(tree)
      .map(([key, value]) => [key, mapTexts(value, replace, [...path, key])])
      .filter(([, value]) => value !== undefined),
  )
}

/** A tree of objects from values by path. */
export interface Tree<T> {
  readonly [key: string]: T | Tree<T>
}

/** Turns values by path into nested objects, keys in the order of the values: `[['a.b', 1]]` → `{ a: { b: 1 } }`. */
export function nest<T>(values: readonly (readonly [path: string, value: T])[]): Tree<T> {
  const below = new Map<string, [string, T][]>()
  const tree: Record<string, T | Tree<T>> = {}
  for (const [path, value] of values) {
    const dot = path.indexOf('.')
    if (dot < 0) {
      tree[path] = value
      continue
    }
    const key = path.slice(0, dot)
    const group = below.get(key) ?? []
    if (group.length === 0) tree[key] = {}
    below.set(key, [...group, [path.slice(dot + 1), value]])
  }
  for (const [key, group] of below) tree[key] = nest(group)
  return tree
}

/** One tree laid over another: objects merge by key, everything else replaces. Every key is a key, whatever its name. */
export function overlay(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return above
  const keys = new Set([...Object.keys(below), ...Object.keys(above)])
  const merged = [...keys].map(key => {
    if (!Object.hasOwn(above, key)) return [key, below[key]]
    return [key, Object.hasOwn(below, key) ? overlay(below[key], above[key]) : above[key]]
  })
  return Object.fromEntries(merged)
}
