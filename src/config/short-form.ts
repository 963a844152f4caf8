import { isRecord } from '../record.ts'
import { overlay } from './tree.ts'

/** Every factor's short form, `otp: true`, as the object that it stands for. */
export function longForm(tree: unknown): unknown {
  return expanded(tree, () => true)
}

/**
 * One file laid over another. A factor that the upper one gives as an object and the lower one by its short form keeps
 * the switch, as it would had the lower one written it out.
 */
export function layOver(below: unknown, above: unknown): unknown {
  const factors = isRecord(above) && isRecord(above.factors) ? above.factors : {}
  return overlay(
    expanded(below, name => isRecord(factors[name])),
    above,
  )
}

function expanded(tree: unknown, isMeant: (name: string) => boolean): unknown {
  if (!isRecord(tree) || !isRecord(tree.factors)) return tree
  const factors = Object.entries(tree.factors).map(([name, given]) => [
    name,
    typeof given === 'boolean' && isMeant(name) ? { enabled: given } : given,
  ])
  return { ...tree, factors: Object.fromEntries(factors) }
}
