// A tenant that answers at once what a real one answered: for `bench.js`, in a process of its own.
// Arguments: the PEM files of key and certificate. Tells its parent the port, and at each message how many requests it
// has answered since the last.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'

const [keyFile, certFile] = process.argv.slice(2)

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

let requests = 0
const server = createServer(
  { key: readFileSync(keyFile), cert: readFileSync(certFile) },
  (request, answer) => {
    requests++
    request.resume()
    request.on('end', () => {
      const body = answers[`${request.method} ${request.url}`]
      answer.writeHead(body ? 200 : 404, {
        'content-type': 'application/json; charset=utf-8',
        'x-ratelimit-limit': '50',
        'x-ratelimit-remaining': '49',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 1),
      })
      answer.end(JSON.stringify(body ?? { statusCode: 404, error: 'Not Found', message: 'Not Found' }))
    })
  },
)
server.listen(0, 'localhost', () => process.send(server.address().port))

process.on('message', () => {
  process.send(requests)
  requests = 0
})
process.on('disconnect', () => process.exit())
