import * as z from 'zod/mini'
import { inOrder } from '../json.ts'
import { setting } from '../setting.ts'
import { notOfFormat } from '../validation.ts'

const names = ['google_app_link', 'apple_app_link', 'app_name']
const link = z.optional(
  z.string().check(
    z.refine(text => text === '' || (text.startsWith('https://') && URL.canParse(text)), {
      ...notOfFormat('absolute-https-uri-or-empty'),
    }),
  ),
)

/**
 * The app that push notifications go to. The endpoint is in no OpenAPI of Auth0's; it was recorded, with the order of
 * its answers. Assumption: the scopes, that PATCH leaves alone what it is not sent, and that it answers all there is.
 */
export const mfaPush = setting({
  path: '/prompts/mfa-push',
  scopeOf: 'prompts',
  unset: {},
  shown: kept => inOrder(names, kept),
  patch: z.strictObject({ app_name: z.optional(z.string()), apple_app_link: link, google_app_link: link }),
  answered: (_, kept) => inOrder(names, kept),
})
