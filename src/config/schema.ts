import * as z from 'zod/mini'
import { ENTRIES } from '../settings/catalogue.ts'
import type { Field } from '../settings/field.ts'
import { CHECK_IDS } from './check-ids.ts'
import { nest, type Tree } from './tree.ts'

/** A domain as people paste it, or the word `sandbox`. Both cases are spelt out: JSON Schema has no flags. */
const DOMAIN = /^\s*([hH][tT][tT][pP][sS]?:\/\/)?[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:[0-9]+)?\/?\s*$/

/** Keys of the file that are no setting. */
export const aboutTheFile = {
  $schema: z.string(),
  tenant: z.string().check(z.regex(DOMAIN)),
  allow: z.array(z.enum(CHECK_IDS)),
  strict: z.boolean(),
}

/** Every field at its place in the file, where each message is an object. */
export const FIELDS: Tree<Field> = nest(ENTRIES.map(({ longPath, field }) => [longPath, field] as const))

/**
 * What the file says of one tenant, with its short forms: every key may be left out, no other is allowed. References
 * are resolved, imports merged, and environments and credentials are taken out.
 */
export const fileSchema = object(FIELDS, [], aboutTheFile)

function object(
  tree: Tree<Field>,
  path: readonly string[],
  besides: Readonly<Record<string, z.ZodMiniType>> = {},
): z.ZodMiniType {
  const own = Object.entries(tree).map(([key, node]): [string, z.ZodMiniType] => [
    key,
    isField(node) ? node.schema : nested(node, [...path, key]),
  ])
  const shape = [...Object.entries(besides), ...own].map(
    ([key, schema]) => [key, z.optional(schema)] as const,
  )
  return z.strictObject(Object.fromEntries(shape))
}

function nested(tree: Tree<Field>, path: readonly string[]): z.ZodMiniType {
  const whole = object(tree, path)
  const short = shortOf(tree, path)
  return short ? z.union([short.schema, whole]) : whole
}

/** The field that the file may write in place of an object: a factor's switch, or a message's text. */
export function shortOf(tree: Tree<Field>, path: readonly string[]): Field | undefined {
  const fields = Object.values(tree).filter(isField)
  const text = fields.find(({ part }) => part !== undefined)
  const isFactor = path[0] === 'factors' && path.length === 2
  return text ?? (isFactor && tree.enabled && isField(tree.enabled) ? tree.enabled : undefined)
}

/** Whether a node of {@link FIELDS} is a field, and not an object of some. */
export function isField(node: Tree<Field> | Field): node is Field {
  return 'schema' in node && 'expects' in node
}
