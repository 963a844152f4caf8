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

function renderProblem({ path, file, line, column, message }: Problem): string {
  const place = file && line !== undefined ? `${file}:${line}:${column ?? 1}` : file
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
