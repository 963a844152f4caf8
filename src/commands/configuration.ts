import type { Config } from '../config/config.ts'
import { findFlaws } from '../config/flaws.ts'
import { load } from '../config/load.ts'
import { parseConfig } from '../config/parse.ts'
import { resolveReferences } from '../config/references.ts'
import type { Host } from '../host.ts'

/** From the file that was named, or found, to a configuration; throws everything that is wrong with it at once. */
export async function readConfig(host: Host, file: string | undefined, unsetOk = false): Promise<Config> {
  const loaded = await load(host, file)
  const config = parseConfig(resolveReferences(loaded, { cwd: host.cwd, env: host.env, unsetOk }))
  return { ...config, flaws: await findFlaws(config.values, host.now) }
}
