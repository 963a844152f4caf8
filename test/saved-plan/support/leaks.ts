import { foundIn } from '../../secrets/support/search.ts'

/** So many characters in a row are a part of a secret. */
const PART = 6

/** The names of the secrets of which a text has a part as it is, or a longer part in any writing. */
export function leaksIn(text: string, secrets: Readonly<Record<string, string>>): string[] {
  const plain = Object.entries(secrets).filter(([, secret]) => hasPart(text, secret))
  return [...plain.map(([name]) => name), ...foundIn(text, secrets)]
}

function hasPart(text: string, secret: string): boolean {
  for (let at = 0; at + PART <= secret.length; at++)
    if (text.includes(secret.slice(at, at + PART))) return true
  return false
}
