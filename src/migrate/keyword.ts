import { isOwnVariable } from '../config/own-credentials.ts'
import { escapeReference } from '../config/references.ts'

const MARKER = /##([^#\s]+)##|@@([^@\s]+)@@/g

/** The keywords in a text, in their order. */
export function keywordsIn(text: string): string[] {
  return [...text.matchAll(MARKER)].map(([, plain, json]) => plain ?? json ?? '')
}

/** Whether a text is made of keywords alone. `@@KEY@@` is, where nothing stands beside it. */
export function isOnlyKeywords(text: string): boolean {
  return text !== '' && text.replace(MARKER, '') === '' && (!text.includes('@@') || isOneJson(text))
}

/** Whether a text is one `@@KEY@@`. */
export function isOneJson(text: string): boolean {
  return /^@@[^@\s]+@@$/.test(text)
}

/**
 * A text with references in place of its keywords, other signs escaped; `undefined` where the file has no way to write
 * it: `@@KEY@@` would put quotes into a text, and a `$` right before a reference makes it none.
 */
export function withReferences(text: string): string | undefined {
  if (text.includes('@@') && !isOneJson(text) && /@@[^@\s]+@@/.test(text)) return undefined
  if (/\$(##[^#\s]+##)/.test(text)) return undefined
  let written = ''
  let end = 0
  for (const found of text.matchAll(MARKER)) {
    const [whole, plain, json] = found
    written += `${escapeReference(text.slice(end, found.index))}\${${variableOf(plain ?? json ?? '')}}`
    end = found.index + whole.length
  }
  return written + escapeReference(text.slice(end))
}

/**
 * The environment variable that a reference takes in place of a keyword: the same name, unless that is none of a
 * variable, or this tool's own credentials have it.
 */
export function variableOf(keyword: string): string {
  const name = keyword.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=[0-9])/, '_')
  return isOwnVariable(name) ? `MFA_${name}` : name
}
