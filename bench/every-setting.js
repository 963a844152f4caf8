import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes into `folder` a configuration with every setting, made of the examples of the JSON Schema, and the files that
 * it refers to. Gives the file's path and the environment variables that it refers to.
 */
export function writeEverySetting(schema, folder) {
  const config = example(schema, schema.$defs ?? {})
  const env = {}
  for (const [, reference] of JSON.stringify(config).matchAll(/\$\{([^}]+)\}/g)) {
    const file = /^file:([^|]+)/.exec(reference)?.[1]
    if (file) writeFileSync(join(folder, file), '{"type":"service_account"}')
    else env[reference] = 'bench'
  }
  const file = join(folder, 'every-setting.json')
  writeFileSync(file, JSON.stringify(config))
  return { file, env }
}

/** Keys of the file that are no setting. */
const ABOUT_THE_FILE = new Set(['$schema', '$import', 'tenant', 'allow', 'strict', 'environments', 'rules'])

function example(node, definitions) {
  const { $ref, ...own } = node
  const schema = $ref ? { ...definitions[$ref.replace('#/$defs/', '')], ...own } : node
  const longForm = schema.anyOf?.find(branch => branch.properties)
  // A message has a text alone, which every tenant takes.
  if (longForm && !longForm.properties.text) return example(longForm, definitions)
  if (!schema.properties) return schema.examples?.[0]
  return Object.fromEntries(
    Object.entries(schema.properties)
      .filter(([key]) => !ABOUT_THE_FILE.has(key))
      .map(([key, child]) => [key, example(child, definitions)]),
  )
}
