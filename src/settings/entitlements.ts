/** Auth0's documentation: "Adaptive MFA". */
export const ADAPTIVE_MFA = 'Adaptive MFA, an add-on of Enterprise plans'

/** Auth0's OpenAPI description: customised messages need a subscription. */
export const OWN_MESSAGES = 'customised phone messages, which paid plans have'
