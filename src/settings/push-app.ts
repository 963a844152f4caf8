import { clearable, text } from './field.ts'
import { prompts } from './scopes.ts'
import { setting } from './setting.ts'

const LINK = { max: 2048, pattern: /^https:\/\/\S+$/, expects: 'an https:// address' }

/**
 * The app that the enrolment page names. In no OpenAPI description; recorded: PATCH, and the three keys. Sources of
 * "https or empty": the Terraform provider.
 */
export const pushApp = setting({
  at: 'factors.push-notification.app',
  about: 'The app that the enrolment page names',
  fields: {
    name: {
      ...clearable(text({ description: "Your app's name", max: 1000, example: 'Acme' })),
      api: 'app_name',
      empty: '',
    },
    apple_app_link: {
      ...clearable(
        text({
          description: 'Where Apple users get it',
          ...LINK,
          example: 'https://apps.apple.com/app/acme',
        }),
      ),
      empty: '',
    },
    google_app_link: {
      ...clearable(
        text({
          description: 'Where Android users get it',
          ...LINK,
          example: 'https://play.google.com/store/apps/details?id=acme',
        }),
      ),
      empty: '',
    },
  },
  endpoint: '/prompts/mfa-push',
  standing: 'undocumented',
  scopes: prompts,
  get: api => api.request('GET', '/prompts/mfa-push'),
  patch: (api, body) => api.request('PATCH', '/prompts/mfa-push', body),
})
