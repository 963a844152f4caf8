import { createHash, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { Config } from '../config/config.ts'
import { entryAt } from '../settings/catalogue.ts'
import type { Field, Value } from '../settings/field.ts'
import type { State } from '../settings/state.ts'

/** What a plan was made from, as a digest for each path: enough to see what has moved since, and not what was there. */
export interface Fingerprint {
  /** Random; without it equal secrets of two plans would show. */
  readonly salt: string
  /** What the file says. Secrets that cannot be read back are not here at all. */
  readonly configuration: Readonly<Record<string, string>>
  /** What was read of the tenant; of a secret that cannot be read back, whether there is one. */
  readonly state: Readonly<Record<string, string>>
}

const derive: (text: string, salt: Buffer, length: number) => Promise<Buffer> = promisify(scrypt)
/** Bytes of the salt, and of what is derived from a secret. */
const LENGTH = 32

/** A salt for a new plan. */
export function newSalt(): string {
  return randomBytes(LENGTH).toString('base64')
}

/** The fingerprint of a configuration and of a tenant as it was read, with the salt of the plan. */
export async function fingerprint(config: Config, state: State, salt: string): Promise<Fingerprint> {
  // What can be read back depends on the kind of tenant.
  const fieldAt = (path: string): Field | undefined =>
    state.catalogue.entryAt(path)?.field ?? entryAt(path)?.field
  const said = [...config.values].filter(([path]) => !fieldAt(path)?.writeOnly)
  const about: [string, Value][] = [
    ['tenant', config.tenant ?? null],
    ['allow', [...config.allow].sort()],
    ['strict', config.strict],
  ]
  const digest = digester(salt)
  const digests = async (values: readonly (readonly [path: string, value: Value])[]) =>
    Object.fromEntries(
      await Promise.all(
        values.map(
          async ([path, value]) => [path, await digest(path, value, fieldAt(path)?.secret)] as const,
        ),
      ),
    )
  return { salt, configuration: await digests([...said, ...about]), state: await digests(readValues(state)) }
}

/** In the order in which people read them: answers come in any. */
function readValues({ catalogue, readings }: State): [string, Value][] {
  return catalogue.entries.flatMap(({ path, name, field, setting }): [string, Value][] => {
    const reading = readings.get(setting)
    if (!reading) return []
    return [[path, field.writeOnly ? reading.configured : (reading.values[name] ?? null)]]
  })
}

/** A secret can be guessed at from its digest, so that is made slowly, and once; anything else is no secret. */
function digester(salt: string) {
  const slow = new Map<string, Promise<string>>()
  const slowly = async (text: string): Promise<string> =>
    (await derive(text, Buffer.from(salt, 'base64'), LENGTH)).toString('base64')
  return (path: string, value: Value, isSecret = false): string | Promise<string> => {
    const text = JSON.stringify([salt, path, value])
    if (!isSecret || typeof value !== 'string') return createHash('sha256').update(text).digest('base64')
    const made = slow.get(text) ?? slowly(text)
    slow.set(text, made)
    return made
  }
}
