import type { Value } from '../settings/field.ts'

/** A value as it is to be written: a duration with its unit, references in place of keywords, all else escaped. */
export type Written = Value

/** Something to know or to do about a file. None has a secret in it. */
export interface Remark {
  /** The setting that it is about; absent: the file as a whole. */
  readonly path?: string
  readonly text: string
}

/** What a file of this tool says in place of the Deploy CLI's. */
export interface Migrated {
  /** What it was made of, as messages name it. */
  readonly label: string
  /** By the path of the setting. */
  readonly values: ReadonlyMap<string, Written>
  readonly remarks: readonly Remark[]
  /** The texts of the remarks, for those who print them alone. */
  readonly notes: readonly string[]
}
