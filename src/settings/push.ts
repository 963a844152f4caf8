import { choice, clearable, text, toggle, writeOnly } from './field.ts'
import { guardianFactors, prompts } from './scopes.ts'
import { setting } from './setting.ts'

const at = 'factors.push-notification'
const providers = '/guardian/factors/push-notification/providers'
const REGION = /^(?:us-east|us-west|ap-southeast|ap-northeast|ap-central|eu-west|eu-central)-[0-9]{1,2}$/

/** Amazon SNS as the way to the phones. Recorded: the secret key is never given back; the other four are. */
export const pushSns = setting({
  at: `${at}.sns`,
  fields: {
    aws_region: clearable(
      text({
        description: 'AWS region, of those that Auth0 takes',
        max: 1000,
        pattern: REGION,
        expects:
          'an AWS region such as eu-west-1 (Auth0 takes us-east-*, us-west-*, ap-southeast-*, ap-northeast-*, ap-central-*, eu-west-*, eu-central-*)',
        example: 'eu-west-1',
      }),
    ),
    aws_access_key_id: clearable(
      text({ description: 'AWS access key id', max: 1000, example: '${AWS_ACCESS_KEY_ID}' }),
    ),
    aws_secret_access_key: writeOnly(
      text({ description: 'AWS secret access key', max: 1000, example: '${AWS_SECRET}' }),
    ),
    sns_apns_platform_application_arn: clearable(
      text({
        description: 'ARN of the platform application for Apple',
        max: 1000,
        example: '${SNS_APNS_ARN}',
      }),
    ),
    sns_gcm_platform_application_arn: clearable(
      text({
        description: 'ARN of the platform application for Google',
        max: 1000,
        example: '${SNS_GCM_ARN}',
      }),
    ),
  },
  endpoint: `${providers}/sns`,
  scopes: guardianFactors,
  get: async api => (await api.guardian()).factors.pushNotification.getSnsProvider(),
  put: async (api, body) => (await api.guardian()).factors.pushNotification.setSnsProvider(body),
  patch: async (api, body) => (await api.guardian()).factors.pushNotification.updateSnsProvider(body),
})

/** Apple's push service, spoken to directly. Recorded: the certificate is never given back; `enabled` says it is there. */
export const pushApns = setting({
  at: `${at}.apns`,
  fields: {
    bundle_id: clearable(text({ description: 'Bundle id of your app', max: 1000, example: 'com.acme.app' })),
    sandbox: toggle({ description: "Whether Apple's sandbox is used", default: false, example: false }),
    p12: writeOnly(
      text({
        description: 'Certificate with its key, PKCS #12 without a password, base64-encoded',
        max: 10_000,
        example: '${file:push.p12}',
      }),
    ),
  },
  endpoint: `${providers}/apns`,
  scopes: guardianFactors,
  readOnly: ['enabled'],
  get: async api => (await api.guardian()).factors.pushNotification.getApnsProvider(),
  put: async (api, body) => (await api.guardian()).factors.pushNotification.setApnsProvider(body),
  patch: async (api, body) => (await api.guardian()).factors.pushNotification.updateApnsProvider(body),
  configured: answer =>
    typeof answer === 'object' && answer !== null && 'enabled' in answer && answer.enabled === true,
})

/** What cannot be read is sent when push is switched on, or when the tenant starts to use its own app's credentials. */
const sentWith = [
  { path: `${at}.enabled`, after: true },
  { path: `${at}.provider`, after: 'direct' },
]

/** Firebase Cloud Messaging by its old server key. The API has no way to read it. */
export const pushFcm = setting({
  at: `${at}.fcm`,
  fields: {
    server_key: writeOnly(
      text({
        description: 'Server key of legacy FCM, which Google has replaced by FCM v1',
        max: 152,
        example: '${FCM_SERVER_KEY}',
      }),
    ),
  },
  endpoint: `${providers}/fcm`,
  scopes: guardianFactors,
  sentWith,
  put: async (api, body) => (await api.guardian()).factors.pushNotification.setFcmProvider(body),
})

/** Firebase Cloud Messaging, HTTP v1. The API has no way to read it. */
export const pushFcmV1 = setting({
  at: `${at}.fcmv1`,
  fields: {
    server_credentials: writeOnly(
      text({
        description: "Service account's key, the JSON file as text",
        max: 10_000,
        example: '${file:firebase.json}',
      }),
    ),
  },
  endpoint: `${providers}/fcmv1`,
  scopes: guardianFactors,
  sentWith,
  put: async (api, body) => (await api.guardian()).factors.pushNotification.setFcmv1Provider(body),
})

const LINK = { max: 2048, pattern: /^https:\/\/\S+$/, expects: 'an https:// address' }

/**
 * The app that the enrolment page names. In no OpenAPI description; recorded: PATCH, and the three keys. Sources of
 * "https or empty": the Terraform provider.
 */
export const pushApp = setting({
  at: `${at}.app`,
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
  scopes: prompts,
  get: api => api.request('GET', '/prompts/mfa-push'),
  patch: (api, body) => api.request('PATCH', '/prompts/mfa-push', body),
})

/** Who delivers the notifications. Recorded: the API takes a choice before its credentials are there, so they go first. */
export const pushProvider = setting({
  at,
  fields: {
    provider: choice(['guardian', 'sns', 'direct'], {
      description:
        "Who delivers: Auth0 to the Guardian app, Amazon SNS, or Apple's and Google's services directly",
      default: 'guardian',
      example: 'direct',
    }),
  },
  endpoint: '/guardian/factors/push-notification/selected-provider',
  scopes: guardianFactors,
  get: async api => (await api.guardian()).factors.pushNotification.getSelectedProvider(),
  put: async (api, body) => (await api.guardian()).factors.pushNotification.setProvider(body),
})
