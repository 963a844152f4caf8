import { CATALOGUES } from '../settings/catalogue.ts'
import type { Field } from '../settings/field.ts'
import { type Detail, type Node, named, written } from './json-schema-text.ts'
import { isField, shortOf } from './schema.ts'
import type { Tree } from './tree.ts'

/** What each object of the file is, where it is neither a factor nor a message. */
const SECTIONS: ReadonlyMap<string, string> = new Map([
  [
    'factors',
    'The factors. Each is true, false, or an object; an object without `enabled` leaves the switch alone',
  ],
  ...CATALOGUES.legacy.settings.flatMap(({ at, about }) =>
    about === undefined ? [] : [[at, about] as const],
  ),
])

/** An object that has these keys, each of which may be left out, and no others. */
export function closed(properties: Readonly<Record<string, Node>>): Node {
  return { type: 'object', properties: { ...properties }, additionalProperties: false }
}

/** The nodes of the fields and sections below a path, by their keys. */
export function nodesOf(
  tree: Tree<Field>,
  detail: Detail,
  path: readonly string[] = [],
): Record<string, Node> {
  return Object.fromEntries(
    Object.entries(tree).map(([key, below]) => [
      key,
      isField(below) ? { ...said(below), ...value(below, detail) } : section(below, detail, [...path, key]),
    ]),
  )
}

function section(tree: Tree<Field>, detail: Detail, path: readonly string[]): Node {
  const whole = closed(nodesOf(tree, detail, path))
  const short = shortOf(tree, path)
  if (!short) {
    const name = path.join('.')
    const description = SECTIONS.get(name)
    // Everything at once is nobody's choice of factors.
    const example = name === 'factors' ? { otp: true, 'recovery-code': true } : exampleOf(tree)
    return { ...(description && { description }), examples: [example], ...whole }
  }
  const form = value(short, detail)
  return {
    ...said(short),
    examples: [short.example, exampleOf(tree)],
    anyOf: [...(form.anyOf ?? [form]), whole],
  }
}

function value({ schema, secret }: Field, detail: Detail): Node {
  return secret ? named('secret') : written(schema, detail)
}

function said({ description, secret, unit, default: usual, example }: Field): Node {
  const more = [
    ...(secret ? ['A reference, never a literal'] : []),
    ...(unit === 'seconds' ? ['In seconds, or with a unit as 90s, 5m, 12h, 7d'] : []),
    ...(unit === 'days' ? ['In days'] : []),
  ]
  return {
    description: [description, ...more].join('. '),
    ...(usual !== undefined && { default: usual }),
    examples: [example],
  }
}

function exampleOf(tree: Tree<Field>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([key, node]) => [key, isField(node) ? node.example : exampleOf(node)]),
  )
}
