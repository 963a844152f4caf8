// What a real tenant answered to the requests of a plan of two factors and the policy.
const token = ['{"alg":"RS256"}', '{"scope":"read:guardian_factors read:mfa_policies"}', 'signature']
  .map(part => Buffer.from(part).toString('base64url'))
  .join('.')

const factor = (name, enabled) => ({ enabled, trial_expired: false, name })
const answers = {
  'POST /oauth/token': {
    access_token: token,
    scope: 'read:guardian_factors read:mfa_policies',
    expires_in: 86400,
    token_type: 'Bearer',
  },
  'GET /api/v2/guardian/factors': [
    factor('sms', false),
    factor('push-notification', false),
    factor('otp', false),
    factor('email', true),
    factor('duo', false),
    factor('webauthn-roaming', false),
    factor('webauthn-platform', false),
    factor('recovery-code', false),
  ],
  'GET /api/v2/guardian/policies': ['all-applications'],
}

/** Answers one request, with the headers of the API's rate limit. */
export function respond(request, response) {
  const body = answers[`${request.method} ${request.url}`]
  response.writeHead(body ? 200 : 404, {
    'content-type': 'application/json; charset=utf-8',
    'x-ratelimit-limit': '50',
    'x-ratelimit-remaining': '49',
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 1),
  })
  response.end(JSON.stringify(body ?? { statusCode: 404, error: 'Not Found', message: 'Not Found' }))
}
