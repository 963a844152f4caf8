import * as z from 'zod/mini'
import { CATALOGUES, ENTRIES } from '../settings/catalogue.ts'
import type { Field } from '../settings/field.ts'
import { CHECK_IDS } from './check-ids.ts'
import { nest, type Tree } from './tree.ts'

/** What is said of a node of the file in the JSON Schema. */
export const registry = z.registry<Said>()

interface Said {
  description?: string
  default?: unknown
  examples?: unknown[]
}

/** What each object of the file is, where it is not a factor. */
const SECTIONS: ReadonlyMap<string, string> = new Map([
  [
    'factors',
    'The factors. Each is true, false, or an object; an object without `enabled` leaves the switch alone',
  ],
  ...CATALOGUES.legacy.settings.flatMap(({ at, about }) =>
    about === undefined ? [] : [[at, about] as const],
  ),
])

/** A domain as people paste it, or the word `sandbox`. */
const DOMAIN = /^\s*(https?:\/\/)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]+)?\/?\s*$/i

/** Keys of the file that are no setting. */
const aboutTheFile = {
  $schema: said(z.string(), {
    description: 'Where editors find the JSON Schema of this file: what `mfa-config schema` prints',
    examples: ['./mfa-config.schema.json'],
  }),
  $import: said(z.union([z.string(), z.array(z.string())]), {
    description: 'Files that this one is laid over: objects merge, lists and scalars replace',
    examples: ['./base.yaml'],
  }),
  tenant: said(z.string().check(z.regex(DOMAIN)), {
    description: 'The only tenant that this file is for, such as acme.eu.auth0.com; any other is refused',
    examples: ['acme.eu.auth0.com'],
  }),
  allow: said(z.array(z.enum(CHECK_IDS)), {
    description:
      'Warnings and confirmations accepted on purpose, by the id of the check; errors cannot be accepted here',
    examples: [['F08']],
  }),
  strict: said(z.boolean(), {
    description: 'true: an enabled factor that the file does not mention is a finding',
    default: false,
    examples: [true],
  }),
}

/** The configuration file, with its short forms: every key may be left out, no other is allowed. References are resolved. */
export const fileSchema = fileOf(field => field.schema)

/** What a field takes, in the file that is described. */
type LeafSchema = (field: Field) => z.ZodMiniType

/** The file's schema, with what `leaf` makes of each field. */
export function fileOf(leaf: LeafSchema): z.ZodMiniType {
  return object(
    nest(ENTRIES.map(({ longPath, field }) => [longPath, field] as const)),
    [],
    leaf,
    aboutTheFile,
  )
}

function object(
  tree: Tree<Field>,
  path: readonly string[],
  leaf: LeafSchema,
  besides: Readonly<Record<string, z.ZodMiniType>> = {},
): z.ZodMiniType {
  const own = Object.entries(tree).map(([key, node]): [string, z.ZodMiniType] => [
    key,
    isField(node) ? described(leaf(node), node) : nested(node, [...path, key], leaf),
  ])
  const shape = [...Object.entries(besides), ...own].map(
    ([key, schema]) => [key, z.optional(schema)] as const,
  )
  return z.strictObject(Object.fromEntries(shape))
}

/** A factor may be written as its switch alone, and a message as its text alone. */
function nested(tree: Tree<Field>, path: readonly string[], leaf: LeafSchema): z.ZodMiniType {
  const whole = object(tree, path, leaf)
  const fields = Object.values(tree).filter(isField)
  const text = fields.find(({ part }) => part !== undefined)
  if (text) {
    const { description, default: usual } = text
    const examples = [text.example, exampleOf(tree)]
    return said(z.union([leaf(text), whole]), { description, default: usual, examples })
  }
  const isFactor = path[0] === 'factors' && path.length === 2
  const about = isFactor ? tree.enabled : undefined
  const description = about && isField(about) ? about.description : SECTIONS.get(path.join('.'))
  const node = isFactor ? z.union([z.boolean(), whole]) : whole
  const examples = isFactor ? [true, exampleOf(tree)] : [exampleOf(tree)]
  return said(node, { ...(description && { description }), examples })
}

function exampleOf(tree: Tree<Field>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([key, node]) => [key, isField(node) ? node.example : exampleOf(node)]),
  )
}

function described(
  schema: z.ZodMiniType,
  { description, secret, unit, default: usual, example }: Field,
): z.ZodMiniType {
  return said(schema, {
    description: [
      description,
      ...(secret ? ['A reference, never a literal'] : []),
      ...(unit ? [`In ${unit}`] : []),
    ].join('. '),
    ...(usual !== undefined && { default: usual }),
    examples: [example],
  })
}

function isField(node: Tree<Field> | Field): node is Field {
  return 'schema' in node && 'expects' in node
}

function said<S extends z.ZodMiniType>(schema: S, about: Said): S {
  registry.add(schema, about)
  return schema
}
