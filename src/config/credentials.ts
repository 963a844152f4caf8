import { closestWord } from '../closest.ts'
import { type Problem, UserError } from '../errors.ts'
import { isRecord } from '../record.ts'
import { isOnlyReferences, type Resolved } from './references.ts'
import { valueIn } from './tree.ts'

/** An environment's credentials. Never printed. */
export interface FileCredentials {
  /** By their keys in the file: one of the forms that are accepted, whole. */
  readonly given: Readonly<Partial<Record<Key, string>>>
  /** Whether they come from the tool's own variables, which go only where `AUTH0_DOMAIN` or `--domain` says. */
  readonly areOwn: boolean
}

const KEYS = ['client_id', 'client_secret', 'signing_key', 'access_token'] as const
type Key = (typeof KEYS)[number]

const FORMS =
  'credentials are client_id with client_secret or with signing_key, or access_token alone: each a reference'

/**
 * The credentials of an environment, as they stand under the key `credentials`. Throws what is wrong with them, all at
 * once. `undefined` where `--unset-ok` leaves some of them unknown.
 */
export function parseCredentials(resolved: Resolved): FileCredentials | undefined {
  const written = valueIn(resolved.written, ['credentials'])
  const problems = formProblems(written).map(({ key, message }) => {
    const path = key === undefined ? ['credentials'] : ['credentials', key]
    return { path: path.join('.'), ...resolved.locate(path), message }
  })
  const faults = resolved.faults.map(({ problem }) => problem)
  if (problems.length + faults.length > 0) {
    const code = problems.length > 0 ? 'config_invalid' : (resolved.faults[0]?.code ?? 'config_invalid')
    throw new UserError(code, `${resolved.label} has credentials that cannot be used.`, [
      ...problems,
      ...faults,
    ])
  }
  if (resolved.unresolved.size > 0) return undefined
  const texts = KEYS.flatMap(key => {
    const text = valueIn(resolved.tree, ['credentials', key])
    return typeof text === 'string' ? [[key, text] as const] : []
  })
  return { given: Object.fromEntries(texts), areOwn: resolved.hasOwnCredentials }
}

type FormProblem = { readonly key?: string } & Pick<Problem, 'message'>

function formProblems(written: unknown): FormProblem[] {
  if (!isRecord(written)) return [{ message: `credentials: expected an object; ${FORMS}.` }]
  const names = Object.keys(written)
  const strange = names.filter(name => !isKey(name))
  if (strange.length > 0) {
    return strange.map(key => {
      const close = closestWord(key, KEYS)
      return {
        key,
        message: `Unknown key credentials.${key}. ${close ? `Did you mean ${close}?` : `Known here: ${KEYS.join(', ')}.`}`,
      }
    })
  }
  const literal = Object.entries(written).filter(
    ([, given]) => typeof given !== 'string' || !isOnlyReferences(given),
  )
  if (literal.length > 0) {
    return literal.map(([key]) => ({
      key,
      message: `credentials.${key}: expected a reference alone, such as \${PROD_${key.toUpperCase()}}: credentials must not stand in the file.`,
    }))
  }
  const form = names.sort().join()
  return ['access_token', 'client_id,client_secret', 'client_id,signing_key'].includes(form)
    ? []
    : [
        {
          message: `${FORMS.charAt(0).toUpperCase()}${FORMS.slice(1)}; this is ${names.join(', ') || 'nothing'}.`,
        },
      ]
}

function isKey(name: string): name is Key {
  return KEYS.some(key => key === name)
}
