import * as z from 'zod/mini'

/** A value of a setting, normalised: plain JSON that can be printed, saved and compared. `null` means "not set". */
export type Value = null | boolean | number | string | readonly string[]

/** What is said about a field wherever it appears: the reference, the JSON Schema, an error. */
export interface About<T extends Value = Value> {
  /** One sentence without a full stop. */
  readonly description: string
  /** What Auth0 has when nobody has set it; left out where that is "nothing". */
  readonly default?: T
  readonly example: T | string
}

/** What a value is in JSON, once it is normalised. */
export type Kind = 'switch' | 'number' | 'text' | 'list'

/** One value of the configuration file: what it may be, and what is known about it. */
export interface Field<T extends Value = Value> extends About<T> {
  readonly kind: Kind
  /** From the file's value to the normalised one; a normalised value passes unchanged. */
  readonly schema: z.ZodMiniType<T>
  /** What the file may say, to complete "expected …". */
  readonly expects: string
  readonly unit?: 'seconds' | 'days'
  /** The API's name where it is not the file's. */
  readonly api?: string
  /** How the API writes "not set", where that is not `null` or absence. */
  readonly empty?: ''
  /** Never printed; in the file a reference, never a literal. */
  readonly secret?: true
  /** A secret that the API never gives back. */
  readonly writeOnly?: true
  /** Not in the file: it follows from what the file says of its setting. A plan shows how it changes. */
  readonly derived?: true
  /** Where the file may write an object instead of this value, the key that the value has in it. */
  readonly part?: string
  /** From the file's words to those that this tenant has for the same. */
  readonly translate?: (text: string) => string
  /** Whether going from one value to the other takes protection away; such a change is made after those that add some. */
  readonly loosens?: (before: Value, after: Value) => boolean
  /**
   * What is wrong with a value that has the right form, as a sentence, where that takes more than a schema to see: it
   * may load what it needs to look inside. `now` is in milliseconds.
   */
  readonly inspect?: (value: string, now: number) => Promise<string | undefined>
}

/** On or off. */
export function toggle(about: About<boolean>): Field<boolean> {
  return { ...about, kind: 'switch', schema: z.boolean(), expects: 'true or false' }
}

/** A switch of something that protects: turning it off is loosening. */
export function protection(about: About<boolean>): Field<boolean> {
  return { ...toggle(about), loosens: (before, after) => before !== false && after === false }
}

/** One of a few words. */
export function choice<const T extends string>(words: readonly T[], about: About<T>): Field<T> {
  return { ...about, kind: 'text', schema: z.enum(words), expects: `one of ${words.join(', ')}` }
}

/** A set of a few words: the file may give them in any order, the normalised value is sorted. */
export function set<const T extends string>(
  words: readonly T[],
  about: About<readonly T[]>,
): Field<readonly T[]> {
  const schema = z.pipe(
    z.array(z.enum(words)),
    z.transform((given: T[]): readonly T[] => [...new Set(given)].sort()),
  )
  return { ...about, kind: 'list', schema, expects: `a list of ${words.join(', ')}` }
}

/** A whole number within bounds, both included. */
export function integer(
  { min, max, ...about }: About<number> & { min: number; max: number },
  unit?: 'seconds' | 'days',
): Field<number> {
  const schema = z.int().check(z.gte(min), z.lte(max))
  return {
    ...about,
    kind: 'number',
    ...(unit && { unit }),
    schema,
    expects: `a whole number from ${min} to ${max}`,
  }
}

interface Length {
  readonly min?: number
  readonly max: number
  readonly pattern?: RegExp
  readonly expects?: string
}

/** Text of a bounded length. */
export function text({ min = 1, max, pattern, expects, ...about }: About<string> & Length): Field<string> {
  const length = z.string().check(z.minLength(min), z.maxLength(max))
  const schema = pattern ? length.check(z.regex(pattern)) : length
  return { ...about, kind: 'text', schema, expects: expects ?? `text of ${min} to ${max} characters` }
}

/** A field that `null` clears, because the tenant may have nothing there. */
export function clearable<T extends Value>(field: Field<T>): Field<T | null> {
  const { loosens: _, ...rest } = field
  return { ...rest, schema: z.nullable(field.schema), expects: `${field.expects}, or null to clear it` }
}

/** A secret that the API gives back, so that it can be compared (and is never printed). */
export function secret(field: Field<string>): Field<string> {
  return { ...field, secret: true }
}

/** A secret that the API never gives back. */
export function writeOnly(field: Field<string>): Field<string> {
  return { ...field, secret: true, writeOnly: true }
}

/**
 * What the API said of one field: normalised where it is something that the file could say, and as it came where it is a
 * word that is newer than this version. `undefined` for what can be no value of the field at all.
 */
export function decodeValue(field: Field, given: unknown): Value | undefined {
  if (given === undefined || given === null || given === field.empty) return null
  const parsed = field.schema.safeParse(given)
  return parsed.success ? parsed.data : OF_KIND[field.kind].safeParse(given).data
}

const OF_KIND: Readonly<Record<Kind, z.ZodMiniType<Value>>> = {
  switch: z.boolean(),
  number: z.number(),
  text: z.string(),
  list: z.array(z.string()),
}
