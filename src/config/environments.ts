import { closestWord } from '../closest.ts'
import { type Problem, UserError } from '../errors.ts'
import { isRecord } from '../record.ts'
import { type Loaded, mergeSources } from './load.ts'
import type { Source } from './source.ts'
import { valueIn } from './tree.ts'

const KEY = 'environments'
const CREDENTIALS = 'credentials'

/** The names of a file's environments, in the file's order; none where it has no such block. */
export function environmentNames({ tree }: Loaded): string[] {
  const block = valueIn(tree, [KEY])
  return isRecord(block) ? Object.keys(block) : []
}

/** Whether a file has environments; a fleet asks for each of its own. */
export function hasEnvironments({ tree }: Loaded): boolean {
  const block = valueIn(tree, [KEY])
  if (!isRecord(block)) return false
  for (const _ in block) return true
  return false
}

/** A configuration for one tenant: no environments are left in it, and credentials stand apart from what is configured. */
export interface OfEnvironment {
  readonly loaded: Loaded
  /** The environment's `credentials`, under that key; absent where it has none. */
  readonly credentials?: Loaded
}

/**
 * What a file says of one environment: its block laid over the rest, each part with its own place and folder. `null` is
 * a file without environments. Throws `usage` where there is no such environment, and where one has to be named. That the
 * block is of the right form is for {@link requireForm} to say, once for a file.
 */
export function inEnvironment(loaded: Loaded, name: string | null): OfEnvironment {
  if (name !== null) requireKnown(loaded, name)
  else if (hasEnvironments(loaded)) throw unnamed(loaded, environmentNames(loaded))

  const blocks = name === null ? [] : loaded.sources.flatMap(source => partOf(source, [KEY, name]))
  const sources = [
    ...blocks.map(source => without(source, CREDENTIALS)),
    ...loaded.sources.map(source => without(source, KEY)),
  ]
  const credentials = blocks.flatMap(source => partOf(source, [CREDENTIALS], [CREDENTIALS]))
  return {
    loaded: { label: loaded.label, tree: mergeSources(sources), sources },
    ...(credentials.length > 0 && {
      credentials: { label: loaded.label, tree: mergeSources(credentials), sources: credentials },
    }),
  }
}

/** The tenant that an environment, or the file around it, names in plain words; for telling whose error it is. */
export function pinOf(loaded: Loaded, name: string): { readonly tenant?: string } {
  const [own, rest] = [[KEY, name, 'tenant'], ['tenant']].map(path => valueIn(loaded.tree, path))
  const tenant = own ?? rest
  return typeof tenant === 'string' ? { tenant } : {}
}

/** What each file says of each environment. */
export function environmentBlocks(loaded: Loaded): Source[] {
  return environmentNames(loaded).flatMap(name =>
    loaded.sources.flatMap(source => partOf(source, [KEY, name])),
  )
}

/** The part of a file at a path, as if it were a file of its own: hung at `under`, with its places. */
function partOf(source: Source, path: readonly string[], under: readonly string[] = []): Source[] {
  const content = valueIn(source.content, path)
  if (content === undefined) return []
  return [
    {
      ...source,
      content: under.reduceRight((inner, key) => ({ [key]: inner }), content),
      position: inner => source.position([...path, ...inner.slice(under.length)]),
    },
  ]
}

function without(source: Source, key: string): Source {
  if (!isRecord(source.content)) return source
  const { [key]: _, ...rest } = source.content
  return { ...source, content: rest }
}

/** Refuses a file whose environments are not of the right form, whichever is meant. Throws `config_invalid`. */
export function requireForm(loaded: Loaded): void {
  const problems = formProblems(loaded)
  if (problems.length === 0) return
  throw new UserError('config_invalid', `The environments of ${loaded.label} cannot be read.`, problems)
}

function formProblems({ sources }: Loaded): Problem[] {
  return sources.flatMap(source => {
    const at = (path: readonly string[], message: string): Problem => ({
      path: path.join('.'),
      file: source.label,
      ...source.position(path),
      message,
    })
    const block = valueIn(source.content, [KEY])
    if (block === undefined) return []
    if (!isRecord(block)) {
      return [at([KEY], `${KEY}: expected an object with a block for each environment, by its name.`)]
    }
    return Object.entries(block).flatMap(([name, content]) => {
      const path = [KEY, name]
      if (name === '') return [at(path, 'An environment has a name, which is not empty.')]
      if (!isRecord(content)) {
        return [at(path, `${path.join('.')}: expected an object with what this environment has of its own.`)]
      }
      return ['$import', KEY].flatMap(key =>
        key in content
          ? [at([...path, key], `${key} stands at the top of a file, not in an environment.`)]
          : [],
      )
    })
  })
}

function unnamed({ label }: Loaded, known: readonly string[]): UserError {
  return new UserError(
    'usage',
    `${label} has environments: ${known.join(', ')}. Name one with --env, or take all with --all.`,
  )
}

/** Refuses the name of an environment that a file does not have. Throws `usage`. */
export function requireKnown(loaded: Loaded, name: string): void {
  if (valueIn(loaded.tree, [KEY, name]) !== undefined) return
  const known = environmentNames(loaded)
  if (known.length === 0) {
    const message = `${loaded.label} has no environments, so --env ${name} names none. Leave it out.`
    throw new UserError('usage', message)
  }
  const close = closestWord(name, known)
  const hint = close ? `Did you mean ${close}?` : `It has ${known.join(', ')}.`
  throw new UserError('usage', `${loaded.label} has no environment ${name}. ${hint}`)
}
