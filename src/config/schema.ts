import * as z from 'zod/mini'
import { ENTRIES } from '../settings/catalogue.ts'
import type { Field, Value } from '../settings/field.ts'
import { CHECK_IDS } from './check-ids.ts'

/** What is said of a node of the file in the JSON Schema. */
const registry = z.registry<{ description?: string; default?: unknown; examples?: unknown[] }>()

/** A setting's fields by their place in the file: nested objects, with a field at each leaf. */
interface Branch {
  readonly [key: string]: Branch | Field
}

const SECTIONS: Readonly<Record<string, string>> = {
  factors:
    'The factors. Each is true, false, or an object; an object without `enabled` leaves the switch alone',
  session: '"Remember this browser"',
  risk: 'The risk assessment behind Adaptive MFA',
  enrollment: 'The enrolment page',
}

/** Keys of the file that are no setting. */
const aboutTheFile = {
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
  }),
}

/** The configuration file, with its short forms and without references: every key may be left out, no other is allowed. */
export const fileSchema = object(
  branchOf(ENTRIES.map(({ path, field }) => ({ steps: path.split('.'), field }))),
  [],
  {
    $schema: z.string(),
    ...aboutTheFile,
  },
)

/** The file's JSON Schema (draft 2020-12), for editors. Secrets and any other text may be references. */
export function jsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(fileSchema, { io: 'input', metadata: registry })
  return {
    $schema,
    title: 'mfa-config',
    description: 'Multi-factor authentication of an Auth0 tenant',
    ...schema,
  }
}

interface Placed {
  readonly steps: readonly string[]
  readonly field: Field
}

function branchOf(placed: readonly Placed[]): Branch {
  const below = new Map<string, Placed[]>()
  const branch: Record<string, Branch | Field> = {}
  for (const { steps, field } of placed) {
    const [key = '', ...rest] = steps
    if (rest.length === 0) branch[key] = field
    else below.set(key, [...(below.get(key) ?? []), { steps: rest, field }])
  }
  for (const [key, fields] of below) branch[key] = branchOf(fields)
  return branch
}

function isField(node: Branch | Field): node is Field {
  return 'schema' in node && 'expects' in node
}

function object(
  branch: Branch,
  path: readonly string[],
  besides: Record<string, z.ZodMiniType> = {},
): z.ZodMiniType {
  const shape = Object.fromEntries(
    Object.entries(branch).map(([key, node]) => [
      key,
      z.optional(isField(node) ? leaf(node) : nested(node, [...path, key])),
    ]),
  )
  const others = Object.fromEntries(Object.entries(besides).map(([key, schema]) => [key, z.optional(schema)]))
  return z.strictObject({ ...others, ...shape })
}

/** A factor may be written as its switch alone. */
function nested(branch: Branch, path: readonly string[]): z.ZodMiniType {
  const whole = object(branch, path)
  const node = path[0] === 'factors' && path.length === 2 ? z.union([z.boolean(), whole]) : whole
  const about = branch.enabled
  const description =
    about && isField(about) && path[0] === 'factors' ? about.description : SECTIONS[path.join('.')]
  return description ? said(node, { description }) : node
}

function leaf(field: Field): z.ZodMiniType<Value> {
  return said(field.schema, {
    description: `${field.description}${field.secret ? '. A reference, never a literal' : ''}${field.unit ? `. In ${field.unit}` : ''}`,
    ...(field.default !== undefined && { default: field.default }),
    examples: [field.example],
  })
}

function said<S extends z.ZodMiniType>(
  schema: S,
  about: { description?: string; default?: unknown; examples?: unknown[] },
): S {
  registry.add(schema, about)
  return schema
}
