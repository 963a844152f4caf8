import * as z from 'zod/mini'
import { ApiError } from './errors.ts'
import type { Json } from './json.ts'

/** What a request's body must be. */
export type Schema = z.ZodMiniType

/**
 * Refuses a body that its schema does not allow: throws the API's 400, in the words recorded on other endpoints, which
 * are those of the z-schema validator. The first problem alone is named.
 * Assumption: where Auth0 adds a property's description in parentheses, the sandbox does not.
 */
export function validate(schema: Schema, body: Json): void {
  const issue = schema.safeParse(body, { reportInput: true }).error?.issues[0]
  if (issue === undefined) return
  const missing = issue.input === undefined ? issue.path.at(-1) : undefined
  const path = missing === undefined ? issue.path : issue.path.slice(0, -1)
  const problem = missing === undefined ? describe(issue) : `Missing required property: ${String(missing)}`
  const place = path.length === 0 ? '' : ` on property ${path.join('.')}`
  throw new ApiError(400, `Payload validation error: '${problem}'${place}.`, 'invalid_body')
}

function describe(issue: z.core.$ZodIssue): string {
  const { input } = issue
  switch (issue.code) {
    case 'unrecognized_keys':
      return `Additional properties not allowed: ${issue.keys.join(',')}`
    case 'invalid_type':
      return wrongType(issue.expected === 'int' ? 'integer' : issue.expected, input)
    case 'invalid_value':
      return typeof input === 'string' ? `No enum match for: ${input}` : wrongType('string', input)
    case 'too_small':
      return typeof input === 'string'
        ? `String is too short (${input.length} chars), minimum ${issue.minimum}`
        : `Value ${input} is less than minimum ${issue.minimum}`
    case 'too_big':
      return typeof input === 'string'
        ? `String is too long (${input.length} chars), maximum ${issue.maximum}`
        : `Value ${input} is greater than maximum ${issue.maximum}`
    case 'invalid_format':
      return `String does not match pattern ${issue.pattern?.slice(1, -1)}: ${input}`
    default:
      return issue.message
  }
}

function wrongType(expected: string, input: unknown): string {
  return `Expected type ${expected} but found type ${typeName(input)}`
}

/** JSON Schema's name of a value's type. */
function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** The words for text that is not of a named format of Auth0's: for a schema's own check. */
export function notOfFormat(format: string): { error: (issue: { input?: unknown }) => string } {
  return { error: ({ input }) => `Object didn't pass validation for format ${format}: ${String(input)}` }
}

/** What fits one of these schemas; the words for what fits none do not say why. */
export function anyOf(...schemas: Schema[]): Schema {
  const keyword = "'anyOf'"
  return z.custom(value => schemas.some(schema => schema.safeParse(value).success), {
    error: `Data does not match any schemas from ${keyword}`,
  })
}

/** For the check of an object that must have at least one field. */
export const notEmpty = z.refine<object>(fields => Object.keys(fields).length > 0, {
  error: 'Too few properties defined (0), minimum 1',
})
