import * as z from 'zod/mini'

/** A node of a JSON Schema. */
export type Node = z.core.JSONSchema.BaseSchema

/** How much is said of a text: whether what stands for itself is told from what takes its value from elsewhere. */
export interface Detail {
  readonly references: boolean
}

// Token by token and without look-around, which not every validator has. A run of `$` before `{` escapes from two on.
const ITSELF = /[^$]|\$+(?:[^${]|$)|\$\$+\{/.source
const REFERENCE = /\$\{(?:[A-Za-z_][A-Za-z0-9_]*|file:[^}\r\n\u2028\u2029][^}]*)\}/.source
/** What no text that stands for itself has. */
const OPENING = /(?:^|[^$])\$\{/.source

/** The nodes that all texts share. They are commented and not described: editors would show that beside the field. */
export const TEXTS = {
  reference: {
    $comment: 'A text with ${NAME} or ${file:PATH} in it; $${ is a literal ${',
    type: 'string',
    pattern: `^(?:${ITSELF})*${REFERENCE}(?:${ITSELF}|${REFERENCE})*$`,
  },
  secret: {
    $comment: 'Nothing but ${NAME} and ${file:PATH}',
    type: 'string',
    pattern: `^(?:${REFERENCE})+$`,
  },
} satisfies Record<string, Node>

/** Points to a node that has a name in the schema. */
export function named(name: string): Node {
  return { $ref: `#/$defs/${name}` }
}

/**
 * What a file may say where the tool's own schema takes something: each text may be a reference too. Without
 * `references` this is said only where it is not plain, since any text is taken.
 */
export function written(schema: z.ZodMiniType, detail: Detail): Node {
  const { $schema: _, ...node } = z.toJSONSchema(schema, { io: 'input' })
  return oneOf(formsOf(node).flatMap(form => withReference(form, detail)))
}

function withReference(form: Node, detail: Detail): Node[] {
  if (isNode(form.items)) {
    const items = formsOf(form.items).flatMap(item => withReference(item, detail))
    return [{ ...form, items: oneOf(items) }]
  }
  if (form.type !== 'string') return [form]
  if (form.enum) return [form, named('reference')]
  return detail.references ? [{ ...form, not: { pattern: OPENING } }, named('reference')] : [form]
}

/** The forms that a node may take, those of its forms included. */
function formsOf(node: Node): Node[] {
  return node.anyOf ? node.anyOf.filter(isNode).flatMap(formsOf) : [node]
}

function oneOf(forms: readonly Node[]): Node {
  const [only, ...others] = forms
  return only && others.length === 0 ? only : { anyOf: [...forms] }
}

function isNode(node: Node['items']): node is Node {
  return typeof node === 'object' && !Array.isArray(node)
}
