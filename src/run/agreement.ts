import type { Finding } from '../checks/check.ts'
import { CheckError } from '../checks/refused.ts'
import type { Config } from '../config/config.ts'
import { UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Plan } from '../plan/plan.ts'
import { plural } from '../views/findings.ts'
import { renderPlan } from '../views/human.ts'
import { type CommonOptions, isJson } from './options.ts'
import { type PlanFlags, preparePlan } from './plan-one.ts'
import { paintFor, print } from './screen.ts'
import type { Tenant } from './tenant.ts'

/** How a plan comes to be agreed to. */
export interface Agreement {
  /** Refuses a plan that is not the one that was meant. */
  readonly require?: (plan: Plan) => Promise<void>
  /** Shows a plan before anything is asked about it. */
  readonly present: (plan: Plan) => Promise<void>
  /** The final question. Throws where the answer is no. */
  readonly confirm: (plan: Plan) => Promise<void>
}

/** Flags of what is asked before anything is written. */
export interface AgreementFlags extends CommonOptions {
  /** Do not ask the final question. What a check wants confirmed is asked all the same. */
  readonly yes?: boolean
  readonly format?: 'human' | 'json'
}

/** An agreement on the plan of one tenant, with whoever is at the terminal. */
export function atTerminal(host: Host, options: AgreementFlags): Agreement {
  return {
    async present(plan) {
      const stream = isJson(options) ? 'err' : 'out'
      // Nobody agrees to what was not shown; and the result alone goes to standard output.
      if (stream === 'err' && options.yes) return
      await print(host, renderPlan(plan, await paintFor(host, options, stream)), stream)
    },
    async confirm({ changes, tenant }) {
      if (options.yes) return
      const accepted = await host.confirm(`Make ${plural(changes.length, 'change')} to ${tenant}?`)
      if (!accepted) throw declined()
    },
  }
}

/** The error for a final question that was answered with no. */
export function declined(): UserError {
  return new UserError('interrupted', 'Nothing was written: the question was answered with no.')
}

/** Whether there is somebody to ask. */
export function canAsk({ terminal }: Host): boolean {
  return terminal.in && terminal.err
}

/** After so many milliseconds between reading and writing, the tenant is read again. */
const LONG = 30_000

/**
 * The plan that is to be made: shown, past the checks and confirmed, on a tenant as it is now. If the answers took long
 * and the plan would be another by then, that one is shown and asked about.
 */
export async function agreedPlan(
  host: Host,
  tenant: Tenant,
  config: Config,
  flags: PlanFlags,
  agreement: Agreement,
): Promise<Plan> {
  const prepare = async (): Promise<Plan> => {
    const plan = await preparePlan(host, tenant, config, flags)
    await agreement.require?.(plan)
    return plan
  }
  let plan = await prepare()
  for (;;) {
    const read = host.now()
    await agreement.present(plan)
    await passFindings(host, plan.findings)
    if (plan.writes.length === 0) return plan
    requireScopes(tenant, plan)
    await agreement.confirm(plan)
    if (host.now() - read < LONG) return plan
    const now = await prepare()
    if (isSamePlan(plan, now)) return now
    host.err('The tenant has changed since it was read. This is the plan now:\n')
    plan = now
  }
}

function isSamePlan(one: Plan, other: Plan): boolean {
  const [a, b] = [one, other].map(({ changes, requests, findings }) =>
    JSON.stringify([changes, requests, findings]),
  )
  return a === b
}

/** Errors stop; what has to be confirmed is asked, one by one; `--yes` does not answer these. */
async function passFindings(host: Host, findings: readonly Finding[]): Promise<void> {
  const open = findings.filter(({ allowed }) => !allowed)
  const errors = open.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw refusal(errors, findings)
  const confirms = open.filter(({ severity }) => severity === 'confirm')
  if (confirms.length > 0 && !canAsk(host)) throw refusal(confirms, findings)
  for (const finding of confirms) {
    const accepted = await host.confirm(`${finding.check}  ${finding.message} Go on?`)
    if (!accepted) throw refusal([finding], findings)
  }
}

function refusal(stopping: readonly Finding[], findings: readonly Finding[]): CheckError {
  const ids = [...new Set(stopping.map(({ check }) => check))]
  const flags = ids.map(id => `--allow ${id}`).join(' ')
  const what = `${ids.join(', ')} ${ids.length === 1 ? 'stands' : 'stand'} in the way, and nothing was written.`
  return new CheckError(`${what} Mend the file; or, where it is meant, accept with ${flags}.`, findings)
}

/** Where it is known what the token may do, a write that it may not do is found before the first one. */
function requireScopes({ granted }: Tenant, { writes, requests }: Plan): void {
  if (!granted) return
  const problems = writes.flatMap(({ changes }, i) => {
    const scope = requests[i]?.scope ?? ''
    if (granted.has(scope)) return []
    const message = `Writing it needs the scope ${scope}, which the token lacks.`
    return changes.map(({ path }) => ({ path, message }))
  })
  if (problems.length === 0) return
  throw new UserError(
    'scope_missing',
    'The token may not write everything, so nothing was written.',
    problems,
  )
}
