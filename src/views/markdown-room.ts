import { plural } from './findings.ts'

/** What a text still has room for. Whoever comes first is the most important. */
export interface Room {
  /** Whether a part fits, which then has its room. After the first that does not, nothing fits any more. */
  readonly take: (part: string) => boolean
  /** A new room, of what this one has left and so many bytes more. */
  readonly extend: (bytes: number) => Room
}

/** Room for so many bytes of UTF-8, which are never fewer than the characters. */
export function makeRoom(bytes: number): Room {
  let left = bytes
  let isOpen = true
  return {
    take: part => {
      // With the empty line that divides it from the next.
      const size = Buffer.byteLength(part) + 2
      isOpen &&= size <= left
      if (isOpen) left -= size
      return isOpen
    },
    extend: more => makeRoom(left + more),
  }
}

/** Lines that belong together. */
export interface List {
  /** What a line is about, in the singular. */
  readonly noun: string
  readonly lines: readonly (() => string)[]
  readonly head?: string
  readonly tail?: string
  /** No more are shown, whatever room there is. */
  readonly most?: number
}

/** As many lines of a list as there is room for, and how many more there are. */
export function renderList(
  { noun, lines, head = '', tail = '', most = lines.length }: List,
  room: Room,
): string {
  if (lines.length === 0) return ''
  const kept: string[] = []
  // That more are left out than there is no room for is said of many lists, so it has to have room as well.
  const beyond = leftOut(Math.max(0, lines.length - most), `more ${noun}`)
  if (room.take(head + beyond + tail)) {
    for (const line of lines.slice(0, most)) {
      const text = line()
      if (!room.take(text)) break
      kept.push(text)
    }
  }
  const more = leftOut(lines.length - kept.length, kept.length > 0 ? `more ${noun}` : noun)
  if (kept.length === 0) return more
  const whole = [head, ...kept].filter(part => part !== '').join('\n')
  return [whole, more, tail].filter(part => part !== '').join('\n\n')
}

/** What is folded away under a summary, which is HTML. */
export function fold(summary: string): Required<Pick<List, 'head' | 'tail'>> {
  return { head: `<details><summary>${summary}</summary>\n`, tail: '</details>' }
}

/** Says how many are missing and where they are; nothing of none. `of`: what of them is missing, such as `Details of `. */
export function leftOut(count: number, noun: string, of = ''): string {
  if (count === 0) return ''
  const [are, them] = count === 1 && of === '' ? ['is', 'it'] : ['are', 'them']
  return `${of}${plural(count, noun)} ${are} left out: \`mfa-config plan\` shows ${them}.`
}
