import * as z from 'zod/mini'
import type { Field } from '../settings/field.ts'
import { fileOf, fileSchema, registry } from './schema.ts'

/**
 * The file's JSON Schema (draft 2020-12). For editors, what is written as text may be a reference instead, and a secret
 * must be one; without `references` it describes what the file means.
 */
export function jsonSchema({ references }: { readonly references: boolean }): Record<string, unknown> {
  const schema = references ? fileOf(orReference) : fileSchema
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
