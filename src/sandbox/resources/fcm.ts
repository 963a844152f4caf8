import * as z from 'zod/mini'
import { ApiError } from '../errors.ts'
import type { Json, JsonObject } from '../json.ts'
import { setting } from '../setting.ts'

const textUpTo = (characters: number) =>
  z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(characters))))
const serverKey = z.strictObject({ server_key: textUpTo(152) })
const serverCredentials = z.strictObject({ server_credentials: textUpTo(10_000) })

/** The message is that of Auth0's OpenAPI. Assumption: any JSON passes for credentials, and the error has no code. */
function refuseCredentials({ server_credentials: credentials }: JsonObject): void {
  if (typeof credentials === 'string' && !isJson(credentials))
    throw new ApiError(400, 'Invalid server credentials')
}

function isJson(text: string): boolean {
  try {
    const value: Json = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

/** Google's push service, the old interface. It cannot be read, and a write answers nothing of it (recorded). */
export const fcm = setting({
  path: '/guardian/factors/push-notification/providers/fcm',
  scopeOf: 'guardian_factors',
  put: serverKey,
  patch: serverKey,
  answered: () => ({}),
  writeOnly: ['server_key'],
})

/** Google's push service, the present interface, with a service account. Like the old one it cannot be read. */
export const fcmv1 = setting({
  path: '/guardian/factors/push-notification/providers/fcmv1',
  scopeOf: 'guardian_factors',
  put: serverCredentials,
  patch: serverCredentials,
  check: refuseCredentials,
  answered: () => ({}),
  writeOnly: ['server_credentials'],
})
