import { CREDENTIALS, ENVIRONMENTS, environment } from './json-schema-environments.ts'
import { closed, nodesOf } from './json-schema-fields.ts'
import { type Detail, type Node, named, TEXTS, written } from './json-schema-text.ts'
import { aboutTheFile, FIELDS } from './schema.ts'

/**
 * The file's JSON Schema (draft 2020-12), with standard keywords alone, so that strict validators take it. Without
 * `references`, texts are told apart no further than a programming language's types do.
 */
export function jsonSchema(detail: Detail): Record<string, unknown> {
  const sections = { ...about(detail), ...nodesOf(FIELDS, detail) }
  const shared = Object.fromEntries(Object.keys(sections).map(name => [name, named(name)]))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:mfa-config:config',
    title: 'mfa-config',
    description: 'Multi-factor authentication of an Auth0 tenant',
    examples: [
      { tenant: 'acme.eu.auth0.com', policy: 'always', factors: { otp: true, 'recovery-code': true } },
    ],
    ...closed({ $schema: schemaLine(detail), $import: IMPORT, environments: ENVIRONMENTS, ...shared }),
    $defs: { ...sections, environment: environment(shared), credentials: CREDENTIALS, ...TEXTS },
  }
}

function schemaLine(detail: Detail): Node {
  return {
    description: 'Where editors find the JSON Schema of this file: what `mfa-config schema` prints',
    examples: ['./node_modules/mfa-config/schemas/config.json'],
    ...written(aboutTheFile.$schema, detail),
  }
}

/** The loader takes it, and no reference in it. */
const IMPORT: Node = {
  description:
    'Files that this one is laid over, a path or a list: objects merge, lists and scalars replace, the last named wins',
  examples: ['./base.yaml', ['./base.yaml', './phone.yaml']],
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', items: { type: 'string', minLength: 1 } },
  ],
}

/** What is said of a tenant that is no setting of it. */
function about(detail: Detail): Record<string, Node> {
  const { tenant, allow, strict } = aboutTheFile
  return {
    tenant: {
      description: 'The only tenant that this is for, by its domain; any other is refused',
      examples: ['acme.eu.auth0.com'],
      ...written(tenant, detail),
    },
    allow: {
      description:
        'Warnings and confirmations accepted on purpose, by the id of the check; errors cannot be accepted here',
      examples: [['F08']],
      ...written(allow, detail),
    },
    strict: {
      description: 'true: an enabled factor that the file does not mention is a finding',
      default: false,
      examples: [true],
      ...written(strict, detail),
    },
  }
}
