import type { core } from 'zod/mini'
import { closestWord } from '../closest.ts'
import { ENTRIES, entryAt } from '../settings/catalogue.ts'
import { CHECK_IDS } from './check-ids.ts'
import { keysAt } from './keys.ts'
import { isOnlyReferences, isReference } from './references.ts'
import type { TreePath } from './source.ts'
import { valueIn } from './tree.ts'

/** What is wrong at a path, in a sentence. */
export interface Explained {
  readonly path: TreePath
  readonly message: string
}

/** Keys that people expect and that are something else here. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['factors.sms', 'The phone factor is called phone, and how it sends is `phone: { message_types: [sms] }`.'],
  [
    'factors.voice',
    'The phone factor is called phone, and how it sends is `phone: { message_types: [voice] }`.',
  ],
  ['factors.push', 'This factor is called push-notification.'],
  [
    'factors.webauthn',
    'There are two such factors: webauthn-roaming (security keys) and webauthn-platform (biometrics).',
  ],
  ['policies', 'It is called policy here, with one of always, adaptive, never.'],
  ['domain', 'It is called tenant here.'],
  [
    'credentials',
    "Credentials stand in an environment's block, or come from environment variables such as AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET.",
  ],
  ['rules', 'Rules are not part of this version yet.'],
  ['action', 'Rules and their Action are not part of this version yet.'],
  ['tests', 'Rules and their tests are not part of this version yet.'],
])

/**
 * The schema's complaints as sentences, a path each. `written` is the file as it stands, so that what a reference holds
 * is never repeated.
 */
export function explainIssues(issues: readonly core.$ZodIssue[], written: unknown): Explained[] {
  const seen = new Set<string>()
  return issues
    .flatMap(issue => explain(issue, written, []))
    .filter(({ path, message }) => {
      const key = `${path.join('.')} ${message}`
      return !seen.has(key) && seen.add(key)
    })
}

function explain(issue: core.$ZodIssue, written: unknown, above: TreePath): Explained[] {
  const path = [...above, ...issue.path.map(step => (typeof step === 'symbol' ? String(step) : step))]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({ path: [...path, key], message: unknownKey([...path, key]) }))
  }
  if (
    issue.code === 'invalid_union' &&
    keysAt(path).length > 0 &&
    typeof valueIn(written, path) === 'object'
  ) {
    // Of the forms that a node can take, an object was meant.
    return (issue.errors.at(-1) ?? []).flatMap(inner => explain(inner, written, path))
  }
  return [wrongValue(path, issue, written)]
}

function unknownKey(path: TreePath): string {
  const name = path.join('.')
  const elsewhere = ELSEWHERE.get(name)
  if (elsewhere) return `Unknown key ${name}. ${elsewhere}`
  const known = keysAt(path.slice(0, -1))
  const close = closestWord(String(path.at(-1)), known)
  return close
    ? `Unknown key ${name}. Did you mean ${close}?`
    : `Unknown key ${name}. Known here: ${known.join(', ')}.`
}

/** A value that its place does not take; for a list, the place is that of the whole list. */
function wrongValue(path: TreePath, issue: core.$ZodIssue, written: unknown): Explained {
  const given = valueIn(written, path)
  if (path[0] === 'allow' && typeof given === 'string' && path.length > 1) {
    const close = closestWord(given, CHECK_IDS)
    return { path, message: `There is no check ${given}.${close ? ` Did you mean ${close}?` : ''}` }
  }
  const isItem = typeof path.at(-1) === 'number'
  const own = isItem ? path.slice(0, -1) : path
  const name = own.join('.')
  return {
    path: own,
    message: `${name}: expected ${expectedAt(own)}${butGot(valueIn(written, own), issue, holdsSecret(name))}.${meant(given, issue, name)}`,
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  tenant: 'the domain of a tenant, such as acme.eu.auth0.com',
  allow: 'a list of ids of checks, such as [F08]',
  strict: 'true or false',
}

function expectedAt(path: TreePath): string {
  const name = path.join('.')
  const object = `an object with ${keysAt(path).join(', ')}`
  return (
    entryAt(name)?.field.expects ?? EXPECTED[name] ?? (isFactor(path) ? `true, false or ${object}` : object)
  )
}

function isFactor(path: TreePath): boolean {
  return path[0] === 'factors' && path.length === 2
}

/** Whether a secret belongs at a path or below it: then what stands there is never repeated. */
function holdsSecret(name: string): boolean {
  return ENTRIES.some(({ path, field }) => field.secret && `${path}.`.startsWith(`${name}.`))
}

function butGot(given: unknown, issue: core.$ZodIssue, secret: boolean): string {
  if (given === undefined) return ''
  if (given === null) return '; got nothing'
  if (typeof given === 'object' && !Array.isArray(given)) return '; got an object'
  if (typeof given === 'string' && (secret ? isOnlyReferences(given) : isReference(given))) {
    const kind = ['invalid_type', 'invalid_union'].includes(issue.code) ? ' (a reference is always text)' : ''
    return `; what ${given} gives is something else${kind}`
  }
  return secret && typeof given !== 'boolean' ? '' : `; got ${JSON.stringify(given)}`
}

/** The word that was meant, where a place takes one of a few; YAML before 1.2 had more words for true and false. */
function meant(given: unknown, issue: core.$ZodIssue, name: string): string {
  if (typeof given !== 'string' || isReference(given)) return ''
  if (issue.code === 'invalid_value') {
    const close = closestWord(given, issue.values.map(String))
    return close ? ` Did you mean ${close}?` : ''
  }
  const takesSwitch = expectedAt(name.split('.')).startsWith('true')
  const word = takesSwitch && SWITCH_WORDS.get(given.toLowerCase())
  return word ? ` Did you mean ${word}?` : ''
}

const SWITCH_WORDS: ReadonlyMap<string, string> = new Map([
  ...['on', 'yes', 'true', 'enabled'].map(word => [word, 'true'] as const),
  ...['off', 'no', 'false', 'disabled'].map(word => [word, 'false'] as const),
])
