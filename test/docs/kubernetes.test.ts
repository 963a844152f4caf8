import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod/mini'
import { builtProgram } from '../support/build.ts'
import { runBash } from './support/bash.ts'
import { BLOCKS, textOf } from './support/page.ts'
import { startWorld } from './support/world.ts'

beforeAll(async () => {
  await builtProgram()
}, 120_000)

const container = z.strictObject({
  name: z.string(),
  image: z.string().check(z.regex(/^node:\d+$/)),
  workingDir: z.string(),
  command: z.array(z.string()),
  args: z.array(z.string()),
  env: z.array(
    z.union([
      z.strictObject({ name: z.string(), value: z.string() }),
      z.strictObject({
        name: z.string(),
        valueFrom: z.strictObject({ secretKeyRef: z.strictObject({ name: z.string(), key: z.string() }) }),
      }),
    ]),
  ),
  volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string(), readOnly: z.boolean() })),
})

const pod = z.strictObject({
  restartPolicy: z.literal('Never'),
  automountServiceAccountToken: z.literal(false),
  containers: z.array(container).check(z.length(1)),
  volumes: z.array(z.strictObject({ name: z.string(), configMap: z.strictObject({ name: z.string() }) })),
})

/** A cron job that runs an indexed job, of the keys that the documentation uses. */
const cronJob = z.strictObject({
  apiVersion: z.literal('batch/v1'),
  kind: z.literal('CronJob'),
  metadata: z.strictObject({ name: z.string() }),
  spec: z.strictObject({
    schedule: z.string(),
    concurrencyPolicy: z.literal('Forbid'),
    jobTemplate: z.strictObject({
      spec: z.strictObject({
        completionMode: z.literal('Indexed'),
        completions: z.number(),
        parallelism: z.number(),
        backoffLimitPerIndex: z.literal(0),
        template: z.strictObject({ spec: pod }),
      }),
    }),
  }),
})

const { completions, template } = cronJob.parse(parse(textOf('docs/examples/kubernetes-shards.yml'))).spec
  .jobTemplate.spec
const [plan] = template.spec.containers

test('the parts of a job are together all tenants, each once', async () => {
  const { cwd, env, programs } = await startWorld()
  const [shell, ...flags] = plan?.command ?? []
  expect([shell, ...flags]).toEqual(['bash', '-euo', 'pipefail', '-c'])
  const heads: string[] = []
  for (let index = 0; index < completions; index++) {
    const own = { ...env, MFA_SIGNING_KEY: 'a key', JOB_COMPLETION_INDEX: String(index) }
    const { out, err, code } = await runBash(plan?.args.join('\n') ?? '', { cwd, env: own, programs })
    heads.push(...(out.match(/^sandbox \(\w+\)$/gm) ?? []))
    expect(code, err).toBe(out.includes('sandbox (') ? 2 : 0)
  }
  expect(heads.sort()).toEqual(['sandbox (dev)', 'sandbox (prod)'])
})

test('no file of variables steers Node', () => {
  expect(plan?.args.join('\n')).toContain('--env-file')
  expect(plan?.env).toContainEqual({ name: 'NODE_OPTIONS', value: '' })
})

test('what is mounted and read is what the page creates', () => {
  const page = BLOCKS.filter(({ text }) => text.includes('kubectl create')).map(({ text }) => text)[0] ?? ''
  for (const { configMap, name } of template.spec.volumes) {
    expect(page).toContain(`kubectl create configmap ${configMap.name} `)
    expect(plan?.volumeMounts.map(mount => mount.name)).toContain(name)
  }
  for (const one of plan?.env ?? []) {
    if (!('valueFrom' in one)) continue
    const { name, key } = one.valueFrom.secretKeyRef
    expect(page).toContain(`kubectl create secret generic ${name} --from-file ${key}=`)
  }
})
