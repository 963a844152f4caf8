import { ENTRIES } from '../settings/catalogue.ts'
import type { Value } from '../settings/field.ts'
import type { Config } from './config.ts'
import type { Loaded } from './load.ts'
import { isReference } from './references.ts'
import { longForm } from './short-form.ts'
import { valueIn } from './tree.ts'

/**
 * What a file says of each setting: normalised where it stands there, and the reference where it comes from elsewhere,
 * so that files can be compared without anything secret.
 */
export function writtenValues({ tree }: Loaded, { values }: Config): ReadonlyMap<string, Value> {
  const written = longForm(tree)
  return new Map(
    ENTRIES.flatMap(({ path, longPath }): [string, Value][] => {
      const given = [path, longPath].map(one => valueIn(written, one.split('.')))
      const text = given.find(one => typeof one === 'string')
      if (text !== undefined && isReference(text)) return [[path, text]]
      const list = given.find(one => Array.isArray(one))?.map(String)
      if (list?.some(isReference)) return [[path, list.sort()]]
      const value = values.get(path)
      return value === undefined ? [] : [[path, value]]
    }),
  )
}
