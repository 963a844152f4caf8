import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Problem } from '../errors.ts'
import { isRecord } from '../record.ts'
import type { Source } from './source.ts'

/** The files that a source imports, as absolute paths, in the order in which they are named. */
function importsOf(source: Source): string[] {
  return named(source)
    .filter(path => typeof path === 'string')
    .map(path => resolve(dirname(source.file), path))
}

function named({ content }: Source): unknown[] {
  return isRecord(content) && content.$import !== undefined ? [content.$import].flat() : []
}

/** The file itself, then what it imports, the last named first, each with its own imports behind it. */
export function byPrecedence(file: string, read: ReadonlyMap<string, Source>): Source[] {
  const source = read.get(file)
  if (!source) return []
  return [
    source,
    ...importsOf(source)
      .toReversed()
      .flatMap(path => byPrecedence(path, read)),
  ]
}

/** What is wrong with the imports of the files that could be read, each told at the place that names it. */
export function importProblems(
  read: ReadonlyMap<string, Source>,
  label: (path: string) => string,
): Problem[] {
  return [...read.values()].flatMap(source =>
    named(source).flatMap((given, index) => {
      const message =
        typeof given === 'string'
          ? problemWith(resolve(dirname(source.file), given), source, read, label)
          : '$import takes the path of a file, or a list of paths.'
      const isList = isRecord(source.content) && Array.isArray(source.content.$import)
      const place = source.position(isList ? ['$import', index] : ['$import'])
      return message === undefined ? [] : [{ path: '$import', file: source.label, ...place, message }]
    }),
  )
}

function problemWith(
  file: string,
  source: Source,
  read: ReadonlyMap<string, Source>,
  label: (path: string) => string,
): string | undefined {
  if (file === source.file) return 'This file imports itself.'
  const way = wayTo(source.file, file, read)
  if (way) return `Files import each other in a circle: ${[source.file, ...way].map(label).join(' → ')}.`
  try {
    return readFileSync(file, 'utf8').trim() === '' ? `${label(file)} is empty.` : undefined
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return `There is no file ${label(file)}.`
    return code === 'EISDIR' ? `${label(file)} is a folder.` : `${label(file)} cannot be read.`
  }
}

/** From a file over its imports to another, both included; `undefined` where no way leads there. */
function wayTo(
  target: string,
  from: string,
  read: ReadonlyMap<string, Source>,
  passed: ReadonlySet<string> = new Set(),
): string[] | undefined {
  if (from === target) return [from]
  const source = read.get(from)
  if (!source || passed.has(from)) return undefined
  for (const next of importsOf(source)) {
    const way = wayTo(target, next, read, new Set([...passed, from]))
    if (way) return [from, ...way]
  }
  return undefined
}
