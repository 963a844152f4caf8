// Generated from the catalogue of settings by `npm run generate`.

/**
 * Multi-factor authentication of an Auth0 tenant
 */
export interface MfaConfig {
  /**
   * Where editors find the JSON Schema of this file: what `mfa-config schema` prints
   */
  $schema?: string
  /**
   * Files that this one is laid over: objects merge, lists and scalars replace
   */
  $import?: string | string[]
  /**
   * The only tenant that this file is for, such as acme.eu.auth0.com; any other is refused
   */
  tenant?: string
  /**
   * Warnings and confirmations accepted on purpose, by the id of the check; errors cannot be accepted here
   */
  allow?: (
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
  )[]
  /**
   * true: an enabled factor that the file does not mention is a finding
   */
  strict?: boolean
  /**
   * The factors. Each is true, false, or an object; an object without `enabled` leaves the switch alone
   */
  factors?: {
    /**
     * One-time passwords from an authenticator app
     */
    otp?:
      | boolean
      | {
          /**
           * One-time passwords from an authenticator app
           */
          enabled?: boolean
        }
    /**
     * Codes by text message or voice call
     */
    phone?:
      | boolean
      | {
          /**
           * Codes by text message or voice call
           */
          enabled?: boolean
          /**
           * The Twilio account that the messages are sent with
           */
          twilio?: {
            /**
             * Account SID
             */
            sid?: string | null
            /**
             * Auth token. With the unified phone experience it cannot be read back. A reference, never a literal
             */
            auth_token?: string
            /**
             * Number that messages come from
             */
            from?: string | null
            /**
             * Messaging service that messages come from
             */
            messaging_service_sid?: string | null
          }
          /**
           * The texts of the messages
           */
          templates?: {
            /**
             * Message that enrols a phone, in Liquid
             */
            enrollment_message?:
              | string
              | {
                  /**
                   * Message that enrols a phone, in Liquid
                   */
                  text?: string
                  /**
                   * What a voice call says when it enrols a phone, in Liquid; with the unified phone experience alone
                   */
                  voice?: string
                }
            /**
             * Message at a login, in Liquid
             */
            verification_message?:
              | string
              | {
                  /**
                   * Message at a login, in Liquid
                   */
                  text?: string
                  /**
                   * What a voice call says at a login, in Liquid; with the unified phone experience alone
                   */
                  voice?: string
                }
          }
          /**
           * Digits of a code
           */
          otp_length?: number
          /**
           * How long a code is valid. In seconds
           */
          otp_expiration_time?: number | string
          /**
           * Who sends the messages: Auth0 (for tests), Twilio, or a send-phone-message Action; with the unified phone experience Twilio, or a custom-phone-provider Action (custom)
           */
          provider?: 'auth0' | 'twilio' | 'phone-message-hook' | 'custom'
          /**
           * How codes are sent; neither compared nor sent while the phone factor is off
           */
          message_types?: ('sms' | 'voice')[]
        }
    /**
     * Push notifications to the Guardian app or your own
     */
    'push-notification'?:
      | boolean
      | {
          /**
           * Push notifications to the Guardian app or your own
           */
          enabled?: boolean
          /**
           * Amazon SNS as the way to the phones
           */
          sns?: {
            /**
             * AWS region, of those that Auth0 takes
             */
            aws_region?: string | null
            /**
             * AWS access key id
             */
            aws_access_key_id?: string | null
            /**
             * AWS secret access key. A reference, never a literal
             */
            aws_secret_access_key?: string
            /**
             * ARN of the platform application for Apple
             */
            sns_apns_platform_application_arn?: string | null
            /**
             * ARN of the platform application for Google
             */
            sns_gcm_platform_application_arn?: string | null
          }
          /**
           * Apple's push service, spoken to directly
           */
          apns?: {
            /**
             * Bundle id of your app
             */
            bundle_id?: string | null
            /**
             * Whether Apple's sandbox is used
             */
            sandbox?: boolean
            /**
             * Certificate with its key, PKCS #12 without a password, base64-encoded. A reference, never a literal
             */
            p12?: string
          }
          /**
           * Firebase Cloud Messaging by its old server key
           */
          fcm?: {
            /**
             * Server key of legacy FCM, which Google has replaced by FCM v1. A reference, never a literal
             */
            server_key?: string
          }
          /**
           * Firebase Cloud Messaging, HTTP v1
           */
          fcmv1?: {
            /**
             * Service account's key, the JSON file as text. A reference, never a literal
             */
            server_credentials?: string
          }
          /**
           * The app that the enrolment page names
           */
          app?: {
            /**
             * Your app's name
             */
            name?: string | null
            /**
             * Where Apple users get it
             */
            apple_app_link?: string | null
            /**
             * Where Android users get it
             */
            google_app_link?: string | null
          }
          /**
           * Who delivers: Auth0 to the Guardian app, Amazon SNS, or Apple's and Google's services directly
           */
          provider?: 'guardian' | 'sns' | 'direct'
        }
    /**
     * Security keys
     */
    'webauthn-roaming'?:
      | boolean
      | {
          /**
           * Security keys
           */
          enabled?: boolean
          /**
           * Whether the key asks for the user's PIN or finger
           */
          user_verification?: 'discouraged' | 'preferred' | 'required'
          /**
           * Domain that keys are registered for; false for the tenant's own. Users' keys stop working when it changes
           */
          relying_party?: (false | string) | null
        }
    /**
     * Cisco Duo, which Auth0 documents as working only when it is the single factor
     */
    duo?:
      | boolean
      | {
          /**
           * Cisco Duo, which Auth0 documents as working only when it is the single factor
           */
          enabled?: boolean
          /**
           * API host name of the Duo application
           */
          host?: string
          /**
           * Integration key
           */
          ikey?: string
          /**
           * Secret key. A reference, never a literal
           */
          skey?: string
        }
    /**
     * Codes by e-mail; needs a factor that stands alone
     */
    email?:
      | boolean
      | {
          /**
           * Codes by e-mail; needs a factor that stands alone
           */
          enabled?: boolean
          /**
           * Digits of a code
           */
          otp_length?: number
          /**
           * How long a code is valid. In seconds
           */
          otp_expiration_time?: number | string
        }
    /**
     * Device biometrics; needs a factor that stands alone
     */
    'webauthn-platform'?:
      | boolean
      | {
          /**
           * Device biometrics; needs a factor that stands alone
           */
          enabled?: boolean
          /**
           * Domain that keys are registered for; false for the tenant's own. Users' keys stop working when it changes
           */
          relying_party?: (false | string) | null
        }
    /**
     * A code to print for a lost device; needs a factor that stands alone
     */
    'recovery-code'?:
      | boolean
      | {
          /**
           * A code to print for a lost device; needs a factor that stands alone
           */
          enabled?: boolean
        }
  }
  /**
   * "Remember this browser"
   */
  session?: {
    /**
     * Whether users are offered to have this browser remembered
     */
    display_remember_me_checkbox?: boolean
    /**
     * Whether that offer is ticked at first
     */
    remember_me_default_value?: boolean
    /**
     * A remembered browser is forgotten when unused for so long; at most the overall timeout. In seconds
     */
    mfa_session_inactivity_timeout?: number | string
    /**
     * A remembered browser is forgotten after so long in any case. In seconds
     */
    mfa_session_overall_timeout?: number | string
  }
  /**
   * The risk assessment behind Adaptive MFA
   */
  risk?: {
    /**
     * Whether logins are assessed for risk
     */
    enabled?: boolean
    /**
     * How long the assessment knows a device
     */
    new_device?: {
      /**
       * Days for which a device counts as known. In days
       */
      remember_for?: number
    }
  }
  /**
   * The enrolment page
   */
  enrollment?: {
    /**
     * Whether users are shown all factors when they enrol (tenant flag mfa_show_factor_list_on_enrollment)
     */
    show_factor_list?: boolean
  }
  /**
   * When MFA is required: at every login, when a login looks risky (Adaptive MFA, an add-on of Enterprise plans), or never
   */
  policy?: 'always' | 'adaptive' | 'never' | 'all-applications' | 'confidence-score'
}
