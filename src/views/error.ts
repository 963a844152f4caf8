import type { Finding } from '../checks/check.ts'
import type { Problem, UserError } from '../errors.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/** An error for people: what is wrong, then every problem with its place. */
export function renderError(error: Pick<UserError, 'message' | 'problems'>, paint: Paint): string {
  const lines = [
    `${paint.red('Error:')} ${printable(error.message)}`,
    ...error.problems.map(problem => `  ${printable(renderProblem(problem))}`),
  ]
  return `${lines.join('\n')}\n`
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
export function errorDocument(
  error: Pick<UserError, 'code' | 'message' | 'problems'>,
  findings?: readonly Finding[],
): object {
  return {
    format: 'mfa-config/error/1',
    error: { code: error.code, message: error.message, problems: error.problems },
    ...(findings && { findings }),
  }
}
