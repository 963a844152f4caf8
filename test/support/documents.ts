import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { isRecord } from '../../src/record.ts'

/** A published JSON Schema of a document, as it stands in its file. */
export type Schema = Readonly<Record<string, unknown>>

/** A document that fits its schema. */
export type Document = Readonly<Record<string, unknown>> & { readonly format: string }

const FOLDER = fileURLToPath(new URL('../../schemas/', import.meta.url))

/** The schemas by the name of their file: `plan-1` of `mfa-config/plan/1`. */
export const SCHEMAS: ReadonlyMap<string, Schema> = new Map(
  readdirSync(FOLDER)
    .filter(file => /-\d+\.json$/.test(file))
    .map(file => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(`${FOLDER}${file}`, 'utf8'))]),
)

const validators = new Map<string, ValidateFunction>()

/** Each schema alone in its validator, as somebody has it who took one file. */
function validatorOf(name: string, schema: Schema): ValidateFunction {
  const known = validators.get(name)
  if (known) return known
  const ajv = new Ajv2020({
    strict: true,
    // A condition asks for a key that is described outside of it.
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: true,
    formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ },
  })
  const validator = ajv.compile(schema)
  validators.set(name, validator)
  return validator
}

/** What is wrong with a document, each with the place it is at; nothing where it fits the schema that its format names. */
export function problemsOf(document: unknown): string[] {
  if (!isRecord(document)) return ['it is no object']
  const { format } = document
  const name = /^mfa-config\/([a-z-]+)\/(\d+)$/.exec(String(format))?.slice(1).join('-') ?? ''
  const schema = SCHEMAS.get(name)
  if (!schema) return [`there is no schema for the format ${JSON.stringify(format)}`]
  const validator = validatorOf(name, schema)
  return validator(document) ? [] : (validator.errors ?? []).map(tell)
}

function tell({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || '/'} ${message} ${JSON.stringify(params)}`
}

/**
 * The document that a text is, as a whole: one JSON document, ended by one line end, that fits its published schema.
 * Throws an error that says where it does not.
 */
export function expectDocument(text: string): Document {
  const document = parse(text)
  const problems = problemsOf(document)
  if (isDocument(document) && problems.length === 0) return document
  throw new Error(`This is not as its schema has it:\n  ${problems.join('\n  ')}\n${text}`)
}

function parse(text: string): unknown {
  if (!/[^\n]\n$/.test(text)) throw new Error(`This does not end with one line end: ${JSON.stringify(text)}`)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`This is not one JSON document, and nothing else:\n${text}`, { cause: error })
  }
}

function isDocument(value: unknown): value is Document {
  return isRecord(value) && typeof value.format === 'string'
}
