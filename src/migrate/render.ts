import { isMap, isScalar, type YAMLMap } from 'yaml'
import { placed } from '../config/placed.ts'
import { nest } from '../config/tree.ts'
import { ENTRIES, type Entry } from '../settings/catalogue.ts'
import { FACTORS } from '../settings/factor.ts'
import { printable } from '../views/printable.ts'
import { yamlDocument } from '../views/yaml-document.ts'
import type { Migrated, Remark, Written } from './migrated.ts'

/** The file: settings in the order in which people read them, each remark at the place that it is about. */
export function renderMigrated({ label, values, remarks }: Migrated): string {
  const written = ENTRIES.flatMap((entry): (readonly [Entry, Written])[] => {
    const value = values.get(entry.path)
    return value === undefined ? [] : [[entry, value]]
  })
  const document = yamlDocument(nest<Written>(shortened(placed(written))))
  const { contents } = document
  const unplaced = remarks.filter(remark => !(isMap(contents) && place(contents, remark)))
  const head = [`Made from the Auth0 Deploy CLI's ${label}.`, ...unplaced.map(({ text }) => text)]
  document.commentBefore = head.map(line => ` ${printable(line)}`).join('\n')
  return document.toString({ lineWidth: 0 })
}

/** A factor of which there is nothing but the switch is the switch: `otp: true`. */
function shortened(values: readonly (readonly [string, Written])[]): (readonly [string, Written])[] {
  const alone = Object.keys(FACTORS).filter(
    name => values.filter(([path]) => path.startsWith(`factors.${name}.`)).length === 1,
  )
  return values.map(([path, value]) => {
    const factor = alone.find(name => path === `factors.${name}.enabled`)
    return [factor === undefined ? path : `factors.${factor}`, value]
  })
}

/**
 * Puts a remark before the setting, or where that would stand at the end of the deepest object on its way. Gives whether
 * there is such a place below the top.
 */
function place(root: YAMLMap, { path, text }: Remark): boolean {
  if (path === undefined) return false
  let map = root
  for (const [depth, step] of path.split('.').entries()) {
    const pair = map.items.find(({ key }) => isScalar(key) && key.value === step)
    if (pair && isMap(pair.value)) {
      map = pair.value
      continue
    }
    if (pair && isScalar(pair.key)) pair.key.commentBefore = appended(pair.key.commentBefore, text)
    else if (depth === 0) return false
    else map.comment = appended(map.comment, text)
    return true
  }
  map.comment = appended(map.comment, text)
  return true
}

function appended(comment: string | null | undefined, text: string): string {
  const line = ` ${printable(text)}`
  return comment ? `${comment}\n${line}` : line
}
