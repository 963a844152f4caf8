import { duo } from './duo.ts'
import { emailCode } from './email.ts'
import { enrollment } from './enrollment.ts'
import { FACTORS, factor } from './factor.ts'
import type { Field } from './field.ts'
import { phoneCode, phoneMessageTypes, phoneProvider, phoneTemplates, phoneTwilio } from './phone.ts'
import { policy } from './policy.ts'
import { pushApns } from './push-apns.ts'
import { pushApp } from './push-app.ts'
import { pushFcm, pushFcmV1 } from './push-fcm.ts'
import { pushProvider } from './push-provider.ts'
import { pushSns } from './push-sns.ts'
import { newDevice, riskAssessment } from './risk.ts'
import { session } from './session.ts'
import { pathOf, type Setting } from './setting.ts'
import { webauthnPlatform, webauthnRoaming } from './webauthn.ts'

/**
 * Every setting, in the order in which it is safe to switch things on; what takes protection away goes the other way.
 */
export const CATALOGUE: readonly Setting[] = [
  // Credentials and texts, before the choice of a provider that uses them.
  phoneTwilio,
  phoneTemplates,
  phoneCode,
  pushSns,
  pushApns,
  pushFcm,
  pushFcmV1,
  pushApp,
  duo,
  webauthnRoaming,
  phoneProvider,
  pushProvider,
  // Factors that stand alone, each with all that it needs in place.
  factor('otp'),
  factor('phone'),
  factor('push-notification'),
  factor('webauthn-roaming'),
  factor('duo'),
  // What depends on them. Message types are refused, or emptied, while the phone factor is off.
  phoneMessageTypes,
  emailCode,
  factor('email'),
  webauthnPlatform,
  factor('webauthn-platform'),
  factor('recovery-code'),
  // What happens around a challenge.
  session,
  riskAssessment,
  newDevice,
  enrollment,
  // The requirement itself, when everything that it needs is there.
  policy,
]

/** One field of the file: its full path, and the setting it belongs to. */
export interface Entry {
  readonly path: string
  readonly name: string
  readonly field: Field
  readonly setting: Setting
}

/** Every field of every setting, in the order in which people read them: factor by factor, the switch first. */
export const ENTRIES: readonly Entry[] = CATALOGUE.flatMap(setting =>
  Object.entries(setting.fields).map(([name, field]) => ({
    path: pathOf(setting, name),
    name,
    field,
    setting,
  })),
).sort((a, b) => readingRank(a) - readingRank(b))

const BY_PATH: ReadonlyMap<string, Entry> = new Map(ENTRIES.map(entry => [entry.path, entry]))

/** Factors in their order, the switch of each before what belongs to it; then everything else as the catalogue has it. */
function readingRank({ setting, name }: Pick<Entry, 'setting' | 'name'>): number {
  const factorName = setting.at.split('.')[1] ?? ''
  if (!setting.at.startsWith('factors.')) return Number.MAX_SAFE_INTEGER
  return Object.keys(FACTORS).indexOf(factorName) * 2 + (name === 'enabled' ? 0 : 1)
}

/** The field at a path of the file, if there is one. */
export function entryAt(path: string): Entry | undefined {
  return BY_PATH.get(path)
}
