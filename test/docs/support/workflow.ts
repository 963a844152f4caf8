import * as z from 'zod/mini'
import { STEP } from './action.ts'

const scalar = z.union([z.string(), z.boolean(), z.number()])
const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']))

const job = z.strictObject({
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  needs: z.optional(z.string()),
  if: z.optional(z.string()),
  permissions: z.optional(permissions),
  environment: z.optional(z.string()),
  concurrency: z.optional(z.string()),
  strategy: z.optional(
    z.strictObject({
      'fail-fast': z.boolean(),
      matrix: z.record(z.string(), z.array(scalar)),
    }),
  ),
  outputs: z.optional(z.record(z.string(), z.string())),
  env: z.optional(z.record(z.string(), z.string())),
  steps: z.array(STEP),
})

/** The schema of a workflow for GitHub, of the keys that the documentation uses. */
export const WORKFLOW = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions,
  concurrency: z.optional(z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() })),
  jobs: z.record(z.string(), job),
})

/** A workflow for GitHub. */
export type Workflow = z.infer<typeof WORKFLOW>

const script = z.array(z.string())
const variables = z.optional(z.record(z.string(), z.string()))

const gitlabJob = z.strictObject({
  variables,
  extends: z.optional(z.string()),
  image: z.optional(z.string()),
  stage: z.optional(z.string()),
  parallel: z.optional(z.number()),
  before_script: z.optional(script),
  script: z.optional(script),
  needs: z.optional(z.array(z.string())),
  environment: z.optional(z.strictObject({ name: z.string() })),
  resource_group: z.optional(z.string()),
  artifacts: z.optional(
    z.strictObject({
      paths: z.array(z.string()),
      when: z.optional(z.enum(['always', 'on_failure', 'on_success'])),
      access: z.optional(z.enum(['all', 'developer', 'maintainer', 'none'])),
      expire_in: z.optional(z.string()),
    }),
  ),
  rules: z.optional(
    z.array(
      z.strictObject({
        if: z.string(),
        when: z.optional(z.enum(['manual', 'always', 'never'])),
        allow_failure: z.optional(z.boolean()),
      }),
    ),
  ),
})

/** The schema of a pipeline for GitLab, of the keys that the documentation uses. */
export const PIPELINE = z.catchall(
  z.object({
    stages: z.optional(z.array(z.string())),
    variables,
    default: z.optional(z.strictObject({ image: z.string() })),
  }),
  gitlabJob,
)

/** A job of a pipeline for GitLab. */
export type GitlabJob = z.infer<typeof gitlabJob>

/** The jobs of a pipeline, with what they extend laid under them; what is there only to be extended is not among them. */
export function gitlabJobs(pipeline: unknown): Record<string, GitlabJob> {
  const { stages: _, variables: __, default: ___, ...jobs } = PIPELINE.parse(pipeline)
  return Object.fromEntries(
    Object.entries(jobs)
      .filter(([name]) => !name.startsWith('.'))
      .map(([name, own]) => [name, { ...(own.extends === undefined ? {} : jobs[own.extends]), ...own }]),
  )
}
