import { runChecks } from '../../../src/checks/run.ts'
import type { Config } from '../../../src/config/config.ts'
import { wishOf } from '../../../src/plan/needs.ts'
import type { Value } from '../../../src/settings/field.ts'
import type { PhoneExperience } from '../../../src/settings/phone-experience.ts'
import type { Setting } from '../../../src/settings/setting.ts'
import type { State } from '../../../src/settings/state.ts'
import { configOf, partOf, settingsOf, stateOf } from '../../support/state.ts'

export type Given = Readonly<Record<string, Value>>

export interface Case {
  readonly file: Given
  /** What the tenant has; absent: offline. */
  readonly tenant?: Given
  /** What kind of phone it has. Absent: that is not known. */
  readonly phone?: PhoneExperience
  readonly besides?: Partial<Config>
  /** Paths whose resource the tenant does not let be read. */
  readonly refused?: readonly string[]
  /** What the tenant answers to what is looked up, by the API's path; `null` is a 404. */
  readonly answers?: Readonly<Record<string, unknown>>
  /** The API's paths that the tenant does not let be looked up. */
  readonly closed?: readonly string[]
  readonly unverified?: readonly string[]
  /** Paths that the run changes. */
  readonly changed?: readonly string[]
}

/**
 * What a check finds, as `severity path`; `tenant` is read, and asked, as far as this program would: what comes in an
 * answer that is read anyway is known too.
 */
export function found(id: string, given: Case): string[] {
  return findings(given)
    .filter(({ check }) => check === id)
    .map(({ severity, path }) => `${severity} ${path}`)
}

export function findings({ file, tenant, phone, besides, refused = [], ...given }: Case) {
  const config = configOf(file, besides)
  const everything = stateOf(tenant ?? {}, undefined, phone)
  const hidden = settingsOf(refused, everything.catalogue)
  const readFor = (wanted: { has(setting: Setting): boolean }): State =>
    partOf(everything, setting => tenant !== undefined && wanted.has(setting) && !hidden.has(setting))
  // In view of what was read first, more may be wanted.
  let state = readFor(new Set())
  let wish = wishOf(config, { phone, state })
  for (let read = -1; read < state.readings.size; ) {
    read = state.readings.size
    state = readFor(wish.settings)
    wish = wishOf(config, { phone, state })
  }
  const unreadable = [...hidden].map(setting => ({ setting, message: 'It is refused.' }))
  const asked = new Set([
    ...[...wish.lookups].map(({ path }) => path),
    ...[...state.readings.keys()].map(({ read }) => read?.path),
  ])
  const answers = Object.entries({ [PROVIDERS]: { providers: providersOf(tenant ?? {}) }, ...given.answers })
    .filter(([path]) => asked.has(path))
    .map(([path, answer]) => [path, answer ?? undefined] as const)
  return runChecks({
    config,
    state,
    phone,
    unreadable,
    answers: new Map(answers),
    refusals: new Map(
      (given.closed ?? []).map(path => [path, { code: 'api_error', message: 'It is closed.' }]),
    ),
    unverified: given.unverified ?? [],
    changes: (given.changed ?? []).map(path => ({ path })),
    allow: [],
  })
}

const PROVIDERS = '/branding/phone/providers'

/** What a unified tenant lists for its values: one whose account alone is known is disabled. */
function providersOf(tenant: Given): object[] {
  const name = tenant['factors.phone.provider']
  const hasAccount = typeof tenant['factors.phone.twilio.sid'] === 'string'
  if (typeof name === 'string') return [{ id: 'one', name, disabled: false }]
  return hasAccount ? [{ id: 'one', name: 'twilio', disabled: true }] : []
}

export function on(...names: string[]): Given {
  return Object.fromEntries(names.map(name => [`factors.${name}.enabled`, true]))
}

export function off(...names: string[]): Given {
  return Object.fromEntries(names.map(name => [`factors.${name}.enabled`, false]))
}
