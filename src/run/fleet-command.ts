import type { Config } from '../config/config.ts'
import type { Ask, Member } from '../fleet/fleet.ts'
import type { FleetResult } from '../views/fleet.ts'
import type { Paint } from '../views/paint.ts'
import type { UnsetOk } from './configuration.ts'
import type { Access } from './tenant.ts'

/** A command that is made of many tenants at once. */
export interface FleetCommand<T> {
  /** What is done, as progress says it: `Planning`. */
  readonly doing: string
  /** The key of its document in `mfa-config/fleet/1`. */
  readonly key: 'plan' | 'apply' | 'show' | 'validate' | 'doctor'
  readonly unsetOk?: UnsetOk
  /** What is done to one of them. */
  readonly work: (run: MemberRun) => Promise<T>
  readonly document: (value: T) => object
  /** Its block, for people. */
  readonly block: (value: T, paint: Paint) => string
  /** Its column in the matrix: a short text by path. */
  readonly cells?: (value: T) => ReadonlyMap<string, string>
  /** What the last line counts it under, such as `with changes`. */
  readonly tally: (value: T) => string
  readonly code: (value: T) => number
  /** Told that nothing more is done for one of them, whether its work has begun or not. */
  readonly onSettled?: (environment: string) => void
  /** What is done once nothing more is done for any of them. What fails in it is said in place of the document. */
  readonly conclude?: (results: readonly FleetResult<T>[]) => Promise<void>
}

/** One environment of a run, with its configuration. */
export interface MemberRun extends Member {
  readonly config: Config
  readonly access: Access
  readonly ask: Ask
}
