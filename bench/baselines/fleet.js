// The requests of `plan --all` and nothing else: for each tenant the token, then both reads together, as many tenants at
// once as `plan` takes. Arguments: how many at once, and the file with the tenants' addresses.
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

const [concurrency, file] = process.argv.slice(2)
const tenants = JSON.parse(readFileSync(file, 'utf8'))
const agent = new Agent({ keepAlive: true })

const ask = (method, url, headers = {}, body = undefined) =>
  new Promise((resolve, reject) => {
    const asking = request(url, { method, headers, agent }, answer => {
      const parts = []
      answer.on('data', part => parts.push(part))
      answer.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString())))
    })
    asking.on('error', reject)
    asking.end(body)
  })

async function one(tenant) {
  const body = JSON.stringify({
    grant_type: 'client_credentials',
    client_id: 'client',
    client_secret: 'secret',
    audience: `${tenant}/api/v2/`,
  })
  const headers = { 'content-type': 'application/json' }
  const { access_token: token } = await ask('POST', `${tenant}/oauth/token`, headers, body)
  const authorization = `Bearer ${token}`
  await Promise.all(
    ['factors', 'policies'].map(what => ask('GET', `${tenant}/api/v2/guardian/${what}`, { authorization })),
  )
}

let next = 0
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    while (next < tenants.length) await one(tenants[next++])
  }),
)
process.exit()
