// `npm run bench:fleet`: what it takes to plan for many tenants at once, beside what their requests alone would take.
//
//   --sizes 10,100,1000   how many tenants
//   --latency MS          before each answer (default 50)
//   --concurrency N       tenants at once (default 8)
//
// Prints a Markdown table. The tenants are simulated in one other process. What the requests alone take is measured with a
// bare script, in turn with `plan --all`, and counted: two answers one after the other (the token, then factors and policy
// together) for as many rounds as there are tenants to a place.
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values: flags } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10,100,1000' },
    latency: { type: 'string', default: '50' },
    concurrency: { type: 'string', default: '8' },
  },
})
const latency = Number(flags.latency)
const concurrency = Number(flags.concurrency)

const ROUNDS = 3
/** One after the other: the token, then everything else. */
const DEPTH = 2

const at = path => fileURLToPath(new URL(path, import.meta.url))
const BIN = at('../bin/mfa-config.js')
const folder = mkdtempSync(join(tmpdir(), 'mfa-config-bench-'))

/** Runs once; gives seconds, and the peak of resident memory in MiB. Throws when it fails. */
function run(name, args) {
  const started = performance.now()
  const child = spawnSync(process.execPath, ['--require', at('peak-memory.cjs'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, FLEET_ID: 'client', FLEET_SECRET: 'secret' },
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const seconds = (performance.now() - started) / 1000
  if (child.status !== 0) throw new Error(`${name} failed: ${child.error ?? child.stderr}`)
  return { seconds, memory: Number(child.output[3]) / 1024 }
}

async function measure(size) {
  const server = fork(at('fleet-server.js'), [String(size), flags.latency])
  try {
    const [ports] = await once(server, 'message')
    const environments = ports.map(
      (port, i) =>
        `  tenant-${i}: { tenant: "http://127.0.0.1:${port}", credentials: { client_id: "\${FLEET_ID}", client_secret: "\${FLEET_SECRET}" } }`,
    )
    const file = join(folder, `fleet-${size}.yaml`)
    writeFileSync(
      file,
      `policy: always\nfactors:\n  otp: true\n  recovery-code: true\nenvironments:\n${environments.join('\n')}\n`,
    )
    const addresses = join(folder, `fleet-${size}.json`)
    writeFileSync(addresses, JSON.stringify(ports.map(port => `http://127.0.0.1:${port}`)))
    const planAll = [BIN, 'plan', '--all', '--json', '--concurrency', flags.concurrency, '-c', file]
    const bare = [at('baselines/fleet.js'), flags.concurrency, addresses]
    const runs = Array.from({ length: ROUNDS }, () => ({
      ours: run('plan --all', planAll),
      alone: run('the bare script', bare),
    }))
    server.send('count')
    const [requests] = await once(server, 'message')
    const least = which => Math.min(...runs.map(one => one[which].seconds))
    return {
      size,
      requests: requests / ROUNDS / 2,
      seconds: least('ours'),
      alone: least('alone'),
      counted: (Math.ceil(size / concurrency) * DEPTH * latency) / 1000,
      memory: Math.max(...runs.map(({ ours }) => ours.memory)),
    }
  } finally {
    server.disconnect()
  }
}

try {
  const measured = []
  for (const size of flags.sizes.split(',').map(Number)) measured.push(await measure(size))
  console.log(
    `Node ${process.version} on ${process.platform} ${process.arch}, ${latency} ms a request, ${concurrency} at once, best of ${ROUNDS} runs.\n`,
  )
  console.log(
    '| tenants | requests | `plan --all` | a bare script | ratio | counted | peak memory | growth a tenant |',
  )
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
  for (const [i, { size, requests, seconds, alone, counted, memory }] of measured.entries()) {
    const before = measured[i - 1]
    const growth = before ? `${((memory - before.memory) / (size - before.size)).toFixed(2)} MiB` : ''
    const times = [seconds, alone].map(time => `${time.toFixed(2)} s`)
    const cells = [
      ...times,
      (seconds / alone).toFixed(2),
      `${counted.toFixed(2)} s`,
      `${memory.toFixed(0)} MiB`,
    ]
    console.log(`| ${[size, requests, ...cells, growth].join(' | ')} |`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
