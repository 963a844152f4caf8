import { ApiError } from '../errors.ts'
import type { Resource } from '../resource.ts'

/**
 * The tenant's own email provider: there is none. The message is that of Auth0's OpenAPI; assumption: the code, made
 * after the recorded one of a missing email template.
 */
export const emailProvider: Resource = {
  path: '/emails/provider',
  operations: {
    GET: {
      scope: 'read:email_provider',
      answer: () => {
        throw new ApiError(404, 'Email provider has not been configured.', 'inexistent_email_provider')
      },
    },
  },
}
