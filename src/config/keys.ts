import { ENTRIES } from '../settings/catalogue.ts'
import type { TreePath } from './source.ts'

/** Keys at the top that are no setting; of some the schema of one tenant's configuration knows nothing. */
const ABOUT_THE_FILE = ['tenant', 'environments', 'allow', 'strict', '$import', '$schema']

/** The keys that the file may have at a path, as the catalogue has them. */
export function keysAt(path: TreePath): string[] {
  const prefix = path.length === 0 ? '' : `${path.join('.')}.`
  const below = ENTRIES.filter(entry => entry.longPath.startsWith(prefix)).map(
    entry => entry.longPath.slice(prefix.length).split('.')[0] ?? '',
  )
  return [...new Set([...(path.length === 0 ? ABOUT_THE_FILE : []), ...below])]
}
