import { jsonSchema } from '../config/json-schema.ts'
import type { Host } from '../host.ts'
import { renderJson } from '../views/documents.ts'

/** `schema`: the JSON Schema of the configuration file. */
export async function schema(host: Host): Promise<number> {
  host.out(renderJson(jsonSchema({ references: true })))
  return 0
}
