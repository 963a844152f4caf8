import type { SandboxOptions } from '../../../src/sandbox/server.ts'
import { ALLOW_ALL } from '../../support/allow.ts'
import { json, type Outcome, run } from '../../support/cli.ts'
import { type Fault, type Faults, type Seen, startFaults } from '../../support/faults.ts'
import { startTenant, type TestTenant } from '../../support/sandbox.ts'

export const PROVIDERS = '/branding/phone/providers'
export const TEMPLATES = '/branding/phone/templates'
export const TENANT = '/tenants/settings'

/** What no output may have in it. */
export const HUSH = 'hush-hush-token'
/** A complete account, as a file has it. */
export const ACCOUNT = 'twilio: { sid: AC1, auth_token: "${TOKEN}", from: "+1555" }'

/** A tenant with the unified phone, which has an Action that can be its provider. */
export function startUnified(options: SandboxOptions = {}): Promise<TestTenant> {
  const actions = [{ trigger: 'custom-phone-provider', name: 'Send' }]
  return startTenant({ unifiedPhone: true, actions, ...options })
}

interface There {
  readonly env: Record<string, string>
}

/** A command with a file, for machines. */
export async function command({ env }: There, file: string, ...args: string[]): Promise<Outcome> {
  const outcome = await run([...args, '-c', '-', '--json'], { env: { TOKEN: HUSH, ...env }, stdin: file })
  // Whatever a test is about: a token is in no output.
  if ((outcome.out + outcome.err).includes(HUSH)) throw new Error(`The token is in the output of ${args}.`)
  return outcome
}

/** `apply` with all findings accepted, so that what is sent is what counts. */
export function apply(there: There, file: string, ...args: string[]): Promise<Outcome> {
  return command(there, file, 'apply', '--yes', '--snapshot', 'none', ...ALLOW_ALL, ...args)
}

interface Change {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** What a plan is to change, as `path: before → after`. */
export async function changes(there: There, file: string, ...args: string[]): Promise<string[]> {
  const planned = await command(there, file, 'plan', ...args)
  return changesIn(planned).map(
    ({ path, before, after }) => `${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
  )
}

function changesIn(outcome: Outcome): readonly Change[] {
  const document = json(outcome)
  if (!Array.isArray(document.changes)) throw new Error(`No plan: ${outcome.out}`)
  return document.changes
}

interface Finding {
  readonly check: string
  readonly severity: string
  readonly path: string
  readonly message: string
}

export function findingsIn(outcome: Outcome): readonly Finding[] {
  const { findings } = json(outcome)
  if (!Array.isArray(findings)) throw new Error(`No findings: ${outcome.out}`)
  return findings
}

/** What was asked of a tenant to change it, with the bodies as they came. */
export function writesOf({ seen }: Pick<Faults, 'seen'>): Seen[] {
  return seen.filter(({ method, path }) => method !== 'GET' && path !== '/oauth/token')
}

/** Those of them that concern the provider and the texts. */
export function brandingWrites(faults: Pick<Faults, 'seen'>): Seen[] {
  return writesOf(faults).filter(({ path }) => path.startsWith('/branding/'))
}

/** Applies a file, which must succeed and converge, and gives what was sent to Branding › Phone. */
export async function sentFor(
  tenant: TestTenant,
  file: string,
  { args = [], faults = [] }: { args?: readonly string[]; faults?: readonly Fault[] } = {},
): Promise<Seen[]> {
  const proxy = await startFaults(tenant, faults)
  const applied = await apply(proxy, file, ...args)
  const document = json(applied)
  if (applied.code !== 0 || document.verified !== true) throw new Error(`Not applied: ${applied.out}`)
  const left = await changes(tenant, file)
  if (left.length > 0) throw new Error(`Not as the file has it: ${left}`)
  const second = await startFaults(tenant)
  await apply(second, file)
  const again = writesOf(second)
  if (again.length > 0) throw new Error(`Written again: ${JSON.stringify(again)}`)
  return brandingWrites(proxy)
}

export interface Provider {
  readonly id: string
  readonly name: string
  readonly disabled: boolean
  readonly configuration: Record<string, unknown>
}

export async function providersOf(tenant: TestTenant): Promise<Provider[]> {
  return ((await tenant.get(PROVIDERS)) as { providers: Provider[] }).providers
}

/** Gives a tenant a provider: Twilio's, if nothing else is said. */
export async function giveProvider(tenant: TestTenant, besides: object = {}): Promise<Provider> {
  return (await tenant.post(PROVIDERS, {
    name: 'twilio',
    configuration: { sid: 'AC1', default_from: '+1555', delivery_methods: ['text'] },
    credentials: { auth_token: 'old' },
    ...besides,
  })) as Provider
}

export interface Template {
  readonly id?: string
  readonly type: string
  readonly disabled: boolean
  readonly content: {
    readonly from?: string
    readonly body: { readonly text?: string; readonly voice?: string }
  }
}

export async function templateOf(tenant: TestTenant, type: string): Promise<Template> {
  const { templates } = (await tenant.get(TEMPLATES)) as { templates: Template[] }
  const found = templates.find(template => template.type === type)
  if (!found) throw new Error(`There is no template ${type}.`)
  return found
}

export async function giveTemplate(
  tenant: TestTenant,
  content: object,
  besides: object = {},
): Promise<Template> {
  return (await tenant.post(TEMPLATES, {
    type: 'otp_verify',
    disabled: false,
    content: { syntax: 'liquid', ...content },
    ...besides,
  })) as Template
}
