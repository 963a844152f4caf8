import { createServer, type IncomingMessage } from 'node:http'
import { once } from '../../../src/once.ts'
import { run } from '../../support/cli.ts'

/**
 * A script that runs a command line in the process of the test: it hands over its folder, its words and its variables,
 * and prints what comes back. A start of Node for each of hundreds of command lines would take most of the time.
 */
export async function inProcessScript(): Promise<string> {
  const port = await server()
  return `#!/usr/bin/env bash
answer=$({ printf '%s\\0' "$PWD" "$#" "$@"; env -0; } | curl --silent --data-binary @- http://127.0.0.1:${port})
{ read -r code; read -r out; read -r err; } <<<"$answer"
base64 --decode <<<"$err" >&2
base64 --decode <<<"$out"
exit "$code"
`
}

/** One for all of a process, which it keeps from ending no more than its tests do. */
const server = once(
  () =>
    new Promise<number>(resolve => {
      const listening = createServer(async (request, response) => {
        const [cwd = '', count = '0', ...rest] = (await textOf(request)).split('\0')
        const variables = rest.slice(Number(count)).filter(text => text !== '')
        const env = Object.fromEntries(
          variables.map(text => [nameOf(text), text.slice(nameOf(text).length + 1)]),
        )
        const { code, out, err } = await run(rest.slice(0, Number(count)), { cwd, env })
        const encoded = [out, err].map(text => Buffer.from(text).toString('base64'))
        response.end([code, ...encoded, ''].join('\n'))
      })
      listening.unref().listen(0, '127.0.0.1', () => {
        const address = listening.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    }),
)

function nameOf(variable: string): string {
  return variable.slice(0, variable.indexOf('='))
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString('utf8')
}
