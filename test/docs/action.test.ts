import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import about from '../../package.json' with { type: 'json' }
import { builtProgram } from '../support/build.ts'
import { emptyFolder, writeFiles } from '../support/cli.ts'
import { ACTION } from './support/action.ts'
import { PAGES, textOf } from './support/page.ts'
import { packageManagers, startGitHub } from './support/programs.ts'
import { runAction, type World } from './support/runner.ts'
import { startWorld } from './support/world.ts'

beforeAll(async () => {
  await builtProgram()
}, 120_000)

const SCRIPTS = ['run.sh', 'tell.sh', 'end.sh']
const NO_COMMENT = { comment: 'false', 'node-version': '' }

/** A repository with one configuration of one tenant. */
async function worldOf(files: Record<string, string>): Promise<World> {
  const world = await startWorld()
  const cwd = emptyFolder()
  await writeFiles(cwd, files)
  return { ...world, cwd }
}

/** The lines of a log in which a runner takes commands, the others, and the tokens that divide them. */
function whereCommandsCount(log: string) {
  const open: string[] = []
  const closed: string[] = []
  const tokens: string[] = []
  let token: string | undefined
  for (const line of log.split('\n')) {
    const stopping = token === undefined ? /^::stop-commands::([0-9a-f]{32})$/.exec(line)?.[1] : undefined
    if (stopping !== undefined) {
      token = stopping
      tokens.push(stopping)
    } else if (line === `::${token}::`) token = undefined
    else (token === undefined ? open : closed).push(line)
  }
  return { open, closed: closed.join('\n'), tokens, isOpen: token === undefined }
}

describe('the action', () => {
  test('installs the version that it is of, as every page does', () => {
    expect(ACTION.inputs.version?.default).toBe(about.version)
    const examples = readdirSync(new URL('../../docs/examples', import.meta.url))
    const texts = [...PAGES, ...examples.map(name => `docs/examples/${name}`)].map(textOf)
    const named = texts.flatMap(text => text.match(/(?<=mfa-config[@-])\d[\d.]*\d/g) ?? [])
    expect(new Set(named)).toEqual(new Set([about.version]))
  })

  test('puts nothing into a script from outside: inputs come as variables', () => {
    const scripts = ACTION.runs.steps.flatMap(({ run = '' }) => run)
    expect(scripts.filter(script => script.includes('${{'))).toEqual([])
    for (const name of SCRIPTS) expect(textOf(`action/${name}`)).not.toContain('${{')
  })

  test('gives each script the variables that it reads, and no others', () => {
    for (const { run = '', env = {} } of ACTION.runs.steps) {
      const name = /action\/\w+\.sh/.exec(run)?.[0]
      if (name === undefined) continue
      const read = new Set(textOf(name).match(/\bINPUT_\w+/g))
      expect(Object.keys(env).filter(key => key.startsWith('INPUT_'))).toEqual(
        expect.arrayContaining([...read]),
      )
      expect([...read].sort()).toEqual(
        Object.keys(env)
          .filter(key => key.startsWith('INPUT_'))
          .sort(),
      )
    }
  })

  test('uses each of its inputs', () => {
    const steps = JSON.stringify(ACTION.runs.steps)
    expect(Object.keys(ACTION.inputs).filter(name => !steps.includes(`inputs.${name} `))).toEqual([])
  })

  test('uses other actions in one major version', () => {
    for (const { uses } of ACTION.runs.steps) expect(uses ?? 'none/none@v1').toMatch(/^[\w-]+\/[\w-]+@v\d+$/)
  })
})

describe('what is given to the action', () => {
  const texts = Object.keys(ACTION.inputs).filter(
    name => !['command', 'node-version', 'working-directory', 'github-token'].includes(name),
  )

  /** One word, which a shell would run wherever it took it for more than a text, and which tells by which input it came. */
  const traps: readonly ((mark: string) => string)[] = [
    mark => `$(>${mark})`,
    mark => `\`>${mark}\``,
    mark => `";>${mark};"`,
    mark => `';>${mark};'`,
    mark => `;>${mark}`,
  ]
  /** Instead of the program, which would refuse most of it: one that takes everything. */
  const npm = `#!/bin/sh
mkdir -p "$RUNNER_TEMP/mfa-config/node_modules/.bin"
ln -sf "$(command -v true)" "$RUNNER_TEMP/mfa-config/node_modules/.bin/mfa-config"
`

  // A name that is none ends a run before it has read the others.
  test.each([
    ['any', texts.filter(name => name !== 'name')],
    ['the name', ['name']],
  ])('is never part of a script: %s of its inputs', async (_, names) => {
    const world = await worldOf({ 'mfa-config.yaml': 'policy: never' })
    const programs = { ...world.programs, npm }
    for (const command of ['plan', 'apply', 'drift'])
      for (const trap of traps) {
        const given = Object.fromEntries(names.map(name => [name, trap(join(world.cwd, `pwned-${name}`))]))
        await runAction({ ...NO_COMMENT, ...given, command }, { ...world, programs })
      }
    expect(readdirSync(world.cwd).filter(name => name.startsWith('pwned'))).toEqual([])
  })

  test('can have spaces in it', async () => {
    const world = await worldOf({ 'the file.yaml': 'factors: { otp: true }' })
    const given = { ...NO_COMMENT, command: 'plan', config: 'the file.yaml', 'plan-file': 'the plan.json' }
    expect(await runAction(given, world)).toMatchObject({ code: 0, outputs: { changes: 'true' } })
    const saved = { ...NO_COMMENT, command: 'apply', config: 'the file.yaml', 'plan-file': 'the plan.json' }
    expect(await runAction(saved, world)).toMatchObject({ code: 0 })
  })

  test('names several environments and checks, a word each', async () => {
    const file =
      'policy: always\nfactors: { otp: true }\nenvironments: { a: {}, b: {}, c: { policy: never } }'
    const world = await worldOf({ 'mfa-config.yaml': file })
    const given = { ...NO_COMMENT, command: 'plan', env: 'a\n  b\n', allow: 'F06 F08', name: 'first two' }
    const { code, out } = await runAction(given, world)
    expect(code, out).toBe(0)
    expect(out).toContain('<!-- mfa-config first two -->')
    expect(out).toContain('## 2 tenants')
    expect(out).toContain('(accepted)')
    expect(out).toContain('--allow F08: it does not fire')
  })

  test('is refused where it could be taken for something else', async () => {
    const world = await worldOf({ 'mfa-config.yaml': 'policy: never' })
    expect(await runAction({ ...NO_COMMENT, command: 'destroy' }, world)).toMatchObject({ code: 1 })
    const name = '--> hello'
    expect(await runAction({ ...NO_COMMENT, command: 'plan', name }, world)).toMatchObject({ code: 1 })
  })
})

describe('a run of the action', () => {
  test('ends as mfa-config does, but for a plan with changes', async () => {
    const world = await worldOf({ 'mfa-config.yaml': 'policy: always' })
    expect(await runAction({ ...NO_COMMENT, command: 'plan' }, world)).toMatchObject({
      code: 0,
      outputs: { 'exit-code': '2' },
    })
    expect(await runAction({ ...NO_COMMENT, command: 'apply' }, world)).toMatchObject({
      code: 3,
      outputs: { 'exit-code': '3' },
    })
  })

  test('hands its token to no configuration, though that be a program', async () => {
    const program = `import { writeFileSync } from 'node:fs'
      writeFileSync('seen.json', JSON.stringify(process.env))
      export default { factors: { otp: true } }`
    const github = startGitHub()
    const event = { pull_request: { number: 5 } }
    const world = await startWorld(github, event)
    const cwd = emptyFolder()
    await writeFiles(cwd, { 'mfa-config.config.mjs': program })
    const programs = { ...world.programs, ...(await packageManagers('own')) }
    const given = { command: 'plan', 'node-version': '' }
    expect(await runAction(given, { ...world, programs, cwd })).toMatchObject({ code: 0 })
    expect(github.posts().comments).toHaveLength(1)
    expect(readFileSync(join(cwd, 'seen.json'), 'utf8')).not.toContain('the-token-of-the-run')
  })

  test('prints what comes from files and tenants where the runner takes no commands', async () => {
    const file =
      'allow: [F08]\nenvironments: { "::stop-commands::x": { factors: { otp: true } }, "##[add-mask]policy": {} }'
    const world = await worldOf({ 'mfa-config.yaml': file })
    const runs = [{ command: 'plan' }, { command: 'apply' }].map(given =>
      runAction({ ...NO_COMMENT, ...given, all: 'true' }, world),
    )
    const tokens: string[] = []
    for (const { out } of await Promise.all(runs)) {
      const { open, closed, ...found } = whereCommandsCount(out)
      expect(closed).toContain('::stop-commands::x')
      expect(closed).toContain('##[add-mask]policy')
      expect(open.filter(line => /::|##\[/.test(line))).toEqual([])
      expect(open.join('\n')).not.toContain('sandbox')
      expect(found.isOpen).toBe(true)
      tokens.push(...found.tokens)
    }
    // The plan and its report, and the apply.
    expect(new Set(tokens).size).toBe(3)
    expect(tokens).toHaveLength(3)
  })

  test('takes commands again, though a configuration does not end its last line', async () => {
    const program = `process.on('exit', () => process.stdout.write('no end'))
      export default { factors: { otp: true } }`
    const world = await worldOf({ 'mfa-config.config.mjs': program })
    const programs = { ...world.programs, ...(await packageManagers('own')) }
    const { code, out } = await runAction({ ...NO_COMMENT, command: 'apply' }, { ...world, programs })
    expect(code, out).toBe(0)
    expect(out).toContain('no end\n')
    expect(whereCommandsCount(out).isOpen).toBe(true)
  })

  test('lets no file of variables run code', async () => {
    const world = await worldOf({
      'mfa-config.yaml': 'policy: never',
      'node.env': 'NODE_OPTIONS=--require ./evil.cjs\n',
      'evil.cjs': "require('fs').writeFileSync('pwned', '')",
    })
    const programs = { ...world.programs, ...(await packageManagers('own')) }
    const given = { ...NO_COMMENT, command: 'plan', 'env-file': 'node.env' }
    expect((await runAction(given, { ...world, programs })).outputs).toMatchObject({ 'exit-code': '1' })
    expect(existsSync(join(world.cwd, 'pwned'))).toBe(false)
  })

  test('keeps a comment for each name', async () => {
    const github = startGitHub()
    const event = { pull_request: { number: 5 } }
    const world = await startWorld(github, event)
    for (const shard of ['1/2', '2/2', '1/2']) {
      const part = {
        command: 'plan',
        all: 'true',
        'env-file': 'clients.read.env',
        shard,
        name: `part ${shard}`,
      }
      expect(
        await runAction(part, { ...world, env: { ...world.env, MFA_SIGNING_KEY: 'any' } }),
      ).toMatchObject({
        code: 0,
      })
    }
    expect(github.posts().comments.map(({ body }) => body.split('\n')[0])).toEqual([
      '<!-- mfa-config part 1/2 -->',
      '<!-- mfa-config part 2/2 -->',
    ])
  })

  test('writes nothing where it cannot see what is there, so that there are not two', async () => {
    const gh = `#!/bin/sh\ncase "$*" in *--paginate*) exit 1 ;; *) touch posted ;; esac\n`
    const world = await startWorld(startGitHub(), { pull_request: { number: 5 } })
    const cwd = emptyFolder()
    await writeFiles(cwd, { 'mfa-config.yaml': 'policy: never' })
    const programs = { ...world.programs, gh }
    for (const command of ['plan', 'drift'])
      expect(await runAction({ command, 'node-version': '' }, { ...world, cwd, programs })).toMatchObject({
        code: 1,
      })
    expect(existsSync(join(cwd, 'posted'))).toBe(false)
  })

  test('installs what npm makes of it, without a network', async () => {
    const packed = emptyFolder()
    const sources = dirname(dirname(await builtProgram()))
    const { stdout } = await promisify(execFile)(
      'npm',
      ['pack', '--ignore-scripts', '--json', '--pack-destination', packed],
      { cwd: sources },
    )
    const [{ filename }] = JSON.parse(stdout)
    const world = await worldOf({ 'mfa-config.yaml': 'factors: { otp: true }' })
    const { npm: _, ...programs } = world.programs
    const offline = { npm_config_offline: 'true', npm_config_cache: emptyFolder() }
    const version = `file:${join(packed, filename)}`
    const { code, out } = await runAction(
      { ...NO_COMMENT, command: 'plan', version },
      { ...world, programs, env: { ...world.env, ...offline } },
    )
    expect(code, out).toBe(0)
    expect(out).toContain('factors.otp.enabled')
  }, 60_000)
})
