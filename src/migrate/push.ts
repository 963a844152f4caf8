import type { DeployCliTenant } from './deploy-cli.ts'
import { isTwilio } from './legacy-phone.ts'
import { IGNORED, type Keys, quoted, type Said, saidBy, saidByEach } from './said.ts'

const at = 'factors.push-notification'
const NAMED = { name: IGNORED, provider: IGNORED } as const

/**
 * What each provider of push notifications is told. Source: the Deploy CLI's `guardianFactorProviders.ts`, which writes
 * these three; which of them it takes from a file depends on its version.
 */
const PROVIDERS: ReadonlyMap<unknown, Keys> = new Map<unknown, Keys>([
  [
    'sns',
    {
      ...NAMED,
      aws_region: { path: `${at}.sns.aws_region` },
      aws_access_key_id: { path: `${at}.sns.aws_access_key_id` },
      aws_secret_access_key: { path: `${at}.sns.aws_secret_access_key` },
      sns_apns_platform_application_arn: { path: `${at}.sns.sns_apns_platform_application_arn` },
      sns_gcm_platform_application_arn: { path: `${at}.sns.sns_gcm_platform_application_arn` },
    },
  ],
  [
    'apns',
    {
      ...NAMED,
      bundle_id: { path: `${at}.apns.bundle_id` },
      sandbox: { path: `${at}.apns.sandbox` },
      p12: { path: `${at}.apns.p12` },
      // Recorded: an answer's key, which says whether there is a certificate.
      enabled: IGNORED,
    },
  ],
  ['fcm', { ...NAMED, server_key: { path: `${at}.fcm.server_key` } }],
])

/** The accounts that push notifications are sent with; the phone's are looked at elsewhere. */
export function pushOf({ sections }: DeployCliTenant): Said[] {
  const section = 'guardianFactorProviders'
  return saidByEach(section, sections[section], (given, index) => {
    const { name, provider } = given
    const keys = name === 'push-notification' ? PROVIDERS.get(provider) : undefined
    if (keys) return saidBy(`${section} (push-notification, ${provider})`, given, keys)
    if (isTwilio(given)) return []
    const why = `the provider ${quoted(provider)} of ${quoted(name)} is not known`
    return [{ from: `${section}[${index}]`, why }]
  })
}
