/** Flags that every command has. */
export interface CommonOptions {
  readonly config?: string
  readonly domain?: string
  readonly json?: boolean
  readonly color: boolean
  readonly envFile?: string
  readonly debug?: boolean
}

/** Whether the result is to be JSON, by `--json` or `--format json`. */
export function isJson({ json, format }: { readonly json?: boolean; readonly format?: string }): boolean {
  return json === true || format === 'json'
}
