import type { Config } from '../../src/config/config.ts'
import { wantedOf } from '../../src/plan/wanted.ts'
import { CATALOGUES, type Catalogue } from '../../src/settings/catalogue.ts'
import { FACTORS, type FactorName } from '../../src/settings/factor.ts'
import type { Value } from '../../src/settings/field.ts'
import type { PhoneExperience } from '../../src/settings/phone-experience.ts'
import type { Reading } from '../../src/settings/reading.ts'
import type { Setting } from '../../src/settings/setting.ts'
import type { State } from '../../src/settings/state.ts'

type Given = Readonly<Record<string, Value>>

/**
 * What reading gives of a tenant that has these values: of each setting that one of them belongs to, and of all the
 * factors if there is one of them, since these come in one answer.
 */
export function stateOf(values: Given, configured?: boolean, phone: PhoneExperience = 'legacy'): State {
  const catalogue = CATALOGUES[phone]
  const given = new Map(Object.entries(values))
  const isSwitch = (path: string): boolean => path.startsWith('factors.') && path.endsWith('.enabled')
  if ([...given.keys()].some(isSwitch)) {
    for (const name of Object.keys(FACTORS) as FactorName[]) {
      const path = `factors.${name}.enabled`
      given.set(path, values[path] ?? false)
    }
  }
  const readings = [...settingsOf(given.keys(), catalogue)].map((setting): [Setting, Reading] => {
    const values = wantedOf(setting, given)
    const set = Object.values(values).some(value => value !== null)
    return [setting, { answer: {}, values, configured: configured ?? set }]
  })
  return { catalogue, readings: new Map(readings) }
}

/** A configuration of these values and nothing else. */
export function configOf(values: Given, besides: Partial<Config> = {}): Config {
  return {
    label: 'mfa-config.yaml',
    environment: null,
    values: new Map(Object.entries(values)),
    unresolved: new Set(),
    allow: [],
    strict: false,
    locate: () => ({ file: 'mfa-config.yaml' }),
    ...besides,
  }
}

/** The settings of a tenant that paths belong to. */
export function settingsOf(
  paths: Iterable<string>,
  { settings, entryAt }: Catalogue = CATALOGUES.legacy,
): Set<Setting> {
  const found = new Set([...paths].flatMap(path => entryAt(path)?.setting ?? []))
  return new Set(settings.filter(setting => found.has(setting)))
}

/** The part of a state that has to do with some settings. */
export function partOf({ catalogue, readings }: State, keep: (setting: Setting) => boolean): State {
  return { catalogue, readings: new Map([...readings].filter(([setting]) => keep(setting))) }
}
