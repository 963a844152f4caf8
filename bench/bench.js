// `npm run bench`: what starting and planning cost, beside two bare scripts that send the same three requests.
//
//   --rounds N     how often each is run (default 21); they take turns, so that a busy machine slows all alike
//   --node PATH    another Node to run everything with
//
// Prints a Markdown table. Ratios are medians of each round's own ratio. Needs `openssl` on the path.
import { execFileSync, fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeEverySetting } from './every-setting.js'

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '21' },
    node: { type: 'string', default: process.execPath },
  },
})
const rounds = Number(flags.rounds)
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1')

const WARM_UPS = 3
const MEMORY_ROUNDS = 5

const at = path => fileURLToPath(new URL(path, import.meta.url))
const BIN = at('../bin/mfa-config.js')
const folder = mkdtempSync(join(tmpdir(), 'mfa-config-bench-'))
const version = execFileSync(flags.node, ['--version'], { encoding: 'utf8' }).trim()
/** Built-in fetch and TLS grew faster and bigger after Node 20. */
const onNode20 = version.startsWith('v20.')

/** Runs once; gives wall time in milliseconds and what was printed. Throws when it fails. */
function run({ name, args, env = {} }, { preload = [], stdio = [] } = {}) {
  const started = performance.now()
  const child = spawnSync(flags.node, [...preload, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', ...stdio],
  })
  const milliseconds = performance.now() - started
  if (child.status !== 0) throw new Error(`${name} failed: ${child.error ?? child.stderr}`)
  return { milliseconds, out: child.stdout, err: child.stderr, more: child.output[3] }
}

/** Runs each in turn, `rounds` times; gives a list of milliseconds for each. */
function takeTurns(...cases) {
  const times = new Map(cases.map(one => [one, []]))
  for (let round = -WARM_UPS; round < rounds; round++) {
    for (const one of cases) {
      const { milliseconds } = run(one)
      if (round >= 0) times.get(one).push(milliseconds)
    }
  }
  return times
}

/** The highest of some runs, in MiB. */
function peakMemory(one) {
  const runs = Array.from({ length: MEMORY_ROUNDS }, () =>
    run(one, { preload: ['--require', at('peak-memory.cjs')], stdio: ['pipe'] }),
  )
  return Math.max(...runs.map(({ more }) => Number(more))) / 1024
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

const medianRatio = (ours, theirs) => median(ours.map((time, round) => time / theirs[round]))

async function startTenant() {
  const key = join(folder, 'key.pem')
  const certificate = join(folder, 'certificate.pem')
  const certify =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost'
  execFileSync(
    'openssl',
    [...certify.split(' '), '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate],
    { stdio: 'pipe' },
  )
  const server = fork(at('server.js'), [key, certificate])
  const [port] = await once(server, 'message')
  return {
    env: {
      AUTH0_DOMAIN: `localhost:${port}`,
      AUTH0_CLIENT_ID: 'client',
      AUTH0_CLIENT_SECRET: 'secret',
      NODE_EXTRA_CA_CERTS: certificate,
    },
    /** Requests since the last time it was asked. */
    requests: async () => {
      server.send('count')
      return (await once(server, 'message'))[0]
    },
    stop: () => server.disconnect(),
  }
}

async function startSandbox() {
  const sandbox = spawn(flags.node, [BIN, 'sandbox', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [banner] = await once(sandbox.stdout, 'data')
  const url = /http:\S+/.exec(String(banner))[0]
  return {
    env: { AUTH0_DOMAIN: url, AUTH0_CLIENT_ID: 'client', AUTH0_CLIENT_SECRET: 'secret' },
    stop: () => sandbox.kill('SIGINT'),
  }
}

function planOfThree(env) {
  const file = join(folder, 'three.yaml')
  writeFileSync(file, 'policy: always\nfactors:\n  otp: true\n  recovery-code: true\n')
  return { name: '`plan` of two factors and the policy', args: [BIN, 'plan', '-c', file], env }
}

function planOfEverything(env) {
  const schema = JSON.parse(execFileSync(flags.node, [BIN, 'schema'], { encoding: 'utf8' }))
  const every = writeEverySetting(schema, folder)
  return {
    name: '`plan` of every setting, on the sandbox over HTTP',
    args: [BIN, 'plan', '-c', every.file],
    env: { ...env, ...every.env },
  }
}

const tenant = await startTenant()
const sandbox = await startSandbox()
try {
  const ofFetch = { name: 'script, built-in `fetch`', args: [at('baselines/fetch.js')], env: tenant.env }
  const ofHttps = { name: 'script, `node:https`', args: [at('baselines/https.js')], env: tenant.env }
  const plan = planOfThree(tenant.env)
  const everything = planOfEverything(sandbox.env)
  const printVersion = { name: '`--version`', args: [BIN, '--version'] }
  const nothing = { name: '`node -e 0`', args: ['-e', '0'] }

  const requests = new Map()
  for (const one of [ofFetch, ofHttps, plan]) {
    run(one)
    requests.set(one, await tenant.requests())
  }
  const { err } = run({ ...everything, args: [...everything.args, '--debug'] })
  requests.set(everything, err.match(/^(GET|POST) /gm).length)

  const times = new Map([
    ...takeTurns(ofFetch, ofHttps, plan),
    ...takeTurns(printVersion, nothing),
    ...takeTurns(everything),
  ])
  const ratio = (ours, theirs, target) =>
    `${medianRatio(times.get(ours), times.get(theirs)).toFixed(2)} × ${theirs.name} (at most ${target.toFixed(2)})`
  const compared = new Map([
    [plan, `${ratio(plan, ofFetch, onNode20 ? 0.8 : 0.85)}; ${ratio(plan, ofHttps, 2)}`],
    [printVersion, ratio(printVersion, nothing, 1.5)],
  ])
  const memoryTarget = new Map([[plan, ` (below ${onNode20 ? 65 : 75})`]])
  const row = one =>
    [
      one.name,
      `${median(times.get(one)).toFixed(0)} ms`,
      compared.get(one) ?? '',
      `${peakMemory(one).toFixed(0)} MiB${memoryTarget.get(one) ?? ''}`,
      requests.get(one) ?? '',
    ].join(' | ')

  console.log(`Node ${version} on ${process.platform} ${process.arch}, medians of ${rounds} rounds.\n`)
  console.log('| run | time | compared | peak memory | requests |')
  console.log('| --- | --- | --- | --- | --- |')
  for (const one of [plan, ofFetch, ofHttps, printVersion, nothing, everything])
    console.log(`| ${row(one)} |`)
} finally {
  tenant.stop()
  sandbox.stop()
  rmSync(folder, { recursive: true, force: true })
}
