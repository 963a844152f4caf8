// Generated from the catalogue of settings by `npm run generate`.

/**
 * Warnings and confirmations accepted on purpose, by the id of the check; errors cannot be accepted here
 *
 * @example ["F08"]
 */
export type Allow = (
  | (
      | 'F01'
      | 'F02'
      | 'F03'
      | 'F04'
      | 'F05'
      | 'F06'
      | 'F07'
      | 'F08'
      | 'F09'
      | 'F10'
      | 'F11'
      | 'F12'
      | 'P02'
      | 'P03'
      | 'P04'
      | 'P05'
      | 'P06'
      | 'P07'
      | 'P08'
      | 'P09'
      | 'P10'
      | 'H01'
      | 'H02'
      | 'H03'
      | 'H04'
      | 'H05'
      | 'H06'
      | 'H07'
      | 'H08'
      | 'H09'
      | 'H10'
      | 'H11'
      | 'H12'
      | 'H13'
      | 'H15'
      | 'U01'
      | 'U02'
      | 'U03'
      | 'U04'
      | 'U05'
      | 'W02'
      | 'W03'
      | 'W04'
      | 'W05'
      | 'S01'
      | 'S03'
      | 'S04'
      | 'A01'
      | 'A02'
      | 'A03'
      | 'A04'
      | 'A05'
      | 'A06'
      | 'A07'
      | 'A08'
      | 'A09'
      | 'A10'
      | 'A11'
      | 'A12'
      | 'A13'
      | 'A14'
      | 'X01'
      | 'X02'
      | 'X03'
      | 'X04'
      | 'X05'
      | 'X06'
    )
  | Reference
)[]
/**
 * In place of the credentials of environment variables: client_id with client_secret or with signing_key, or access_token alone
 */
export type EnvironmentCredentials =
  | {
      /**
       * Client ID of the application that this tool acts as. A reference, never a literal
       *
       * @example "${PROD_ID}"
       */
      client_id: SecretReference
      /**
       * That application's secret. A reference, never a literal
       *
       * @example "${PROD_SECRET}"
       */
      client_secret: SecretReference
    }
  | {
      /**
       * Client ID of the application that this tool acts as. A reference, never a literal
       *
       * @example "${PROD_ID}"
       */
      client_id: SecretReference
      /**
       * That application's private key, as PEM. A reference, never a literal
       *
       * @example "${file:prod.pem}"
       */
      signing_key: SecretReference
    }
  | {
      /**
       * Access token for the Management API. A reference, never a literal
       *
       * @example "${PROD_TOKEN}"
       */
      access_token: SecretReference
    }
/**
 * A text with ${NAME} or ${file:PATH} in it; $${ is a literal ${
 */
export type Reference = `${string}\${${string}}${string}`
/**
 * Nothing but ${NAME} and ${file:PATH}
 */
export type SecretReference = `\${${string}}`

/**
 * Multi-factor authentication of an Auth0 tenant
 */
export interface MfaConfig {
  /**
   * Where editors find the JSON Schema of this file: what `mfa-config schema` prints
   *
   * @example "./node_modules/mfa-config/schemas/config.json"
   */
  $schema?: string
  /**
   * Files that this one is laid over, a path or a list: objects merge, lists and scalars replace, the last named wins
   *
   * @example "./base.yaml"
   * @example ["./base.yaml","./phone.yaml"]
   */
  $import?: string | string[]
  /**
   * Tenants that this file is for, each under a name for --env: its block is laid over the rest of the file
   */
  environments?: {
    /**
     * What one tenant has of its own. Its tenant is also its domain; objects merge with those of the file, lists and scalars replace
     */
    [k: string]: EnvironmentConfig
  }
  /**
   * The only tenant that this is for, by its domain; any other is refused
   *
   * @example "acme.eu.auth0.com"
   */
  tenant?: string
  /**
   * Warnings and confirmations accepted on purpose, by the id of the check; errors cannot be accepted here
   *
   * @example ["F08"]
   */
  allow?: Allow
  /**
   * true: an enabled factor that the file does not mention is a finding
   *
   * @default false
   * @example true
   */
  strict?: boolean
  /**
   * The factors. Each is true, false, or an object; an object without `enabled` leaves the switch alone
   */
  factors?: Factors
  /**
   * "Remember this browser"
   */
  session?: Session
  /**
   * The risk assessment behind Adaptive MFA
   */
  risk?: Risk
  /**
   * The enrolment page
   */
  enrollment?: Enrollment
  /**
   * When MFA is required: at every login, when a login looks risky (Adaptive MFA, an add-on of Enterprise plans), or never
   *
   * @default "never"
   * @example "always"
   */
  policy?: ('always' | 'adaptive' | 'never' | 'all-applications' | 'confidence-score') | Reference
}
/**
 * The factors. Each is true, false, or an object; an object without `enabled` leaves the switch alone
 */
export interface Factors {
  /**
   * One-time passwords from an authenticator app
   *
   * @default false
   * @example true
   */
  otp?:
    | boolean
    | {
        /**
         * One-time passwords from an authenticator app
         *
         * @default false
         * @example true
         */
        enabled?: boolean
      }
  /**
   * Codes by text message or voice call
   *
   * @default false
   * @example true
   */
  phone?:
    | boolean
    | {
        /**
         * Codes by text message or voice call
         *
         * @default false
         * @example true
         */
        enabled?: boolean
        /**
         * The Twilio account that the messages are sent with
         */
        twilio?: {
          /**
           * Account SID
           *
           * @example "${TWILIO_SID}"
           */
          sid?: string | null
          /**
           * Auth token. With the unified phone experience it cannot be read back. A reference, never a literal
           *
           * @example "${TWILIO_AUTH_TOKEN}"
           */
          auth_token?: SecretReference
          /**
           * Number that messages come from
           *
           * @example "+15551234567"
           */
          from?: string | null
          /**
           * Messaging service that messages come from
           *
           * @example "${TWILIO_SERVICE_SID}"
           */
          messaging_service_sid?: string | null
        }
        /**
         * The texts of the messages
         */
        templates?: {
          /**
           * Message that enrols a phone, in Liquid
           *
           * @default "{{code}} is your verification code for {{tenant.friendly_name}}. Please enter this code to verify your enrollment."
           * @example "{{code}} is your code for {{tenant.friendly_name}}."
           */
          enrollment_message?:
            | string
            | {
                /**
                 * Message that enrols a phone, in Liquid
                 *
                 * @default "{{code}} is your verification code for {{tenant.friendly_name}}. Please enter this code to verify your enrollment."
                 * @example "{{code}} is your code for {{tenant.friendly_name}}."
                 */
                text?: string
                /**
                 * What a voice call says when it enrols a phone, in Liquid; with the unified phone experience alone
                 *
                 * @example "Your code is {{ pause }} {{code}}. I repeat, {{ pause }} {{code}}."
                 */
                voice?: string
              }
          /**
           * Message at a login, in Liquid
           *
           * @default "{{code}} is your verification code for {{tenant.friendly_name}}"
           * @example "{{code}} is your code for {{tenant.friendly_name}}."
           */
          verification_message?:
            | string
            | {
                /**
                 * Message at a login, in Liquid
                 *
                 * @default "{{code}} is your verification code for {{tenant.friendly_name}}"
                 * @example "{{code}} is your code for {{tenant.friendly_name}}."
                 */
                text?: string
                /**
                 * What a voice call says at a login, in Liquid; with the unified phone experience alone
                 *
                 * @example "Your code is {{ pause }} {{code}}. I repeat, {{ pause }} {{code}}."
                 */
                voice?: string
              }
        }
        /**
         * Digits of a code
         *
         * @default 6
         * @example 6
         */
        otp_length?: number
        /**
         * How long a code is valid. In seconds, or with a unit as 90s, 5m, 12h, 7d
         *
         * @default 300
         * @example "5m"
         */
        otp_expiration_time?: number | string
        /**
         * Who sends the messages: Auth0 (for tests), Twilio, or a send-phone-message Action; with the unified phone experience Twilio, or a custom-phone-provider Action (custom)
         *
         * @default "auth0"
         * @example "twilio"
         */
        provider?: ('auth0' | 'twilio' | 'phone-message-hook' | 'custom') | Reference
        /**
         * How codes are sent; neither compared nor sent while the phone factor is off
         *
         * @default []
         * @example ["sms","voice"]
         */
        message_types?: (('sms' | 'voice') | Reference)[]
      }
  /**
   * Push notifications to the Guardian app or your own
   *
   * @default false
   * @example true
   */
  'push-notification'?:
    | boolean
    | {
        /**
         * Push notifications to the Guardian app or your own
         *
         * @default false
         * @example true
         */
        enabled?: boolean
        /**
         * Amazon SNS as the way to the phones
         */
        sns?: {
          /**
           * AWS region, of those that Auth0 takes
           *
           * @example "eu-west-1"
           */
          aws_region?: string | null
          /**
           * AWS access key id
           *
           * @example "${AWS_ACCESS_KEY_ID}"
           */
          aws_access_key_id?: string | null
          /**
           * AWS secret access key. A reference, never a literal
           *
           * @example "${AWS_SECRET}"
           */
          aws_secret_access_key?: SecretReference
          /**
           * ARN of the platform application for Apple
           *
           * @example "${SNS_APNS_ARN}"
           */
          sns_apns_platform_application_arn?: string | null
          /**
           * ARN of the platform application for Google
           *
           * @example "${SNS_GCM_ARN}"
           */
          sns_gcm_platform_application_arn?: string | null
        }
        /**
         * Apple's push service, spoken to directly
         */
        apns?: {
          /**
           * Bundle id of your app
           *
           * @example "com.acme.app"
           */
          bundle_id?: string | null
          /**
           * Whether Apple's sandbox is used
           *
           * @default false
           * @example false
           */
          sandbox?: boolean
          /**
           * Certificate with its key, PKCS #12 without a password, base64-encoded. A reference, never a literal
           *
           * @example "${file:push.p12}"
           */
          p12?: SecretReference
        }
        /**
         * Firebase Cloud Messaging by its old server key
         */
        fcm?: {
          /**
           * Server key of legacy FCM, which Google has replaced by FCM v1. A reference, never a literal
           *
           * @example "${FCM_SERVER_KEY}"
           */
          server_key?: SecretReference
        }
        /**
         * Firebase Cloud Messaging, HTTP v1
         */
        fcmv1?: {
          /**
           * Service account's key, the JSON file as text. A reference, never a literal
           *
           * @example "${file:firebase.json}"
           */
          server_credentials?: SecretReference
        }
        /**
         * The app that the enrolment page names
         */
        app?: {
          /**
           * Your app's name
           *
           * @example "Acme"
           */
          name?: string | null
          /**
           * Where Apple users get it
           *
           * @example "https://apps.apple.com/app/acme"
           */
          apple_app_link?: string | null
          /**
           * Where Android users get it
           *
           * @example "https://play.google.com/store/apps/details?id=acme"
           */
          google_app_link?: string | null
        }
        /**
         * Who delivers: Auth0 to the Guardian app, Amazon SNS, or Apple's and Google's services directly
         *
         * @default "guardian"
         * @example "direct"
         */
        provider?: ('guardian' | 'sns' | 'direct') | Reference
      }
  /**
   * Security keys
   *
   * @default false
   * @example true
   */
  'webauthn-roaming'?:
    | boolean
    | {
        /**
         * Security keys
         *
         * @default false
         * @example true
         */
        enabled?: boolean
        /**
         * Whether the key asks for the user's PIN or finger
         *
         * @default "discouraged"
         * @example "preferred"
         */
        user_verification?: ('discouraged' | 'preferred' | 'required') | Reference
        /**
         * Domain that keys are registered for; false for the tenant's own. Users' keys stop working when it changes
         *
         * @default false
         * @example "auth.acme.com"
         */
        relying_party?: false | string | null
      }
  /**
   * Cisco Duo, which Auth0 documents as working only when it is the single factor
   *
   * @default false
   * @example true
   */
  duo?:
    | boolean
    | {
        /**
         * Cisco Duo, which Auth0 documents as working only when it is the single factor
         *
         * @default false
         * @example true
         */
        enabled?: boolean
        /**
         * API host name of the Duo application
         *
         * @example "api-0000.duosecurity.com"
         */
        host?: string
        /**
         * Integration key
         *
         * @example "${DUO_IKEY}"
         */
        ikey?: string
        /**
         * Secret key. A reference, never a literal
         *
         * @example "${DUO_SKEY}"
         */
        skey?: SecretReference
      }
  /**
   * Codes by e-mail; needs a factor that stands alone
   *
   * @default false
   * @example true
   */
  email?:
    | boolean
    | {
        /**
         * Codes by e-mail; needs a factor that stands alone
         *
         * @default false
         * @example true
         */
        enabled?: boolean
        /**
         * Digits of a code
         *
         * @default 6
         * @example 6
         */
        otp_length?: number
        /**
         * How long a code is valid. In seconds, or with a unit as 90s, 5m, 12h, 7d
         *
         * @default 300
         * @example "5m"
         */
        otp_expiration_time?: number | string
      }
  /**
   * Device biometrics; needs a factor that stands alone
   *
   * @default false
   * @example true
   */
  'webauthn-platform'?:
    | boolean
    | {
        /**
         * Device biometrics; needs a factor that stands alone
         *
         * @default false
         * @example true
         */
        enabled?: boolean
        /**
         * Domain that keys are registered for; false for the tenant's own. Users' keys stop working when it changes
         *
         * @default false
         * @example "auth.acme.com"
         */
        relying_party?: false | string | null
      }
  /**
   * A code to print for a lost device; needs a factor that stands alone
   *
   * @default false
   * @example true
   */
  'recovery-code'?:
    | boolean
    | {
        /**
         * A code to print for a lost device; needs a factor that stands alone
         *
         * @default false
         * @example true
         */
        enabled?: boolean
      }
}
/**
 * "Remember this browser"
 */
export interface Session {
  /**
   * Whether users are offered to have this browser remembered
   *
   * @default true
   * @example true
   */
  display_remember_me_checkbox?: boolean
  /**
   * Whether that offer is ticked at first
   *
   * @default false
   * @example false
   */
  remember_me_default_value?: boolean
  /**
   * A remembered browser is forgotten when unused for so long; at most the overall timeout. In seconds, or with a unit as 90s, 5m, 12h, 7d
   *
   * @default 604800
   * @example "7d"
   */
  mfa_session_inactivity_timeout?: number | string
  /**
   * A remembered browser is forgotten after so long in any case. In seconds, or with a unit as 90s, 5m, 12h, 7d
   *
   * @default 2592000
   * @example "30d"
   */
  mfa_session_overall_timeout?: number | string
}
/**
 * The risk assessment behind Adaptive MFA
 */
export interface Risk {
  /**
   * Whether logins are assessed for risk
   *
   * @default false
   * @example true
   */
  enabled?: boolean
  /**
   * How long the assessment knows a device
   */
  new_device?: {
    /**
     * Days for which a device counts as known. In days
     *
     * @default 30
     * @example 30
     */
    remember_for?: number
  }
}
/**
 * The enrolment page
 */
export interface Enrollment {
  /**
   * Whether users are shown all factors when they enrol (tenant flag mfa_show_factor_list_on_enrollment)
   *
   * @default false
   * @example true
   */
  show_factor_list?: boolean
}
/**
 * What one tenant has of its own. Its tenant is also its domain; objects merge with those of the file, lists and scalars replace
 */
export interface EnvironmentConfig {
  /**
   * The only tenant that this is for, by its domain; any other is refused
   *
   * @example "acme.eu.auth0.com"
   */
  tenant?: string
  /**
   * Warnings and confirmations accepted on purpose, by the id of the check; errors cannot be accepted here
   *
   * @example ["F08"]
   */
  allow?: Allow
  /**
   * true: an enabled factor that the file does not mention is a finding
   *
   * @default false
   * @example true
   */
  strict?: boolean
  /**
   * The factors. Each is true, false, or an object; an object without `enabled` leaves the switch alone
   */
  factors?: Factors
  /**
   * "Remember this browser"
   */
  session?: Session
  /**
   * The risk assessment behind Adaptive MFA
   */
  risk?: Risk
  /**
   * The enrolment page
   */
  enrollment?: Enrollment
  /**
   * When MFA is required: at every login, when a login looks risky (Adaptive MFA, an add-on of Enterprise plans), or never
   *
   * @default "never"
   * @example "always"
   */
  policy?: ('always' | 'adaptive' | 'never' | 'all-applications' | 'confidence-score') | Reference
  /**
   * In place of the credentials of environment variables: client_id with client_secret or with signing_key, or access_token alone
   */
  credentials?: EnvironmentCredentials
}
