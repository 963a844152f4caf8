import { isRecord } from '../record.ts'

const HIDDEN = '••••••'

/** A shorter piece of a secret says nothing, and can be a word of the text around it. */
const SHORTEST = 6

/**
 * A text without anything that repeats a secret, whole or in part: an API that explains what is wrong with a value can
 * quote it.
 */
function hideSecrets(text: string, secrets: readonly string[]): string {
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

/** Names of fields, by whether what stands under them may be shown. Under a name that is neither, nothing is. */
export interface FieldNames {
  readonly secret: ReadonlySet<string>
  readonly shown: ReadonlySet<string>
}

/** The texts of a request's body that nobody may see: a tenant's own fields can hold anything. */
export function secretTexts(body: unknown, names: FieldNames, isShown = true): string[] {
  if (typeof body === 'string') return isShown ? [] : [body]
  if (Array.isArray(body)) return body.flatMap(item => secretTexts(item, names, isShown))
  if (!isRecord(body)) return []
  return Object.entries(body).flatMap(([name, value]) => {
    // What an object is called says nothing of what is in it, unless it is called a secret.
    const isContainer = isRecord(value) && isShown
    return secretTexts(value, names, isContainer ? !names.secret.has(name) : isShown && names.shown.has(name))
  })
}

/** What a run has sent and nobody may see. */
export function createSecrets(): { add(texts: readonly string[]): void; hide(text: string): string } {
  const known = new Set<string>()
  return {
    add: texts => {
      for (const text of texts) known.add(text)
    },
    hide: text => hideSecrets(text, [...known].flatMap(written)),
  }
}

/** The ways in which a text is quoted: as it is, in other letters, in a URL, in JSON, in base64 at any place, in hexadecimal. */
function written(secret: string): string[] {
  const base64 = ['', ' ', '  '].map((before, skip) =>
    Buffer.from(before + secret)
      .toString('base64')
      .slice(skip === 0 ? 0 : skip + 1),
  )
  return [
    ...new Set([
      secret,
      secret.toUpperCase(),
      secret.toLowerCase(),
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      ...base64,
      Buffer.from(secret).toString('base64url'),
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('hex').toUpperCase(),
    ]),
  ]
}
