import { duo } from './duo.ts'
import { emailCode } from './email.ts'
import { enrollment } from './enrollment.ts'
import { FACTORS, factor } from './factor.ts'
import type { Field } from './field.ts'
import { phoneCode, phoneMessageTypes, phoneProvider, phoneTemplates, phoneTwilio } from './phone.ts'
import type { PhoneExperience } from './phone-experience.ts'
import { policy } from './policy.ts'
import { pushApns } from './push-apns.ts'
import { pushApp } from './push-app.ts'
import { pushFcm, pushFcmV1 } from './push-fcm.ts'
import { pushProvider } from './push-provider.ts'
import { pushSns } from './push-sns.ts'
import { newDevice, riskAssessment } from './risk.ts'
import { session } from './session.ts'
import { pathOf, type Setting } from './setting.ts'
import { unifiedPhoneProvider } from './unified-phone-provider.ts'
import { unifiedPhoneTemplates } from './unified-phone-templates.ts'
import { webauthnPlatform, webauthnRoaming } from './webauthn.ts'

/**
 * Every setting of a tenant with the legacy phone, in the order in which it is safe to switch things on; what takes
 * protection away goes the other way.
 */
const LEGACY: readonly Setting[] = [
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

/** What stands in the place of each setting that a tenant with the unified phone experience does not have. */
const UNIFIED: ReadonlyMap<Setting, readonly Setting[]> = new Map([
  [phoneTwilio, [unifiedPhoneProvider]],
  [phoneTemplates, unifiedPhoneTemplates],
  [phoneProvider, []],
])

/** One field: its full path in the file, and the setting it belongs to. */
export interface Entry {
  readonly path: string
  /** Where it stands if the file writes an object in its place: with {@link Field.part}. */
  readonly longPath: string
  readonly name: string
  readonly field: Field
  readonly setting: Setting
}

/** The settings that tenants of one kind have. */
export interface Catalogue {
  /** In the order in which they are written. */
  readonly settings: readonly Setting[]
  /** Their fields in the order in which people read them: factor by factor, the switch first. */
  readonly entries: readonly Entry[]
  readonly entryAt: (path: string) => Entry | undefined
}

/** Tenants differ in where the phone's provider, account and texts live. The file has the same words for both. */
export const CATALOGUES: Readonly<Record<PhoneExperience, Catalogue>> = {
  legacy: catalogueOf(LEGACY),
  unified: catalogueOf(LEGACY.flatMap(setting => UNIFIED.get(setting) ?? [setting])),
}

/** The settings that only one kind of tenant has. */
export const OF_ONE_KIND: ReadonlySet<Setting> = new Set(
  [...UNIFIED].flatMap(([one, others]) => [one, ...others]),
)

/** Every field that the file can name, in the order in which people read them. */
export const ENTRIES: readonly Entry[] = CATALOGUES.legacy.entries.flatMap(entry => [
  entry,
  ...CATALOGUES.unified.entries.filter(({ path }) => path.startsWith(`${entry.path}.`)),
])

const BY_PATH: ReadonlyMap<string, Entry> = byPath(ENTRIES)

/** What the file can say at a path, if anything. Where that lives in a tenant, the tenant's catalogue knows. */
export function entryAt(path: string): Entry | undefined {
  return BY_PATH.get(path)
}

function catalogueOf(settings: readonly Setting[]): Catalogue {
  const entries = inReadingOrder(
    settings.flatMap(setting =>
      Object.entries(setting.fields).map(([name, field]) => {
        const path = pathOf(setting, name)
        return { path, longPath: field.part ? `${path}.${field.part}` : path, name, field, setting }
      }),
    ),
  )
  const known = byPath(entries)
  return { settings, entries, entryAt: path => known.get(path) }
}

function byPath(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.flatMap(entry => [[entry.path, entry] as const, [entry.longPath, entry] as const]))
}

/** Factors in their order, the switch of each before what belongs to it; then everything else as the catalogue has it. */
function inReadingOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => readingRank(a) - readingRank(b))
}

function readingRank({ setting, name }: Pick<Entry, 'setting' | 'name'>): number {
  const factorName = setting.at.split('.')[1] ?? ''
  if (!setting.at.startsWith('factors.')) return Number.MAX_SAFE_INTEGER
  return Object.keys(FACTORS).indexOf(factorName) * 2 + (name === 'enabled' ? 0 : 1)
}
