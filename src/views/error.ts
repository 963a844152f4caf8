import type { Finding } from '../checks/check.ts'
import type { Problem, UserError } from '../errors.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/** An error for people: what is wrong, then every problem with its place. */
export function renderError(error: Pick<UserError, 'message' | 'problems'>, paint: Paint): string {
  const lines = [
    `${paint.red('Error:')} ${printable(error.message)}`,
    ...together(error.problems).map(problem => `  ${printable(renderProblem(problem))}`),
  ]
  return `${lines.join('\n')}\n`
}

/** Problems of several paths that have one and the same reason, and no place, as one. */
function together(problems: readonly Problem[]): Problem[] {
  const reasons = new Map<string, Problem>()
  for (const problem of problems) {
    const { path, file, message } = problem
    const same = file === undefined ? reasons.get(message) : undefined
    const paths = [same?.path, path].filter(one => one !== undefined)
    if (same) reasons.set(message, { path: paths.join(', '), message })
    else reasons.set(file === undefined ? message : `${reasons.size}`, problem)
  }
  return [...reasons.values()]
}

/** `mfa-config.yaml:3:5`; the file alone where that is all there is. */
export function renderPlace({ file, line, column }: Pick<Problem, 'file' | 'line' | 'column'>): string {
  return file && line !== undefined ? `${file}:${line}:${column ?? 1}` : (file ?? '')
}

function renderProblem({ path, message, ...where }: Problem): string {
  const place = renderPlace(where)
  if (!place) return path ? `${path}  ${message}` : message
  return path && !message.includes(path) ? `${place}  ${path}: ${message}` : `${place}  ${message}`
}

/** The JSON document `mfa-config/error/1`. */
export function errorDocument(error: Told, findings?: readonly Finding[]): object {
  return { format: 'mfa-config/error/1', ...errorParts(error, findings) }
}

type Told = Pick<UserError, 'code' | 'message' | 'problems'>

/** An error as JSON documents have it, and the findings that are the reason. */
export function errorParts(error: Told, findings?: readonly Finding[]): object {
  return {
    error: { code: error.code, message: error.message, problems: error.problems },
    ...(findings && { findings }),
  }
}
