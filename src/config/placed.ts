import type { Entry } from '../settings/catalogue.ts'

/** Values by the path at which a file writes them: the short one, unless something below it is written as well. */
export function placed<T>(values: readonly (readonly [Entry, T])[]): (readonly [path: string, value: T])[] {
  const paths = values.map(([{ path }]) => path)
  return values.map(([{ path, longPath }, value]) => [
    paths.some(other => other.startsWith(`${path}.`)) ? longPath : path,
    value,
  ])
}
