// What anybody would write first: built-in fetch, the token request, then the two reads in parallel.
const { AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } = process.env
const origin = `https://${AUTH0_DOMAIN}`

async function request(path, options) {
  const answer = await fetch(`${origin}${path}`, options)
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return answer.json()
}

const { access_token: token } = await request('/oauth/token', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    grant_type: 'client_credentials',
    client_id: AUTH0_CLIENT_ID,
    client_secret: AUTH0_CLIENT_SECRET,
    audience: `${origin}/api/v2/`,
  }),
})
const headers = { authorization: `Bearer ${token}` }
const [factors, policies] = await Promise.all([
  request('/api/v2/guardian/factors', { headers }),
  request('/api/v2/guardian/policies', { headers }),
])
console.log(JSON.stringify({ factors, policies }))
