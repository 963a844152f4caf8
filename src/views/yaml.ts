import { type Document, isMap } from 'yaml'
import { placed } from '../config/placed.ts'
import { escapeReference } from '../config/references.ts'
import { nest } from '../config/tree.ts'
import type { TenantSettings } from '../plan/tenant-settings.ts'
import type { Entry } from '../settings/catalogue.ts'
import { formatDuration } from '../settings/duration.ts'
import type { Value } from '../settings/field.ts'
import { printable } from './printable.ts'
import { formatValue } from './value.ts'
import { yamlDocument } from './yaml-document.ts'

/**
 * What a tenant has, as a configuration file whose plan is empty. Secrets, what the file could not say and what could
 * not be read are comments. `head` is a comment at the top, without its signs.
 */
export function renderYaml(tenant: string, settings: TenantSettings, head: readonly string[] = []): string {
  const { held, hidden, unreadable, unknown } = settings
  const sayable = held.filter(({ entry, expressible }) => expressible && !entry.field.secret)
  const tree = nest<unknown>([
    ['tenant', tenant],
    ...placed<unknown>(sayable.map(({ entry, value }) => [entry, written(entry, value)] as const)),
  ])
  const document = yamlDocument(tree)
  shorten(document)

  for (const { entry, value, expressible } of held) {
    if (entry.field.secret) comment(document, entry.path, entry.field.example)
    else if (!expressible)
      comment(document, entry.path, formatValue(entry.path, value), 'not known to this version')
  }
  for (const { path, field } of hidden) comment(document, path, field.example, 'cannot be read')
  for (const { path, enabled } of unknown)
    comment(document, path, enabled, 'not known to this version; left alone')
  for (const { path, message } of unreadable) comment(document, path, `not readable: ${message}`)

  if (head.length > 0) document.commentBefore = head.map(line => ` ${line}`).join('\n')
  return document.toString({ lineWidth: 0 })
}

/** A value as the file writes it. */
function written({ field }: Entry, value: Value): unknown {
  if (typeof value === 'number' && field.unit === 'seconds') return formatDuration(value)
  return typeof value === 'string' ? escapeReference(value) : value
}

/** A factor of which there is nothing but the switch is the switch: `otp: true`. */
function shorten(document: Document): void {
  const factors = document.get('factors')
  if (!isMap(factors)) return
  for (const { key } of [...factors.items]) {
    const factor = factors.get(key)
    if (isMap(factor) && factor.items.length === 1 && factor.has('enabled'))
      factors.set(key, factor.get('enabled', true))
  }
}

/** Puts a comment where the path would stand: at the end of the deepest object on its way that is there. */
function comment(document: Document, path: string, value: unknown, remark?: string): void {
  const steps = path.split('.')
  for (let depth = steps.length - 1; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(steps.slice(0, depth), true)
    if (!isMap(node)) continue
    const said = `${steps.slice(depth).join('.')}: ${String(value).replace(/\s+/g, ' ')}${remark ? `  (${remark})` : ''}`
    const text = ` ${printable(said)}`
    node.comment = node.comment ? `${node.comment}\n${text}` : text
    return
  }
}
