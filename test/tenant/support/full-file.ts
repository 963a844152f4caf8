/** A configuration that names every secret there is, by references, and much besides. */
export const FULL_FILE = `
policy: always
factors:
  otp: true
  phone:
    enabled: true
    message_types: [sms]
    provider: twilio
    twilio: { sid: AC-of-the-file, auth_token: "\${TWILIO_AUTH_TOKEN}", from: "+15551234567" }
    templates:
      enrollment_message: "{{code}} is your code."
      verification_message: "{{code}} is your code."
    otp_length: 8
  push-notification:
    enabled: true
    provider: direct
    sns:
      aws_region: eu-west-1
      aws_access_key_id: AKIA-of-the-file
      aws_secret_access_key: "\${AWS_SECRET}"
      sns_apns_platform_application_arn: arn:a
      sns_gcm_platform_application_arn: arn:g
    apns: { bundle_id: com.acme.app, sandbox: false, p12: "\${file:push.p12}" }
    fcm: { server_key: "\${FCM_SERVER_KEY}" }
    fcmv1: { server_credentials: "\${file:firebase.json}" }
  webauthn-roaming: { user_verification: preferred, relying_party: false }
  email: { otp_length: 8 }
  duo: { enabled: false, host: api.duo.test, ikey: DI-of-the-file, skey: "\${DUO_SKEY}" }
allow: [F06]
`
