import type { Json } from './json.ts'
import type { Kept } from './state.ts'
import type { Tenant } from './tenant.ts'
import type { Schema } from './validation.ts'

/** The methods of the Management API. */
export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export type Method = (typeof methods)[number]

/** What an operation knows of its request, and of the tenant it is for. */
export interface ApiRequest {
  /** The parts of the path that the resource's path names with a colon. */
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string>>
  /** The settings, which an operation may change: they are kept if it answers. */
  kept: Kept
  tenant: Tenant
  /** When it came: milliseconds since the epoch. */
  time: number
  /** A number from 0 to below 1, another each time; for what Auth0 leaves to chance. */
  random: () => number
}

/** A 2xx answer; 204 is the one without content. */
export type Answer = { status: 200 | 201 | 202; body: Json } | { status: 204 }

/** What one method of a resource does. */
export interface Operation {
  /** The scope that the token must carry. */
  scope: string
  /** Throws the ApiError with which this is refused whatever the body is. */
  refuse?: (request: ApiRequest) => void
  /** What the body must be; absent: no body is read. */
  body?: Schema
  /** The answer; the body is as it was sent, and fits the schema. Must not wait. Throws ApiError. */
  answer: (request: ApiRequest, body: Json) => Answer
}

/** One path of the Management API. To be served it needs only to stand in the catalogue. */
export interface Resource {
  /** Below /api/v2; a part that begins with a colon stands for any text. */
  path: string
  operations: Partial<Record<Method, Operation>>
  /** Names of the fields it keeps that are secret and readable: they are sealed in the state file. */
  secrets?: readonly string[]
}
