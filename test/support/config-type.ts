import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { jsonSchema } from '../../src/config/json-schema.ts'
import { isRecord } from '../../src/record.ts'

type Node = Readonly<Record<string, unknown>>

/** What is a type of its own, by its name in the schema. Everything else stands where it is used. */
const NAMES: Readonly<Record<string, string>> = {
  allow: 'Allow',
  factors: 'Factors',
  session: 'Session',
  risk: 'Risk',
  enrollment: 'Enrollment',
  environment: 'EnvironmentConfig',
  credentials: 'EnvironmentCredentials',
  reference: 'Reference',
  secret: 'SecretReference',
}

/** Types for what JSON Schema says with a pattern. */
const PATTERNS: Readonly<Record<string, string>> = {
  reference: '`${string}\\${${string}}${string}`',
  secret: '`\\${${string}}`',
}

/** The type of a configuration: what the JSON Schema says, with defaults and examples as JSDoc has them. */
export async function compileConfigType(): Promise<string> {
  const { $schema: _, $id: __, $defs, ...file } = jsonSchema({ references: false })
  const definitions = asNode($defs)
  const named = Object.entries(NAMES).map(([key, title]) => {
    const node = asNode(definitions[key])
    const pattern = PATTERNS[key]
    return [
      key,
      pattern
        ? { title, description: node.$comment, tsType: pattern }
        : { ...typed(node, definitions), title },
    ]
  })
  const whole: JSONSchema = {
    ...typed(file, definitions),
    title: 'MfaConfig',
    $defs: Object.fromEntries(named),
  }
  const type = await compile(whole, 'MfaConfig', {
    bannerComment: '// Generated from the catalogue of settings by `npm run generate`.',
    unreachableDefinitions: true,
    style: { singleQuote: true, semi: false, printWidth: 110 },
    format: true,
  })
  // Of its own accord the compiler tells where each name stood.
  return type.replace(/^ \*\n \* This interface was referenced by [\s\S]*?(?=^ \*\/)/gm, '')
}

/** A node of the schema as its compiler needs it: each name in place of what it points to, with what is said there. */
function typed(node: Node, definitions: Node): Node {
  const key = typeof node.$ref === 'string' ? (node.$ref.split('/').at(-1) ?? '') : undefined
  if (key !== undefined) {
    const target = asNode(definitions[key])
    const name = NAMES[key]
    const description = described({ ...target, ...node })
    return name ? { ...(description && { description }), tsType: name } : typed(target, definitions)
  }
  const description = described(node)
  const below = Object.entries(node).map(([keyword, value]) => [keyword, within(keyword, value, definitions)])
  return { ...Object.fromEntries(below), ...(description && { description }) }
}

function within(keyword: string, value: unknown, definitions: Node): unknown {
  if (Array.isArray(value))
    return keyword === 'anyOf' ? value.map(form => typed(asNode(form), definitions)) : value
  if (!isRecord(value) || keyword === 'not') return value
  if (keyword !== 'properties') return typed(value, definitions)
  return Object.fromEntries(
    Object.entries(value).map(([key, node]) => [key, typed(asNode(node), definitions)]),
  )
}

function described(node: Node): string | undefined {
  if (typeof node.description !== 'string') return undefined
  const examples = Array.isArray(node.examples) ? node.examples.filter(example => !isRecord(example)) : []
  const tags = [
    ...(node.default === undefined ? [] : [`@default ${JSON.stringify(node.default)}`]),
    ...examples.map(example => `@example ${JSON.stringify(example)}`),
  ]
  return [node.description, ...(tags.length > 0 ? [tags.join('\n')] : [])].join('\n\n')
}

function asNode(value: unknown): Node {
  return isRecord(value) ? value : {}
}
