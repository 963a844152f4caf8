import { isRecord } from '../record.ts'
import { clearable, text, writeOnly } from './field.ts'
import { guardianFactors } from './scopes.ts'
import { setting } from './setting.ts'

const REGION = /^(?:us-east|us-west|ap-southeast|ap-northeast|ap-central|eu-west|eu-central)-[0-9]{1,2}$/

/** Amazon SNS as the way to the phones. Recorded: the secret key is never given back; the other four are. */
export const pushSns = setting({
  at: 'factors.push-notification.sns',
  about: 'Amazon SNS as the way to the phones',
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
  endpoint: '/guardian/factors/push-notification/providers/sns',
  scopes: guardianFactors,
  get: async api => (await api.guardian()).factors.pushNotification.getSnsProvider(),
  put: async (api, body) => (await api.guardian()).factors.pushNotification.setSnsProvider(body),
  patch: async (api, body) => (await api.guardian()).factors.pushNotification.updateSnsProvider(body),
  // Recorded: an empty object when never set. One that has the secret alone still lists the other fields.
  configured: answer => isRecord(answer) && Object.keys(answer).length > 0,
})
