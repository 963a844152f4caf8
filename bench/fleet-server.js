// Many tenants in one process, each on a port of its own: for `fleet.js`. Arguments: how many, and the milliseconds
// before each answer. Tells its parent the ports, and at each message how many requests were answered since the last.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { respond } from './answers.js'

const [count, latency] = process.argv.slice(2).map(Number)

let requests = 0
const ports = []
for (let i = 0; i < count; i++) {
  const server = createServer((request, response) => {
    requests++
    request.resume()
    setTimeout(respond, latency, request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ports.push(server.address().port)
}
process.send(ports)

process.on('message', () => {
  process.send(requests)
  requests = 0
})
process.on('disconnect', () => process.exit())
