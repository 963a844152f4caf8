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
