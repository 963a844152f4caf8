import type { core } from 'zod/mini'
import { closestWord } from '../closest.ts'
import { entryAt } from '../settings/catalogue.ts'
import { CHECK_IDS } from './check-ids.ts'
import { keysAt } from './keys.ts'
import { isReference } from './references.ts'
import type { TreePath } from './source.ts'
import { valueIn } from './tree.ts'

/** What is wrong at a path, in a sentence. */
export interface Explained {
  readonly path: TreePath
  readonly message: string
}

/** Keys that people expect and that are something else here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'factors.sms': 'The phone factor is called phone, and how it sends is `phone: { message_types: [sms] }`.',
  'factors.voice':
    'The phone factor is called phone, and how it sends is `phone: { message_types: [voice] }`.',
  'factors.push': 'This factor is called push-notification.',
  'factors.webauthn':
    'There are two such factors: webauthn-roaming (security keys) and webauthn-platform (biometrics).',
  policies: 'It is called policy here, with one of always, adaptive, never.',
  environments:
    'Environments are not part of this version yet: use a file for each tenant, with $import for what they share.',
  rules: 'Rules are not part of this version yet.',
  action: 'Rules and their Action are not part of this version yet.',
  tests: 'Rules and their tests are not part of this version yet.',
}

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
    !entryAt(path.join('.')) &&
    typeof valueIn(written, path) === 'object'
  ) {
    // Of the forms that a node can take, an object was meant.
    return (issue.errors.at(-1) ?? []).flatMap(inner => explain(inner, written, path))
  }
  return [wrongValue(path, written)]
}

function unknownKey(path: TreePath): string {
  const name = path.join('.')
  const elsewhere = ELSEWHERE[name]
  if (elsewhere) return `Unknown key ${name}. ${elsewhere}`
  const known = keysAt(path.slice(0, -1))
  const close = closestWord(String(path.at(-1)), known)
  return close
    ? `Unknown key ${name}. Did you mean ${close}?`
    : `Unknown key ${name}. Known here: ${known.join(', ')}.`
}

/** A value that its place does not take; for a list, the place is that of the whole list. */
function wrongValue(path: TreePath, written: unknown): Explained {
  if (path[0] === 'allow' && path.length > 1) {
    const given = String(valueIn(written, path))
    const close = closestWord(given, CHECK_IDS)
    return { path, message: `There is no check ${given}.${close ? ` Did you mean ${close}?` : ''}` }
  }
  const own = [path, path.slice(0, -1)].find(candidate => entryAt(candidate.join('.'))) ?? path
  const entry = entryAt(own.join('.'))
  const expected =
    entry?.field.expects ?? EXPECTED[own.join('.')] ?? `an object with ${keysAt(own).join(', ')}`
  return {
    path: own,
    message: `${own.join('.')}: expected ${expected}${butGot(valueIn(written, own), entry?.field.secret)}.`,
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  tenant: 'the domain of a tenant, such as acme.eu.auth0.com',
  allow: 'a list of ids of checks, such as [F08]',
  strict: 'true or false',
}

function butGot(given: unknown, secret: true | undefined): string {
  if (secret || given === undefined) return ''
  if (typeof given === 'string' && isReference(given)) return `, and ${given} holds something else`
  if (given === null) return ', got nothing'
  if (Array.isArray(given)) return `, got the list ${JSON.stringify(given)}`
  if (typeof given === 'object') return ', got an object'
  return `, got ${JSON.stringify(given)}`
}
