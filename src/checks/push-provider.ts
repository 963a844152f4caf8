import type { Config } from '../config/config.ts'
import { entryAt } from '../settings/catalogue.ts'
import type { Check, Facts, Known } from './check.ts'
import { clears, enumerate, names, notNamed, reliesOn, switchOf } from './file.ts'

const PUSH = switchOf('push-notification')
const AT = 'factors.push-notification'
const PROVIDER = `${AT}.provider`
const SNS = {
  key: `${AT}.sns.aws_access_key_id`,
  secret: `${AT}.sns.aws_secret_access_key`,
  region: `${AT}.sns.aws_region`,
  apple: `${AT}.sns.sns_apns_platform_application_arn`,
  google: `${AT}.sns.sns_gcm_platform_application_arn`,
} as const
const APNS = { bundle: `${AT}.apns.bundle_id`, p12: `${AT}.apns.p12` } as const
const FCM = [`${AT}.fcm.server_key`, `${AT}.fcmv1.server_credentials`]

/** U01. Recorded: the API takes the provider sns before its credentials, and without them. */
export const snsAccount: Check = {
  id: 'U01',
  title: 'Push goes through Amazon SNS, and its account is not complete',
  severities: ['error'],
  why: 'Without key, secret, region and an ARN, notifications fail without a word. The API takes the choice nevertheless.',
  remedy: 'Complete factors.push-notification.sns, or choose another provider.',

  needs: known => (isReason(known, 'sns', Object.values(SNS)) ? rest(known.config, Object.values(SNS)) : []),

  judge: facts => {
    const { after } = facts
    if (!delivers(facts, 'sns')) return []
    const region = after(SNS.region)
    const missing = [
      ...[SNS.key, SNS.secret].filter(path => after(path) === null),
      ...(region !== undefined && !entryAt(SNS.region)?.field.schema.safeParse(region ?? '').success
        ? [SNS.region]
        : []),
      ...(after(SNS.apple) === null && after(SNS.google) === null ? [SNS.apple, SNS.google] : []),
    ]
    const [first] = missing
    if (first === undefined) return []
    const words = missing.filter(path => path !== SNS.google).map(wordOf)
    const message = `Push goes through Amazon SNS, but its account lacks ${enumerate(words)}: notifications would fail. Complete ${AT}.sns, or choose another provider.`
    return [{ severity: 'error', path: first, message }]
  },
}

/**
 * U02. Recorded: the API takes the provider direct while nothing is configured. Firebase's credentials cannot be read:
 * where the tenant was direct before, they may be there, and it has to be confirmed.
 */
export const directAccount: Check = {
  id: 'U02',
  title: 'Push goes directly, and neither Apple nor Firebase is configured',
  severities: ['error', 'confirm'],
  why: 'Without a bundle id and certificate for Apple, or credentials for Firebase, notifications fail without a word. The API takes the choice nevertheless.',
  remedy:
    'Complete apns, or add fcmv1. Firebase credentials that somebody has set elsewhere cannot be seen: name them in the file, or accept the finding.',

  needs: known => (isReason(known, 'direct', [APNS.bundle]) ? rest(known.config, Object.values(APNS)) : []),

  judge: facts => {
    const { config, before, after } = facts
    const former = before(PROVIDER)
    if (!delivers(facts, 'direct') || former === undefined) return []
    if (FCM.some(path => names(config, path))) return []
    const [bundle, p12] = [after(APNS.bundle), after(APNS.p12)]
    if (bundle === undefined || p12 === undefined || (bundle !== null && p12 !== null)) return []
    const lacking =
      bundle === null ? (p12 === null ? 'is not configured' : 'has no bundle id') : 'has no certificate'
    const wasDirect = former === 'direct'
    const firebase = wasDirect ? 'whether Firebase is cannot be seen' : 'the file has nothing for Firebase'
    const message = `Push goes directly to Apple and Google, but Apple's side ${lacking}, and ${firebase}. Complete apns, or add fcmv1.`
    return [{ severity: wasDirect ? 'confirm' : 'error', path: PROVIDER, message }]
  },
}

/** A file gives a reason where it chooses the provider, relies on push with whatever there is, or clears a credential. */
function isReason(known: Known, provider: string, credentials: readonly string[]): boolean {
  const { config } = known
  const { values } = config
  if (values.get(PUSH) === false) return false
  const mayUse =
    !names(config, PROVIDER) && (reliesOn('push-notification', known) || clears(config, credentials))
  return values.get(PROVIDER) === provider || mayUse
}

function rest(config: Config, credentials: readonly string[]): string[] {
  return notNamed(config, [PUSH, PROVIDER, ...credentials])
}

function delivers({ after }: Facts, provider: string): boolean {
  return after(PUSH) !== false && after(PROVIDER) === provider
}

function wordOf(path: string): string {
  if (path === SNS.apple) return 'an ARN (sns_apns_… or sns_gcm_platform_application_arn)'
  return path.slice(path.lastIndexOf('.') + 1)
}
