// A tenant that answers at once what a real one answered: for `bench.js`, in a process of its own.
// Arguments: the PEM files of key and certificate. Tells its parent the port, and at each message how many requests it
// has answered since the last.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { respond } from './answers.js'

const [keyFile, certFile] = process.argv.slice(2)

let requests = 0
const server = createServer(
  { key: readFileSync(keyFile), cert: readFileSync(certFile) },
  (request, response) => {
    requests++
    request.resume()
    request.on('end', () => respond(request, response))
  },
)
server.listen(0, 'localhost', () => process.send(server.address().port))

process.on('message', () => {
  process.send(requests)
  requests = 0
})
process.on('disconnect', () => process.exit())
