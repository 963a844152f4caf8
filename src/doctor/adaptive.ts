import type { Config } from '../config/config.ts'
import type { Survey } from '../plan/survey.ts'
import type { Catalogue } from '../settings/catalogue.ts'
import type { Setting } from '../settings/setting.ts'
import { valueAt } from '../settings/state.ts'
import type { Line } from './line.ts'

/** Shows whether a tenant has Adaptive MFA: one without the add-on refuses to tell its risk assessment. */
const PROOF = 'risk.enabled'

/** What to read besides for a file whose policy is adaptive; nothing where it names the risk assessment itself. */
export function adaptiveProof(config: Config, { entryAt }: Catalogue): Setting[] {
  const { values } = config
  const proof = entryAt(PROOF)?.setting
  return values.get('policy') === 'adaptive' && !values.has(PROOF) && proof ? [proof] : []
}

/** Whether the tenant has Adaptive MFA, where a file needs it and does not ask for more of it. */
export function adaptiveLine(config: Config, { state, unreadable }: Survey): Line[] {
  const [proof] = adaptiveProof(config, state.catalogue)
  if (!proof) return []
  const topic = 'plan'
  if (valueAt(state, PROOF) !== undefined)
    return [{ topic, status: 'ok', message: 'the tenant has Adaptive MFA, which the policy needs' }]
  const refusal = unreadable.find(({ setting }) => setting === proof)
  if (refusal?.code === 'not_entitled') {
    const message = `the policy adaptive needs the add-on Adaptive MFA: ${refusal.message}`
    const remedy = "Use always or never, or have the add-on added to the tenant's plan."
    return [{ topic, status: 'error', message, remedy }]
  }
  const reason = refusal ? `: ${refusal.message}` : ''
  const message = `the policy adaptive needs the add-on Adaptive MFA; whether it is there cannot be seen${reason}`
  return [{ topic, status: 'unknown', message }]
}
