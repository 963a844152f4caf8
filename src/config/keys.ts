import { ENTRIES } from '../settings/catalogue.ts'
import type { TreePath } from './source.ts'

/** The keys that the file may have at a path, as the catalogue has them. */
export function keysAt(path: TreePath): string[] {
  const prefix = path.length === 0 ? '' : `${path.join('.')}.`
  const below = ENTRIES.filter(entry => entry.longPath.startsWith(prefix)).map(
    entry => entry.longPath.slice(prefix.length).split('.')[0] ?? '',
  )
  const aboutTheFile = path.length === 0 ? ['tenant', 'allow', 'strict'] : []
  return [...new Set([...aboutTheFile, ...below])]
}
