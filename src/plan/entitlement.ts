import type { ErrorCode } from '../errors.ts'
import type { Setting } from '../settings/setting.ts'

/** A refusal in full: where the tenant's plan does not include something, what that is and which plan has it. */
export function toldOf(
  { code, message }: { readonly code: ErrorCode; readonly message: string },
  settings: readonly Setting[],
): string {
  if (code !== 'not_entitled') return message
  const [entitlement] = settings.flatMap(setting => setting.entitlement ?? [])
  return `${message} ${entitlement ? `It takes ${entitlement}.` : 'Auth0 does not publish which plan has it.'}`
}
