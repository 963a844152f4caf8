import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { emptyFolder, writeFiles } from './support/cli.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const about: { version: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

interface Packed {
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}

/** The sources, and what is built of them for these tests alone: `dist/` here may be old, or be built just now. */
let sources: string
let packed: Packed
/** A user's project: an empty folder into which the package alone was installed. */
let project: string

beforeAll(async () => {
  sources = emptyFolder()
  const files = readdirSync(ROOT, { withFileTypes: true }).filter(entry => entry.isFile())
  for (const name of ['bin', 'configs', 'schemas', 'src', ...files.map(file => file.name)]) {
    cpSync(join(ROOT, name), join(sources, name), { recursive: true })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(sources, 'node_modules'), 'junction')
  await run('npm', ['run', 'build'], sources)
  project = emptyFolder()
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', project]
  packed = JSON.parse(await run('npm', pack, sources))[0]
  // From an empty cache and without a network: everything is in the package.
  await run(
    'npm',
    ['install', '--offline', '--cache', emptyFolder(), join(project, packed.filename)],
    project,
  )
}, 120_000)

test('holds what a user needs, and nothing else', () => {
  const needed = [
    /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
    /^bin\/mfa-config\.js$/,
    /^configs\/([\w-]+\.yaml|README\.md)$/,
    /^schemas\/[\w-]+\.json$/,
    /^dist\/[\w-]+\.js$/,
    /^dist\/(index|config\/type)\.d\.ts$/,
    /^dist\/THIRD-PARTY-LICENSES\.txt$/,
    /^node_modules\/jiti\//,
  ]
  const paths = packed.files.map(({ path }) => path)
  expect(paths.filter(path => !needed.some(pattern => pattern.test(path)))).toEqual([])
  expect(needed.filter(pattern => !paths.some(path => pattern.test(path)))).toEqual([])
})

test('brings the licence of every package that is bundled', () => {
  const licences = readFileSync(join(sources, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8')
  const named = [...licences.matchAll(/^(\S+) \d+\.\d+\.\d+ \(.+\)$/gm)].map(([, name]) => name)
  const imported = importedPackages()
  expect(imported).toContain('commander')
  expect(imported.filter(name => name !== 'jiti' && !named.includes(name))).toEqual([])
  expect(existsSync(join(project, 'node_modules/mfa-config/node_modules/jiti/LICENSE'))).toBe(true)
})

test('installs alone', () => {
  expect(readdirSync(join(project, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual([
    'mfa-config',
  ])
})

test('runs through npx', async () => {
  expect(await run('npx', ['mfa-config', '--version'], project)).toBe(`${about.version}\n`)
})

test('plans with a configuration in TypeScript', async () => {
  await writeFiles(project, {
    'mfa-config.config.ts': `import { defineConfig } from 'mfa-config'
      type Policy = 'always' | 'never'
      const policy: Policy = 'always'
      export default defineConfig({ policy, factors: { otp: true, email: { otp_length: 8 } } })`,
  })
  const plan = await run('npx', ['mfa-config', 'plan', '--domain', 'sandbox', '--json'], project)
  const { changes }: { changes: { path: string }[] } = JSON.parse(plan)
  expect(changes.map(({ path }) => path)).toEqual([
    'factors.otp.enabled',
    'factors.email.otp_length',
    'policy',
  ])
})

test('types a configuration', async () => {
  const folder = join(project, 'typed')
  mkdirSync(folder)
  await writeFiles(folder, {
    'package.json': '{ "type": "module" }',
    'config.ts': `import { defineConfig, type MfaConfig } from 'mfa-config'
      export const config: MfaConfig = { policy: 'adaptive', factors: { 'recovery-code': true } }
      export default defineConfig({
        // @ts-expect-error: there is no such policy
        policy: 'sometimes',
      })`,
  })
  for (const resolution of ['nodenext', 'bundler']) {
    const module = resolution === 'bundler' ? 'esnext' : resolution
    const flags = [
      '--noEmit',
      '--strict',
      '--types',
      '',
      '--module',
      module,
      '--moduleResolution',
      resolution,
    ]
    await run(
      process.execPath,
      [join(ROOT, 'node_modules/typescript/bin/tsc'), ...flags, 'config.ts'],
      folder,
    )
  }
})

/** Runs a program as from a shell that npm has not prepared; gives its output, throws with it when it fails. */
async function run(program: string, args: string[], cwd: string): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|vitest)/i.test(name)),
  )
  try {
    return (await promisify(execFile)(program, args, { cwd, env })).stdout
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`${program} ${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error })
  }
}

/** The packages that the sources import, types left out. */
function importedPackages(): string[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(name =>
    /(?<!\.d)\.ts$/.test(name),
  )
  const specifiers = files.flatMap(name => {
    const source = readFileSync(join(ROOT, 'src', name), 'utf8').replace(/^import type .*$/gm, '')
    return [...source.matchAll(/(?:from |import\()'([^'.][^':]*)'/g)].map(([, specifier = '']) => specifier)
  })
  const names = specifiers.map(specifier => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier)
  return [...new Set(names)].sort()
}
