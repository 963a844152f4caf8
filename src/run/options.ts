import type { Shard } from '../fleet/shard.ts'

/** Flags that every command has. */
export interface CommonOptions {
  readonly config?: string
  /** Names of environments of the file, as `--env` gives them. */
  readonly env: readonly string[]
  readonly domain?: string
  readonly json?: boolean
  readonly color: boolean
  readonly envFile?: string
  readonly debug?: boolean
}

/** Flags of commands that can take many environments in one run. */
export interface FleetOptions extends CommonOptions {
  readonly all?: boolean
  /** How many tenants are worked on at once. */
  readonly concurrency: number
  /** Which part of the environments to take. */
  readonly shard?: Shard
}

/** Whether the result is to be JSON, by `--json` or `--format json`. */
export function isJson({ json, format }: { readonly json?: boolean; readonly format?: string }): boolean {
  return json === true || format === 'json'
}
