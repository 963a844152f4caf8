import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { builtProgram } from '../support/build.ts'
import { writeFiles } from '../support/cli.ts'
import { type Ended, runBash } from './support/bash.ts'
import { SELF, startGitLab } from './support/gitlab.ts'
import { BLOCKS, textOf } from './support/page.ts'
import type { World } from './support/runner.ts'
import { type GitlabJob, gitlabJobs, PIPELINE } from './support/workflow.ts'
import { filesOf, startWorld } from './support/world.ts'

beforeAll(async () => {
  await builtProgram()
}, 120_000)

const MARKER = '<!-- mfa-config -->'

/** The repository of the page for GitHub, which that for GitLab takes over, with what it adds. */
async function startProject(): Promise<World> {
  const world = await startWorld()
  await writeFiles(world.cwd, filesOf('docs/gitlab.md'))
  return { ...world, env: { ...world.env, MFA_SIGNING_KEY: 'a key' } }
}

function jobOf(name: string): GitlabJob {
  const found = gitlabJobs(parse(textOf('docs/examples/gitlab-ci.yml')))[name]
  if (!found) throw new Error(`there is no job ${name}`)
  return found
}

/** Runs a job as a runner of GitLab does: its lines as one script. */
function runJob(
  { before_script = [], script = [] }: GitlabJob,
  { cwd, env, programs }: World,
  more = {},
): Promise<Ended> {
  return runBash([...before_script, ...script].join('\n'), { cwd, env: { ...env, ...more }, programs })
}

const pipelines = BLOCKS.filter(({ saveAs }) => saveAs === '.gitlab-ci.yml')

describe.each(pipelines.map(block => [`${block.page}:${block.line}`, block.text] as const))(
  'the pipeline of %s',
  (_, text) => {
    const { stages = ['test'], default: byDefault, variables: ofAll } = PIPELINE.parse(parse(text))
    const jobs = Object.entries(gitlabJobs(parse(text)))

    test('has jobs with a script, an image, and rules that say when', () => {
      expect(jobs.length).toBeGreaterThan(0)
      for (const [, { script, image = byDefault?.image, rules }] of jobs) {
        expect(script?.length).toBeGreaterThan(0)
        expect(image).toMatch(/^node:\d+$/)
        expect(rules?.length).toBeGreaterThan(0)
      }
    })

    test('lets no file of variables steer Node', () => {
      const reading = jobs.filter(([, { script = [] }]) => script.join('\n').includes('--env-file'))
      expect(reading.length).toBeGreaterThan(0)
      for (const [, { variables }] of reading)
        expect({ ...ofAll, ...variables }).toHaveProperty('NODE_OPTIONS', '')
    })

    test('has jobs of stages that there are, that need only jobs that there are', () => {
      const names = jobs.map(([name]) => name)
      for (const [, { stage = 'test', needs = [] }] of jobs) {
        expect(stages).toContain(stage)
        expect(needs.filter(name => !names.includes(name))).toEqual([])
      }
    })
  },
)

describe('a merge request', () => {
  test('is validated without any variable', async () => {
    const project = await startProject()
    const { MFA_SIGNING_KEY: _, ...env } = project.env
    const { code, out } = await runJob(jobOf('validate'), { ...project, env })
    expect(code, out).toBe(0)
  })

  test('gets one note, which the next push brings up to date', async () => {
    const theirs = { id: 1, body: `${MARKER}\n\nNo changes.`, author: { id: 1 } }
    const gitlab = await startGitLab([theirs])
    const project = await startProject()
    try {
      const job = jobOf('merge-request-plan')
      const first = await runJob(job, project, gitlab.env)
      expect(first.code, first.err).toBe(0)
      expect(gitlab.notes.map(({ author }) => author.id)).toEqual([1, SELF])
      expect(gitlab.notes[1]?.body).toContain('7 changes in 2 of 2 tenants')

      await writeFiles(project.cwd, {
        'mfa-config.yaml': '$import: ./environments.yaml\nfactors: { duo: false }',
      })
      expect((await runJob(job, project, gitlab.env)).code).toBe(0)
      expect(gitlab.notes[0]).toEqual(theirs)
      expect(gitlab.notes).toHaveLength(2)
      expect(gitlab.notes[1]?.body).toContain('No changes')
    } finally {
      gitlab.close()
    }
  })

  test('that cannot be planned for says so in its note, and fails', async () => {
    const gitlab = await startGitLab()
    const project = await startProject()
    await writeFiles(project.cwd, { 'mfa-config.yaml': '$import: ./environments.yaml\npolcy: always' })
    const { code } = await runJob(jobOf('merge-request-plan'), project, gitlab.env)
    gitlab.close()
    expect(code).toBe(1)
    expect(gitlab.notes[0]?.body).toContain('polcy')
  })

  test('fails where GitLab refuses the note', async () => {
    const gitlab = await startGitLab()
    const env = { ...gitlab.env, MFA_NOTE_TOKEN: 'another' }
    const { code } = await runJob(jobOf('merge-request-plan'), await startProject(), env)
    gitlab.close()
    expect(code).not.toBe(0)
  })
})

test('a merge is planned for, applied from the saved plan, and not twice', async () => {
  const project = await startProject()
  expect((await runJob(jobOf('plan'), project)).code).toBe(0)
  const applied = await runJob(jobOf('apply'), project)
  expect(applied.code, applied.err).toBe(0)
  expect(applied.out).toContain('2 applied')
  expect((await runJob(jobOf('apply'), project)).code).toBe(5)
})

describe('a night', () => {
  const theirs = {
    iid: 1,
    title: 'About MFA',
    description: MARKER,
    state: 'opened',
    author: { id: 1 },
  } as const

  test('that finds drift opens one issue, brings it up to date, and closes it when there is none', async () => {
    const gitlab = await startGitLab([], [theirs])
    const project = await startProject()
    const night = () => runJob(jobOf('drift'), project, gitlab.env)
    try {
      for (let nights = 0; nights < 2; nights++) {
        const { code, err } = await night()
        expect(code, err).toBe(0)
      }
      expect(gitlab.issues).toHaveLength(2)
      expect(gitlab.issues[1]).toMatchObject({ title: 'MFA configuration has drifted', state: 'opened' })
      expect(gitlab.issues[1]?.description).toContain('7 changes in 2 of 2 tenants')
      await writeFiles(project.cwd, {
        'mfa-config.yaml': '$import: ./environments.yaml\nfactors: { otp: true }',
      })
      await night()
      expect(gitlab.issues[1]?.description).not.toContain('7 changes')
      for (const job of ['plan', 'apply']) expect((await runJob(jobOf(job), project)).code).toBe(0)
      expect((await night()).code).toBe(0)
      expect(gitlab.issues).toMatchObject([theirs, { state: 'closed' }])
      expect((await night()).code).toBe(0)
      expect(gitlab.issues).toHaveLength(2)
    } finally {
      gitlab.close()
    }
  })

  test('that cannot look fails, and the issue says so', async () => {
    const gitlab = await startGitLab()
    const project = await startProject()
    await writeFiles(project.cwd, { 'mfa-config.yaml': 'environments: 7' })
    const { code } = await runJob(jobOf('drift'), project, gitlab.env)
    gitlab.close()
    expect(code).toBe(1)
    expect(gitlab.issues[0]?.description).toContain('There is no plan: https://gitlab.example.com/jobs/1')
  })
})

test('the parts of a schedule are together all tenants, each once', async () => {
  const project = await startProject()
  const job = gitlabJobs(parse(textOf('docs/examples/gitlab-shards.yml'))).drift
  const total = job?.parallel ?? 0
  expect(total).toBeGreaterThan(1)
  const heads: string[] = []
  for (let index = 1; index <= total; index++) {
    const parts = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(total) }
    const { out, err, code } = await runJob(job ?? {}, project, parts)
    heads.push(...(out.match(/^sandbox \(\w+\)$/gm) ?? []))
    expect(code, err).toBe(out.includes('sandbox (') ? 2 : 0)
  }
  expect(heads.sort()).toEqual(['sandbox (dev)', 'sandbox (prod)'])
})
