import { type ErrorCode, type Problem, UserError } from '../errors.ts'
import { isRecord } from '../record.ts'
import { ENTRIES, entryAt } from '../settings/catalogue.ts'
import type { Value } from '../settings/field.ts'
import type { Config } from './config.ts'
import { explainIssues } from './explain.ts'
import { type Fault, isOnlyReferences, type Resolved } from './references.ts'
import { fileSchema } from './schema.ts'
import { longForm } from './short-form.ts'
import type { TreePath } from './source.ts'
import { valueIn } from './tree.ts'

/**
 * From a loaded file to what the program works with. Throws one `UserError` with everything that is wrong: keys and
 * values that the schema does not know, secrets that stand in the file, references without a value.
 */
export function parseConfig(resolved: Resolved, environment: string | null = null): Config {
  const tree = longForm(resolved.tree)
  const parsed = fileSchema.safeParse(tree)
  const place = (path: TreePath): Pick<Problem, 'path'> & object => ({
    ...(path.length > 0 && { path: path.join('.') }),
    ...resolved.locate(path),
  })
  const literal = literalSecrets(resolved.written)
  const wrong = parsed.success ? [] : explainIssues(parsed.error.issues, longForm(resolved.written))
  // What has to be a reference is not told to be something else besides.
  const others = wrong.filter(({ path }) => !literal.some(secret => secret.path.join() === path.join()))
  const problems = [...others, ...literal].map(({ path, message }) => ({ ...place(path), message }))
  refuse(resolved, [...asFaults(problems), ...resolved.faults])

  const { tenant, allow, strict } = isRecord(tree) ? tree : {}
  const unresolved = new Set([...resolved.unresolved].map(path => entryAt(path)?.path ?? path))
  return {
    label: resolved.label,
    environment,
    ...(typeof tenant === 'string' && { tenant }),
    values: valuesOf(parsed.data, unresolved),
    unresolved,
    allow: Array.isArray(allow) ? allow.map(String) : [],
    strict: strict === true,
    locate: path => resolved.locate(path.split('.')),
  }
}

function valuesOf(tree: unknown, unresolved: ReadonlySet<string>): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>()
  for (const { path, longPath, field } of ENTRIES) {
    const short = valueIn(tree, path.split('.'))
    const given = isRecord(short) ? valueIn(tree, longPath.split('.')) : short
    if (given === undefined || unresolved.has(path)) continue
    // The file's schema is made of the fields' own, which leave what they have normalised as it is.
    const parsed = field.schema.safeParse(given)
    if (parsed.success) values.set(path, parsed.data)
  }
  return values
}

function literalSecrets(written: unknown): { path: TreePath; message: string }[] {
  return ENTRIES.filter(({ field }) => field.secret).flatMap(({ path, field }) => {
    const steps = path.split('.')
    const given = valueIn(written, steps)
    if (given === undefined || (typeof given === 'string' && isOnlyReferences(given))) return []
    const message = `${path}: expected a reference alone, such as ${field.example}: a secret must not stand in the file.`
    return [{ path: steps, message }]
  })
}

function asFaults(problems: readonly Problem[]): Fault[] {
  return problems.map(problem => ({ code: 'config_invalid', problem }))
}

function refuse(resolved: Resolved, faults: readonly Fault[]): void {
  const [first] = faults
  if (!first) return
  const problems = faults.map(({ problem }) => problem).sort(byPlace)
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
  throw new UserError(codeOf(faults, first.code), `${resolved.label} has ${count}.`, problems)
}

/** What is wrong with the file itself comes before what is wrong around it. */
function codeOf(faults: readonly Fault[], first: ErrorCode): ErrorCode {
  return faults.some(({ code }) => code === 'config_invalid') ? 'config_invalid' : first
}

function byPlace(a: Problem, b: Problem): number {
  return (
    (a.file ?? '').localeCompare(b.file ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0)
  )
}
