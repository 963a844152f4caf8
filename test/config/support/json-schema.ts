import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { jsonSchema } from '../../../src/config/json-schema.ts'

/** A node of the file's JSON Schema, as far as tests look into it. */
export interface Node {
  readonly $ref?: string
  readonly type?: string
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Node>>
  readonly additionalProperties?: unknown
  readonly anyOf?: readonly Node[]
  readonly items?: Node
  readonly [keyword: string]: unknown
}

export const SCHEMA: Node = jsonSchema({ references: true })

/** Strict: it throws at what no draft has, and at keywords that are without effect where they stand. */
const ajv = new Ajv2020({ strict: true })
const validate = ajv.compile(SCHEMA)

/** Whether an editor finds nothing wrong with a file. */
export function accepts(file: unknown): boolean {
  return validate(file)
}

/** The same for what stands at one place of the schema, such as `/properties/policy`. */
export function validatorAt(pointer: string): ValidateFunction {
  return ajv.compile({ $ref: `${SCHEMA.$id}#${pointer}` })
}

/** Every node of the schema, by its place in it. */
export function nodesIn(node: Node, pointer = ''): [pointer: string, node: Node][] {
  const lists = ['properties', '$defs', 'anyOf'].flatMap(keyword =>
    Object.entries(node[keyword] ?? {}).map(([key, child]) => [`${keyword}/${key}`, child] as const),
  )
  const single = ['items', 'additionalProperties', 'not'].map(keyword => [keyword, node[keyword]] as const)
  const children = [...lists, ...single].filter((child): child is [string, Node] => isNode(child[1]))
  return [[pointer, node], ...children.flatMap(([key, child]) => nodesIn(child, `${pointer}/${key}`))]
}

/** A node with what it points to; what it says itself comes first. */
export function resolved(node: Node): Node {
  if (node.$ref === undefined) return node
  const target = nodesIn(SCHEMA).find(([pointer]) => `#${pointer}` === node.$ref)?.[1]
  if (!target) throw new Error(`There is nothing at ${node.$ref}.`)
  return { ...target, ...node }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
