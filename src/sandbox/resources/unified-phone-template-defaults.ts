import type { JsonObject } from '../json.ts'
import { tenantName } from '../tenant.ts'

const blocked =
  'We detected suspicious activity on your account from the ip {{user.source_ip}}{% if user.city %} from {{user.city}}, {{user.country}}{% elsif user.country %} from {{user.country}}{% endif %}. Logins from this IP have been blocked on your account. If this is your IP, please reset your password to unblock your account. Otherwise, disregard this message.'
const code = (what: string) =>
  `Hello. Your ${what} code for {{ friendly_name | escape }} is {{ pause }} {{ code | escape }}. I repeat, your ${what} code is {{ pause }} {{ code | escape }}`

/**
 * The text of each phone template that has never been written, in the words recorded.
 * Assumption: those of a tenant that had written the other texts as they were are the defaults.
 */
export const defaultBodies: Readonly<Record<string, JsonObject>> = {
  otp_verify: {
    text: '{{ code | escape }} is your verification code for {{ friendly_name | escape }}',
    voice: code('verification'),
  },
  otp_enroll: {
    text: '{{ code | escape }} is your verification code for {{ friendly_name | escape }}. Please enter this code to verify your enrollment.',
    voice: code('verification'),
  },
  change_password: {
    text: '{{ code | escape }} is your password change code for {{ friendly_name | escape }}',
    voice: code('password change'),
  },
  blocked_account: { text: blocked, voice: blocked },
}

/**
 * What a template of this type is before anything is said of it.
 * Assumption, for what the list shows of a type that has no template: all but the time and the content.
 */
export function fresh(type: string, time: number): JsonObject {
  const now = new Date(time).toISOString()
  const content = { syntax: 'liquid', body: defaultBodies[type] ?? {} }
  return {
    tenant: tenantName,
    channel: 'phone',
    type,
    disabled: false,
    created_at: now,
    updated_at: now,
    content,
  }
}
