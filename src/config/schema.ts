import * as z from 'zod/mini'
import { ENTRIES } from '../settings/catalogue.ts'
import type { Field } from '../settings/field.ts'
import { CHECK_IDS } from './check-ids.ts'
import { nest, type Tree } from './tree.ts'

/** What is said of a node of the file in the JSON Schema. */
const registry = z.registry<Said>()

interface Said {
  description?: string
  default?: unknown
  examples?: unknown[]
}

const SECTIONS: Readonly<Record<string, string>> = {
  factors:
    'The factors. Each is true, false, or an object; an object without `enabled` leaves the switch alone',
  session: '"Remember this browser"',
  risk: 'The risk assessment behind Adaptive MFA',
  enrollment: 'The enrolment page',
  'factors.phone.twilio': 'The Twilio account that the messages are sent with',
  'factors.phone.templates': 'The texts of the messages',
  'factors.push-notification.sns': 'Amazon SNS as the way to the phones',
  'factors.push-notification.apns': "Apple's push service, spoken to directly",
  'factors.push-notification.fcm': 'Firebase Cloud Messaging by its old server key',
  'factors.push-notification.fcmv1': 'Firebase Cloud Messaging, HTTP v1',
  'factors.push-notification.app': 'The app that the enrolment page names',
  'risk.new_device': 'How long the assessment knows a device',
}

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
  tenant: said(z.string().check(z.minLength(1)), {
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
export const fileSchema = file(field => field.schema)

/**
 * The file's JSON Schema (draft 2020-12). For editors, what is written as text may be a reference instead, and a secret
 * must be one; without `references` it describes what the file means.
 */
export function jsonSchema({ references }: { readonly references: boolean }): Record<string, unknown> {
  const schema = references ? file(orReference) : fileSchema
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    metadata: registry,
    // Left to itself, zod takes examples and defaults of what it transforms to be of the outcome.
    override: ({ zodSchema, jsonSchema }) => void Object.assign(jsonSchema, registry.get(zodSchema)),
  })
  return {
    $schema,
    title: 'mfa-config',
    description: 'Multi-factor authentication of an Auth0 tenant',
    ...rest,
  }
}

/** Made anew for each field, since each has a description of its own. */
function reference(): z.ZodMiniType {
  return z.string().check(z.regex(/\$\{.+\}/))
}

function orReference({ schema, example, secret }: Field): z.ZodMiniType {
  if (secret) return reference()
  return typeof example === 'string' ? z.union([schema, reference()]) : schema
}

/** What a field takes, in the file that is described. */
type LeafSchema = (field: Field) => z.ZodMiniType

function file(leaf: LeafSchema): z.ZodMiniType {
  return object(nest(ENTRIES.map(({ path, field }) => [path, field] as const)), [], leaf, aboutTheFile)
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

/** A factor may be written as its switch alone. */
function nested(tree: Tree<Field>, path: readonly string[], leaf: LeafSchema): z.ZodMiniType {
  const whole = object(tree, path, leaf)
  const isFactor = path[0] === 'factors' && path.length === 2
  const about = isFactor ? tree.enabled : undefined
  const description = about && isField(about) ? about.description : SECTIONS[path.join('.')]
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
