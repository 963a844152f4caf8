import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { DOCUMENTS } from '../../src/document-names.ts'
import { MASK } from '../../src/plan/diff.ts'
import { isRecord } from '../../src/record.ts'
import { SCHEMAS, type Schema } from '../support/documents.ts'
import { EXIT_CODES } from './support/exit-codes.ts'

/** Every object in a schema, itself included. */
function nodesIn(node: unknown): Schema[] {
  if (Array.isArray(node)) return node.flatMap(nodesIn)
  return isRecord(node) ? [node, ...Object.values(node).flatMap(nodesIn)] : []
}

function recordAt(node: Schema, key: string): Schema {
  const value = node[key]
  return isRecord(value) ? value : {}
}

/** A schema as it is found among the definitions of another. */
function body({ $schema: _, $id: __, $defs: ___, ...rest }: Schema): Schema {
  return rest
}

const KEYWORDS_OF_CONDITIONS = ['then', 'else', 'if']

/** What describes a document, and not what one of its values means for another. */
function withoutConditions(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutConditions)
  if (!isRecord(node)) return node
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => !KEYWORDS_OF_CONDITIONS.includes(key))
      .map(([key, value]) => [key, withoutConditions(value)]),
  )
}

/** Every definition by its name, with each file that has it. */
const definitions = [...SCHEMAS].flatMap(([file, schema]) =>
  Object.entries(recordAt(schema, '$defs')).map(([name, definition]) => ({ file, name, definition })),
)

it('there is a schema for each document that a command can print', () => {
  const documents = DOCUMENTS.filter(name => name !== 'config')
  expect([...SCHEMAS.keys()].sort()).toEqual(documents.map(name => `${name}-1`).sort())
})

describe.each([...SCHEMAS])('schemas/%s.json', (file, schema) => {
  const [, name, version] = /^(.+)-(\d+)$/.exec(file) ?? []
  const described = nodesIn(withoutConditions(schema))

  it('is valid in draft 2020-12', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    const ajv = new Ajv2020()
    expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true)
  })

  it('says which document it is of', () => {
    expect(schema.$id).toBe(`urn:mfa-config:${name}:${version}`)
    expect(recordAt(recordAt(schema, 'properties'), 'format').const).toBe(`mfa-config/${name}/${version}`)
    for (const text of [schema.title, schema.description]) expect(text).toMatch(/^\S.*[^.\s]$/)
  })

  it('describes every property, and everything that has a name', () => {
    const properties = described.flatMap(node => Object.entries(recordAt(node, 'properties')))
    const named = Object.entries(recordAt(schema, '$defs'))
    expect(properties.length).toBeGreaterThan(0)
    for (const [key, property] of [...properties, ...named])
      expect(isRecord(property) ? property.description : property, key).toMatch(/^\S.*[^.\s]$/)
  })

  it('allows no other key than those it describes', () => {
    const objects = described.filter(({ properties, type }) => isRecord(properties) || type === 'object')
    expect(objects.length).toBeGreaterThan(0)
    for (const { properties, additionalProperties, required } of objects) {
      if (properties === undefined) expect(additionalProperties).toBeTypeOf('object')
      else {
        expect(additionalProperties).toBe(false)
        expect(Object.keys(Object(properties))).toEqual(expect.arrayContaining(Array.from(Object(required))))
      }
    }
  })

  it('needs no other file, and has nothing that it does not need', () => {
    const used = nodesIn(schema).flatMap(({ $ref }) => ($ref === undefined ? [] : [$ref]))
    const named = Object.keys(recordAt(schema, '$defs')).map(name => `#/$defs/${name}`)
    expect([...new Set(used)].sort()).toEqual(named.sort())
  })
})

it.each([...new Set(definitions.map(({ name }) => name))].map(name => [name]))(
  '%s is the same in every file',
  name => {
    const copies = definitions.filter(one => one.name === name)
    const [first] = copies
    // What has a title is a whole document within another, and the one of its own file; else the first is as good as any.
    const whole = isRecord(first?.definition) && 'title' in first.definition
    const original = whole ? body(SCHEMAS.get(`${name}-1`) ?? {}) : first?.definition
    for (const { file, definition } of copies) expect(definition, file).toEqual(original)
  },
)

it('the words for what went wrong are those of the program', () => {
  const listed = definitions.filter(({ name }) => name === 'errorCode').map(({ definition }) => definition)
  expect(listed.length).toBeGreaterThan(0)
  for (const definition of listed) expect(definition).toMatchObject({ enum: Object.keys(EXIT_CODES) })
})

it('the mask is the one that is printed', () => {
  const masks = definitions.filter(({ name }) => name === 'mask')
  expect(masks.length).toBeGreaterThan(0)
  for (const { definition } of masks) expect(definition).toMatchObject({ enum: [MASK, null] })
})
