const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Whether a text has characters that are not seen, or that act on a terminal or begin a new line. */
export function hasHidden(text: string): boolean {
  return text.search(HIDDEN) >= 0
}

/** A text from outside, as one line that does nothing but be read: what is hidden in it is escaped. */
export function printable(text: string): string {
  return text.replace(HIDDEN, hidden => hidden.split('').map(escapeUnit).join(''))
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
