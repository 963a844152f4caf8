import { isRecord } from '../record.ts'

const HIDDEN = '••••••'

/** A shorter piece of a secret says nothing, and can be a word of the text around it. */
const SHORTEST = 6

/**
 * A text without anything that repeats a secret, whole or in part: an API that explains what is wrong with a value can
 * quote it.
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  const hidden = secrets.reduce((hidden, secret) => hideOne(hidden, secret), text)
  // Where one piece follows another, one sign is enough.
  return hidden.replace(new RegExp(`(${HIDDEN})+`, 'g'), HIDDEN)
}

function hideOne(text: string, secret: string): string {
  const least = Math.min(SHORTEST, secret.length)
  if (least === 0) return text
  let hidden = ''
  for (let at = 0; at < text.length; ) {
    let end = at + least
    if (end > text.length || !secret.includes(text.slice(at, end))) {
      hidden += text[at++]
      continue
    }
    while (end < text.length && secret.includes(text.slice(at, end + 1))) end++
    hidden += HIDDEN
    at = end
  }
  return hidden
}

/** The texts that stand under one of the names, however deep, in a request's body. */
export function textsUnder(names: ReadonlySet<string>, body: unknown): string[] {
  if (Array.isArray(body)) return body.flatMap(item => textsUnder(names, item))
  if (!isRecord(body)) return []
  return Object.entries(body).flatMap(([name, value]) =>
    names.has(name) && typeof value === 'string' ? [value] : textsUnder(names, value),
  )
}

/** The ways in which a text is quoted: as it is, in a URL, in JSON, in base64. */
export function written(secret: string): string[] {
  const encoded = [
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ]
  return [...new Set([secret, ...encoded])]
}
