import { readFile } from 'node:fs/promises'
import { jsonSchema } from '../config/json-schema.ts'
import type { DocumentName } from '../document-names.ts'
import type { Host } from '../host.ts'
import { packageFile } from '../package-file.ts'
import { renderJson } from '../views/documents.ts'

/** `schema`: the JSON Schema of the configuration file; of a JSON document, the one that is published with the package. */
export async function schema(host: Host, document: DocumentName = 'config'): Promise<number> {
  if (document === 'config') host.out(renderJson(jsonSchema({ references: true })))
  else host.out(await readFile(packageFile('schemas', `${document}-1.json`), 'utf8'))
  return 0
}
