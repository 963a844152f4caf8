import type { Value } from '../settings/field.ts'
import { sameValue } from '../settings/reading.ts'
import { MASK } from './diff.ts'

/** A setting in which two files, or two tenants, differ. A side is left out that does not have it. */
export interface Contrast {
  readonly path: string
  readonly left?: Value
  readonly right?: Value
  /** Then each side is {@link MASK}. */
  readonly secret?: true
}

/** Values by path, in reading order. */
export type Side = ReadonlyMap<string, Value>

/** What differs between two sides, in the order of `paths`. Of secrets it is only said that they differ. */
export function contrast(
  paths: readonly string[],
  left: Side,
  right: Side,
  isSecret: (path: string) => boolean,
): Contrast[] {
  return paths.flatMap(path => {
    const [one, other] = [left.get(path), right.get(path)]
    if (one === other || (one !== undefined && other !== undefined && sameValue(one, other))) return []
    const secret = isSecret(path)
    const shown = (value: Value): Value => (secret && value !== null ? MASK : value)
    return [
      {
        path,
        ...(one !== undefined && { left: shown(one) }),
        ...(other !== undefined && { right: shown(other) }),
        ...(secret && { secret }),
      },
    ]
  })
}
