import { existsSync, statSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Explorer } from 'cosmiconfig/dist/Explorer.js'
import { type Problem, UserError } from '../errors.ts'
import type { Host } from '../host.ts'
import { isRecord } from '../record.ts'
import { FILE_NAMES, findFile } from './find.ts'
import { byPrecedence, importProblems } from './imports.ts'
import { layOver } from './short-form.ts'
import { parseYaml, type Source } from './source.ts'
import { valueIn } from './tree.ts'

/** A configuration as it is written: imports merged, references not resolved, nothing checked. */
export interface Loaded {
  /** How messages name the file that was asked for. */
  readonly label: string
  readonly tree: unknown
  /** The files it came from, the one that wins first. */
  readonly sources: readonly Source[]
}

const STDIN = 'standard input'
const OWN_KEY = 'mfa-config'

/**
 * Loads the configuration: the file that `--config` names, `-` for standard input, or the one in the working directory.
 * Throws `config_not_found`, or `config_invalid` with every place that does not parse.
 */
export async function load(host: Host, named: string | undefined): Promise<Loaded> {
  if (named === '-') return loadText(await host.stdin(), host.cwd)
  const file = named === undefined ? await findFile(host.cwd) : resolve(host.cwd, named)
  if (file === undefined) {
    throw new UserError(
      'config_not_found',
      `There is no configuration file in ${host.cwd}. Create ${FILE_NAMES[0]}, or name a file with --config.`,
    )
  }
  if (!existsSync(file)) throw new UserError('config_not_found', `There is no file ${named}.`)
  if (statSync(file).isDirectory()) {
    throw new UserError(
      'config_not_found',
      `${named || file} is a folder. Name the file in it with --config.`,
    )
  }
  return loadFile(host, file)
}

async function loadFile(host: Host, file: string): Promise<Loaded> {
  const read = new Map<string, Source>()
  const label = (path: string): string => relative(host.cwd, path) || path
  const remember = (source: Source): void => {
    requireContent(source.content, source.label)
    read.set(source.file, source)
  }
  const yaml = (path: string, text: string): unknown => {
    const own = basename(path) === 'package.json' ? [OWN_KEY] : []
    const parsed = parseYaml(text, path, label(path), own)
    if (Array.isArray(parsed)) throw unparsable(label(path), parsed)
    const source = { ...parsed, content: valueIn(parsed.content, own) }
    remember(source)
    return parsed.content
  }
  const code = async (path: string): Promise<unknown> => {
    const content = await importDefault(host, path)
    if (content === undefined) {
      throw new UserError('config_invalid', `${label(path)} has no default export: it must be an object.`)
    }
    remember({ file: path, label: label(path), content, position: () => undefined })
    return content
  }

  // The class behind `cosmiconfig()`: that function first looks for settings of its own, and would run a foreign
  // `.config/config.js` for them.
  const explorer = new Explorer({
    moduleName: OWN_KEY,
    loaders: {
      '.js': code,
      '.mjs': code,
      '.cjs': code,
      '.ts': code,
      '.mts': code,
      noExt: yaml,
      default: yaml,
    },
    searchPlaces: [],
    searchStrategy: 'none',
    ignoreEmptySearchPlaces: false,
    mergeImportArrays: false,
    mergeSearchPlaces: false,
    metaConfigFilePath: null,
    cache: false,
    transform: result => result,
  })
  try {
    const loaded = await explorer.load(file)
    requireContent(loaded?.config, label(file))
  } catch (error) {
    throw unloadable(error, label(file), importProblems(read, label))
  }
  const sources = byPrecedence(file, read)
  return { label: label(file), tree: mergeSources(sources), sources }
}

/**
 * Files laid over each other, the one that wins first. cosmiconfig would merge them too, and drop some keys without a
 * word on the way.
 */
export function mergeSources(sources: readonly Source[]): unknown {
  const contents = sources.map(({ content }) => {
    if (!isRecord(content)) return content
    const { $import: _, ...own } = content
    return own
  })
  return contents.reduceRight(layOver)
}

function loadText(text: string, folder: string): Loaded {
  const parsed = parseYaml(text, join(folder, STDIN), STDIN)
  if (Array.isArray(parsed)) throw unparsable(STDIN, parsed)
  requireContent(parsed.content, STDIN)
  if (isRecord(parsed.content) && '$import' in parsed.content) {
    throw new UserError(
      'config_invalid',
      'A configuration from standard input cannot use $import: it has no folder.',
    )
  }
  return { label: STDIN, tree: parsed.content, sources: [parsed] }
}

function requireContent(tree: unknown, label: string): void {
  if (isRecord(tree)) return
  const empty = basename(label) === 'package.json' ? `has no key "${OWN_KEY}"` : 'is empty'
  const what = tree === undefined || tree === null ? empty : 'is not a configuration: it must be an object'
  throw new UserError('config_invalid', `${label} ${what}. For example: "policy: always".`)
}

/** The default export of a file of code: natively, or through jiti where Node does not run TypeScript itself. */
async function importDefault(host: Host, file: string): Promise<unknown> {
  if (!/\.m?ts$/.test(file) || host.runsTypeScript) {
    const module: { default?: unknown } = await import(pathToFileURL(file).href)
    return module.default
  }
  const { createJiti } = await import('jiti')
  return createJiti(file, { fsCache: false, moduleCache: false }).import(file, { default: true })
}

function unparsable(label: string, problems: Problem[]): UserError {
  return new UserError('config_invalid', `${label} does not parse.`, problems)
}

/** What went wrong while files were put together, and all that is wrong with their imports, which says it best. */
function unloadable(error: unknown, label: string, imports: readonly Problem[]): UserError {
  if (imports.length > 0) {
    const others = error instanceof UserError ? toldBy(error) : []
    return new UserError('config_invalid', `${label} cannot be put together.`, [...others, ...imports])
  }
  if (error instanceof UserError) return error
  const message = (error instanceof Error ? error.message : String(error)).trim().replace(/\s+/g, ' ')
  return new UserError('config_invalid', `${label} cannot be loaded: ${message.replace(/\.?$/, '.')}`)
}

function toldBy({ problems, message }: UserError): readonly Problem[] {
  return problems.length > 0 ? problems : [{ message }]
}
