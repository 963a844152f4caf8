import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { builtProgram } from '../support/build.ts'
import { run, writeFiles } from '../support/cli.ts'
import { ACTION } from './support/action.ts'
import { holds } from './support/expression.ts'
import { BLOCKS, textOf } from './support/page.ts'
import { startGitHub } from './support/programs.ts'
import { runJob } from './support/runner.ts'
import { WORKFLOW, type Workflow } from './support/workflow.ts'
import { REPOSITORY, startWorld } from './support/world.ts'

beforeAll(async () => {
  await builtProgram()
}, 120_000)

const PULL_REQUEST = { pull_request: { number: 5 } }
const MARKER = '<!-- mfa-config -->'

/** What steps of other actions take, of what the documentation uses. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'actions/checkout@v6': ['persist-credentials'],
  'actions/setup-node@v6': ['node-version', 'package-manager-cache'],
  'actions/upload-artifact@v7': [
    'name',
    'path',
    'if-no-files-found',
    'retention-days',
    'overwrite',
    'include-hidden-files',
  ],
  'actions/download-artifact@v8': ['name'],
  'your-org/mfa-config@v0': Object.keys(ACTION.inputs),
}

function example(name: string): Workflow {
  return WORKFLOW.parse(parse(textOf(`docs/examples/github-${name}.yml`)))
}

function jobOf(name: string, job: string): Workflow['jobs'][string] {
  const found = example(name).jobs[job]
  if (!found) throw new Error(`${name} has no job ${job}`)
  return found
}

const workflows = BLOCKS.filter(({ saveAs }) => saveAs?.startsWith('.github/workflows/'))

describe.each(workflows.map(block => [block.saveAs ?? '', block] as const))(
  'the workflow %s',
  (_, { text }) => {
    const workflow = WORKFLOW.parse(parse(text))
    const jobs = Object.values(workflow.jobs)
    const steps = jobs.flatMap(job => job.steps)

    test('has no more permissions than it says', () => {
      expect(workflow.permissions).toEqual({ contents: 'read' })
    })

    test('is not of the kind that gives a stranger secrets', () => {
      expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
      expect(Object.keys(workflow.on)).not.toContain('workflow_run')
    })

    test('has jobs that wait only for jobs that there are', () => {
      const needed = jobs.flatMap(({ needs }) => needs ?? [])
      expect(needed.filter(name => !(name in workflow.jobs))).toEqual([])
    })

    test('uses actions of one major version, with inputs that they have', () => {
      for (const { uses, with: given = {}, run: script } of steps) {
        expect([uses, script].filter(part => part !== undefined)).toHaveLength(1)
        if (uses === undefined) continue
        expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/)
        expect(KNOWN[uses]).toEqual(expect.arrayContaining(Object.keys(given)))
      }
    })

    test('leaves no token in what is checked out', () => {
      const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout'))
      expect(checkouts.length).toBeGreaterThan(0)
      for (const step of checkouts) expect(step.with).toEqual({ 'persist-credentials': false })
    })

    test('puts nothing into a script from outside', () => {
      for (const { run: script = '' } of steps) expect(script).not.toContain('${{')
    })

    test('lets no file of variables steer Node', () => {
      for (const { env = {}, steps: own } of jobs)
        if (own.some(({ run: script = '' }) => script.includes('--env-file')))
          expect(env).toHaveProperty('NODE_OPTIONS', '')
    })

    test('has the key that writes only where somebody has to approve', () => {
      for (const { env = {}, environment } of jobs)
        if (JSON.stringify(env).includes('WRITE')) expect(environment).toBe('mfa-production')
    })
  },
)

describe('a pull request', () => {
  test('of a fork is not planned for, one of a branch is', () => {
    const condition = jobOf('pull-request', 'plan').if ?? ''
    const from = (full_name: string) => ({
      github: { repository: REPOSITORY, event: { pull_request: { head: { repo: { full_name } } } } },
    })
    expect(holds(condition, from('somebody/identity'))).toBe(false)
    expect(holds(condition, from(REPOSITORY))).toBe(true)
  })

  test('is validated without any secret', async () => {
    const world = await startWorld()
    const { code, out } = await runJob(jobOf('pull-request', 'validate'), { ...world, context: {} })
    expect(code, out).toBe(0)
    expect(out).toContain('2 valid')
  })

  test('gets one comment, which the next push brings up to date', async () => {
    const theirs = { id: 1, body: `${MARKER}\n\nNo changes.`, user: { type: 'User' } } as const
    const another = { id: 2, body: 'Coverage: 100 %', user: { type: 'Bot' } } as const
    const github = startGitHub({ comments: [theirs, another] })
    const world = await startWorld(github, PULL_REQUEST)
    const plan = jobOf('pull-request', 'plan')
    expect(await runJob(plan, world)).toMatchObject({ code: 0 })
    const [first, second, own] = github.posts().comments
    expect([first, second]).toEqual([theirs, another])
    expect(own?.body).toContain('2 tenants')
    expect(own?.body.split('\n')[0]).toBe(MARKER)

    await writeFiles(world.cwd, {
      'mfa-config.yaml': '$import: ./environments.yaml\nfactors: { duo: false }',
    })
    expect(await runJob(plan, world)).toMatchObject({ code: 0 })
    const { comments } = github.posts()
    expect(comments).toHaveLength(3)
    expect(comments[2]?.body).toContain('No changes')
    expect(comments[2]?.body).not.toContain('webauthn-roaming')
  })

  test('that cannot be planned for says so in its comment, and is red', async () => {
    const github = startGitHub()
    const world = await startWorld(github, PULL_REQUEST)
    await writeFiles(world.cwd, { 'mfa-config.yaml': 'polcy: always' })
    expect(await runJob(jobOf('pull-request', 'plan'), world)).toMatchObject({ code: 1 })
    expect(github.posts().comments[0]?.body).toBe(
      `${MARKER}\n\n## mfa-config\n\nThere is no plan: mfa-config ended with 1. [The log](https://github.com/${REPOSITORY}/actions/runs/7) says why.\n`,
    )
  })
})

describe('a merge', () => {
  const needs = (outputs: unknown) => ({ needs: { plan: { outputs } } })

  test('is planned for, applied from the saved plan, and then there is nothing left', async () => {
    const world = await startWorld()
    const planned = await runJob(jobOf('apply', 'plan'), world)
    expect(planned, planned.out).toMatchObject({ code: 0, outputs: { changes: 'true' } })
    expect(holds(jobOf('apply', 'apply').if ?? '', needs(planned.outputs))).toBe(true)

    const applied = await runJob(jobOf('apply', 'apply'), world)
    expect(applied.code, applied.out).toBe(0)
    expect(applied.out).toContain('2 tenants: 2 applied.')
    expect(readdirSync(`${world.artifacts}/mfa-snapshots-1`)).toHaveLength(2)

    const again = await runJob(jobOf('apply', 'plan'), world)
    expect(again.outputs).toEqual({ changes: 'false' })
    expect(holds(jobOf('apply', 'apply').if ?? '', needs(again.outputs))).toBe(false)
  })

  test('whose plan no longer fits ends with 5, and nothing is written', async () => {
    const world = await startWorld()
    await runJob(jobOf('apply', 'plan'), world)
    const otp = { cwd: world.cwd, stdin: 'environments: { prod: { factors: { otp: true } } }' }
    await run(['apply', '-c', '-', '--env', 'prod', '--domain', 'sandbox', '--yes'], otp)
    const applied = await runJob(jobOf('apply', 'apply'), world)
    expect(applied.code, applied.out).toBe(5)
    const { out } = await run(['show', '--env', 'prod', '--json', '--domain', 'sandbox'], {
      cwd: world.cwd,
      env: { PROD_CLIENT_ID: 'any', DEV_CLIENT_ID: 'any', MFA_SIGNING_KEY: 'any' },
    })
    expect(JSON.parse(out).config).toMatchObject({ policy: 'never' })
  })
})

describe('a night', () => {
  test('in which tenants differ opens an issue, keeps it, and closes it when they do not', async () => {
    const github = startGitHub()
    const world = await startWorld(github)
    const drift = jobOf('drift', 'drift')
    expect(await runJob(drift, world)).toMatchObject({ code: 0 })
    expect(await runJob(drift, world)).toMatchObject({ code: 0 })
    const [issue, ...others] = github.posts().issues
    expect(others).toEqual([])
    expect(issue).toMatchObject({ title: 'MFA configuration has drifted' })
    expect(issue?.body.split('\n')[0]).toBe(MARKER)

    await runJob(jobOf('apply', 'plan'), world)
    await runJob(jobOf('apply', 'apply'), world)
    expect(await runJob(drift, world)).toMatchObject({ code: 0 })
    expect(github.posts().issues[0]?.state).toBe('closed')
    expect(github.posts().comments[0]?.body).toBe('Every tenant is as the file has it.')
    expect(await runJob(drift, world)).toMatchObject({ code: 0 })
    expect(github.posts().issues).toHaveLength(1)
  })
})

test('the parts of a night are together all tenants, each once', async () => {
  const world = await startWorld()
  const job = jobOf('shards', 'plan')
  const shards = job.strategy?.matrix.shard ?? []
  expect(shards.length).toBeGreaterThan(1)
  const ran = await Promise.all(
    shards.map(shard => runJob(job, { ...world, context: { ...world.context, matrix: { shard } } })),
  )
  const heads = ran.flatMap(({ out }) => out.match(/^sandbox \(\w+\)$/gm) ?? [])
  expect(heads.sort()).toEqual(['sandbox (dev)', 'sandbox (prod)'])
  for (const { code, out } of ran) expect(code, out).toBe(out.includes('sandbox (') ? 2 : 0)
})
