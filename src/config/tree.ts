import { isRecord } from '../settings/setting.ts'
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
