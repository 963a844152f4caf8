import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { emptyFolder } from '../../support/cli.ts'
import { ACTION, type Step } from './action.ts'
import { runBash } from './bash.ts'
import { type Context, expand, holds } from './expression.ts'
import { ROOT } from './page.ts'
import type { Workflow } from './workflow.ts'

type Job = Workflow['jobs'][string]

/** Where jobs run: what GitHub and its runner are to them. */
export interface World {
  /** What is checked out. All jobs share it, as they share the tenants of the sandbox in it. */
  readonly cwd: string
  /** Of the runner, for every job. */
  readonly env: Readonly<Record<string, string>>
  readonly programs: Readonly<Record<string, string>>
  readonly context: Context
  /** A folder with one for each artifact. */
  readonly artifacts: string
}

/** How a job or a step ended. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly outputs: Readonly<Record<string, string>>
}

const OWN = 'your-org/mfa-config@v0'

/** Runs a job as a runner of GitHub does: its steps, this repository's action among them, and what these hand on. */
export async function runJob(job: Job, world: World): Promise<Ran> {
  const env = { ...world.env, ...expandAll(job.env, world.context) }
  const ran = await runSteps(job.steps, { ...world, env }, { env: {} })
  return { ...ran, outputs: expandAll(job.outputs, { ...world.context, steps: ran.outputs }) }
}

interface Steps extends Omit<Ran, 'outputs'> {
  readonly outputs: Record<string, { outputs: Ran['outputs'] }>
}

async function runSteps(
  steps: readonly Step[],
  world: World,
  { env }: { env: Readonly<Record<string, string>> },
): Promise<Steps> {
  const outputs: Steps['outputs'] = {}
  let code = 0
  let out = ''
  for (const step of steps) {
    const context = { ...world.context, steps: outputs }
    if (code !== 0 && step.if !== 'always()') continue
    if (step.if !== undefined && !holds(step.if, context)) continue
    const own = { ...env, ...expandAll(step.env, context) }
    const ran = await runStep(step, { ...world, context, env: { ...world.env, ...own } })
    if (step.id !== undefined) outputs[step.id] = { outputs: ran.outputs }
    out += ran.out
    code ||= ran.code
  }
  return { code, out, outputs }
}

async function runStep(step: Step, world: World): Promise<Ran> {
  const given = expandAll(step.with, world.context)
  if (step.uses === undefined) return runScript(step, world)
  switch (step.uses) {
    case OWN:
      return runAction(given, world)
    case 'actions/checkout@v6':
    case 'actions/setup-node@v6':
      return done('')
    case 'actions/upload-artifact@v7':
      return upload(given, world)
    case 'actions/download-artifact@v8':
      cpSync(join(world.artifacts, given.name ?? ''), world.cwd, { recursive: true })
      return done('')
    default:
      throw new Error(`There is no ${step.uses} here.`)
  }
}

async function runScript(step: Step, { cwd, env, programs, context }: World): Promise<Ran> {
  const files = emptyFolder()
  const handed = { GITHUB_OUTPUT: join(files, 'output'), GITHUB_STEP_SUMMARY: join(files, 'summary') }
  for (const file of Object.values(handed)) writeFileSync(file, '')
  const { code, out, err } = await runBash(step.run ?? '', {
    cwd: join(cwd, expand(step['working-directory'] ?? '.', context)),
    env: { ...env, ...handed },
    programs,
  })
  const lines = readFileSync(handed.GITHUB_OUTPUT, 'utf8').split('\n')
  const outputs = lines.flatMap(line => {
    const at = line.indexOf('=')
    return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]]
  })
  return { code, out: out + err, outputs: Object.fromEntries(outputs) }
}

/** Runs this repository's action with inputs. What the job has in its environment is theirs as well. */
export async function runAction(given: Readonly<Record<string, string>>, world: World): Promise<Ran> {
  const strange = Object.keys(given).filter(name => !(name in ACTION.inputs))
  if (strange.length > 0) throw new Error(`The action has no input ${strange.join(', ')}.`)
  const defaults = Object.entries(ACTION.inputs).map(([name, { default: byDefault = '' }]) => [
    name,
    expand(byDefault, world.context),
  ])
  const context = { ...world.context, inputs: { ...Object.fromEntries(defaults), ...given } }
  const env = { GITHUB_ACTION_PATH: ROOT }
  const { code, out, outputs } = await runSteps(ACTION.runs.steps, { ...world, context }, { env })
  const values = Object.entries(ACTION.outputs).map(([name, { value }]) => [
    name,
    expand(value, { ...context, steps: outputs }),
  ])
  return { code, out, outputs: Object.fromEntries(values) }
}

function upload(given: Readonly<Record<string, string>>, { cwd, artifacts }: World): Ran {
  const { name = '', path = '' } = given
  const source = join(cwd, path)
  if (!existsSync(source))
    return { ...done(`no ${path}`), code: given['if-no-files-found'] === 'error' ? 1 : 0 }
  // A folder's content, or the file itself.
  const target = join(artifacts, name)
  mkdirSync(dirname(target), { recursive: true })
  cpSync(source, /\.\w+$/.test(path) ? join(target, path) : target, { recursive: true })
  return done('')
}

function done(out: string): Ran {
  return { code: 0, out, outputs: {} }
}

function expandAll(
  given: Readonly<Record<string, string | boolean | number>> | undefined,
  context: Context,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given ?? {}).map(([name, value]) => [name, expand(String(value), context)]),
  )
}
