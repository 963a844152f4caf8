import type * as z from 'zod/mini'
import { UserError } from '../errors.ts'

/** The API's answer as the shape it should have; anything else is an `api_error` that names the path, never a crash. */
export function parseAnswer<T>(path: string, schema: z.ZodMiniType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer)
  if (parsed.success) return parsed.data
  throw unexpectedAnswer(path)
}

/** The error for an answer that is of another shape: what it says is not known, which is not the same as "not set". */
export function unexpectedAnswer(path: string): UserError {
  return new UserError(
    'api_error',
    `The answer to GET ${path} is not what the Management API documents. Is this an Auth0 tenant?`,
  )
}
