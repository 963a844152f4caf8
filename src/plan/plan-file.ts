import { readFile, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import * as z from 'zod/mini'
import { CHECK_IDS } from '../config/check-ids.ts'
import { UserError } from '../errors.ts'
import { writePrivately } from '../private-folder.ts'
import { isRecord } from '../record.ts'
import { SAVED_FORMAT, type SavedPlan } from './saved.ts'

/** What `plan --out` has written: the plan of one tenant, or of each tenant of a fleet. */
export interface PlanFile {
  /** The version of this tool that made it. */
  readonly version: string
  readonly plans: readonly SavedPlan[]
}

const value = z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(z.string())])
const plan: z.ZodMiniType<SavedPlan['plan']> = z.object({
  tenant: z.string(),
  environment: z.nullable(z.string()),
  changes: z.array(
    z.pipe(
      z.object({ path: z.string(), before: value, after: value, secret: z.optional(z.literal(true)) }),
      z.transform(({ secret, ...change }) => (secret ? { ...change, secret } : change)),
    ),
  ),
  requests: z.array(z.object({ method: z.string(), path: z.string() })),
  findings: z.array(
    z.object({
      check: z.enum(CHECK_IDS),
      severity: z.enum(['error', 'confirm', 'warning', 'note']),
      path: z.string(),
      message: z.string(),
      allowed: z.boolean(),
    }),
  ),
  unverified: z.array(z.string()),
})
const digests = z.record(z.string(), z.string())
const file: z.ZodMiniType<PlanFile> = z.object({
  version: z.string(),
  plans: z.array(
    z.object({
      plan,
      options: z.object({ writeSecrets: z.boolean(), allow: z.array(z.enum(CHECK_IDS)) }),
      salt: z.string(),
      configuration: digests,
      state: digests,
    }),
  ),
})

/**
 * Reads a file of saved plans. Throws `usage` where there is none, and `plan_stale` where it is of another format than
 * this version writes, or damaged.
 */
export async function readPlanFile(cwd: string, name: string): Promise<PlanFile> {
  let text: string
  try {
    text = await readFile(resolve(cwd, name), 'utf8')
  } catch {
    throw new UserError(
      'usage',
      `There is no file ${name} that can be read. A plan is saved with plan --out FILE.`,
    )
  }
  const content = parseJson(text)
  const format = isRecord(content) ? content.format : undefined
  if (typeof format !== 'string' || !/^mfa-config\/[a-z-]+\/\d+$/.test(format)) {
    const hint = 'A configuration is named with --config, a saved plan is what plan --out FILE writes.'
    throw new UserError('usage', `${name} is no saved plan. ${hint}`)
  }
  if (format !== SAVED_FORMAT) {
    throw new UserError(
      'plan_stale',
      `${name} has the format ${format}, and this version applies ${SAVED_FORMAT}. Plan anew with plan --out. Nothing was written.`,
    )
  }
  const parsed = file.safeParse(content)
  if (parsed.success && isOneForEach(parsed.data)) return parsed.data
  throw new UserError(
    'plan_stale',
    `${name} is damaged: it is not what plan --out writes. Plan anew. Nothing was written.`,
  )
}

function isOneForEach({ plans }: PlanFile): boolean {
  return new Set(plans.map(({ plan }) => plan.environment)).size === plans.length
}

/**
 * Takes an earlier plan away from where a new one is to be saved, before anything is asked of a tenant: what is there
 * afterwards is what was planned, or nothing. Throws `usage` where another file would be lost, or there is no folder.
 */
export async function clearPlanPlace(cwd: string, name: string): Promise<void> {
  const path = resolve(cwd, name)
  const folder = await stat(dirname(path)).catch(() => undefined)
  if (!folder?.isDirectory()) throw new UserError('usage', `--out ${name}: there is no such folder.`)
  const there = await stat(path).catch(() => undefined)
  if (!there) return
  const content = there.isFile() && there.size <= LARGEST ? parseJson(await textOf(path)) : undefined
  if (!isRecord(content) || content.format !== SAVED_FORMAT) {
    throw new UserError(
      'usage',
      `--out ${name}: there is something else of that name, which would be lost. Name another file.`,
    )
  }
  try {
    await rm(path)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError('usage', `--out ${name}: the plan that is there cannot be replaced: ${reason}.`)
  }
}

/** Bytes. A thousand tenants with every setting have far less. */
const LARGEST = 100_000_000

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}

/** Saves plans, whole or not at all. Throws `usage` where that is not possible. */
export async function writePlanFile(cwd: string, name: string, document: string): Promise<void> {
  try {
    await writePrivately(resolve(cwd, name), document)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError('usage', `The plan cannot be saved in ${name}: ${reason}.`)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
