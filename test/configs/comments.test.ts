import { describe, expect, test } from 'vitest'
import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import { CHECKS } from '../../src/checks/catalogue.ts'
import { CATALOGUES, ENTRIES, type Entry, entryAt, OF_ONE_KIND } from '../../src/settings/catalogue.ts'
import type { PhoneExperience } from '../../src/settings/phone-experience.ts'
import { run } from '../support/cli.ts'
import { entriesOf, KINDS } from '../support/values.ts'
import {
  commentedOut,
  given,
  PRESETS,
  readme,
  textOf,
  variablesIn,
  withAlternatives,
  wordsAtTop,
} from './support/preset.ts'

interface Line {
  /** From 0. */
  readonly index: number
  /** The setting; absent for what a file says of itself. */
  readonly entry: Entry | undefined
}

/** The lines that set something. */
function linesThatSet(text: string): Line[] {
  const lineCounter = new LineCounter()
  const lines: Line[] = []
  visit(parseDocument(text, { lineCounter }), {
    Pair(_, { key, value }, above) {
      if (isMap(value) || !isScalar(key) || !key.range) return
      const keys = above.flatMap(node =>
        'key' in node && isScalar(node.key) ? [String(node.key.value)] : [],
      )
      const path = [...keys, String(key.value)]
      lines.push({
        index: lineCounter.linePos(key.range[0]).line - 1,
        entry: entryAt(path.join('.')) ?? entryAt([...path, 'enabled'].join('.')),
      })
    },
  })
  return lines
}

/** Those lines, and those commented out, that have no sentence above or beside them. */
function unexplained(text: string): string[] {
  const lines = text.split('\n')
  const isExplained = (index: number): boolean =>
    /^\s*# \S/.test(lines[index - 1] ?? '') || /\S\s+# \S/.test(lines[index] ?? '')
  const alternatives = lines.flatMap((line, index) => (commentedOut(line).length > 0 ? [index] : []))
  return [...linesThatSet(text).map(({ index }) => index), ...alternatives]
    .filter(index => !isExplained(index))
    .map(index => lines[index] ?? '')
}

/** The sentences directly above a line. */
function commentAbove(text: string, index: number): string {
  const lines = text.split('\n').slice(0, index)
  const start = lines.findLastIndex(line => !/^\s*# /.test(line)) + 1
  return lines
    .slice(start)
    .map(line => line.replace(/^\s*# /, ''))
    .join(' ')
}

/** The paths of the settings that a file names, sorted. */
function pathsIn(text: string): string[] {
  return linesThatSet(text)
    .flatMap(({ entry }) => entry?.path ?? [])
    .sort()
}

/** The scopes that the settings at these paths take on a tenant of one kind. */
function scopesOf(paths: readonly string[], phone: PhoneExperience): Record<'plan' | 'apply', string[]> {
  const settings = paths.flatMap(path => CATALOGUES[phone].entryAt(path)?.setting ?? [])
  const kind = settings.some(setting => OF_ONE_KIND.has(setting)) ? ['read:tenant_settings'] : []
  const sorted = (scopes: readonly string[]): string[] => [...new Set(scopes)].sort()
  return {
    plan: sorted([...kind, ...settings.flatMap(({ read }) => read?.scope ?? [])]),
    apply: sorted(settings.flatMap(({ write }) => write.scopes)),
  }
}

describe.each(PRESETS)('%s', name => {
  const text = textOf(name)

  test('tells editors where its schema is', () => {
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../schemas/config.json')
  })

  test('gives a reason for every line that sets something', () => {
    expect(linesThatSet(text).length).toBeGreaterThan(2)
    expect(unexplained(text)).toEqual([])
  })

  test('says at its top what it needs', () => {
    expect(text).toMatch(/^# Needs: \S/m)
  })

  test.each(KINDS)('names the scopes that its settings take, and no others: %s', phone => {
    const besides = 'With the unified phone experience, scopes to'
    const named = [
      [wordsAtTop(text, 'Scopes to plan'), wordsAtTop(text, `${besides} plan besides`)],
      [wordsAtTop(text, 'Scopes to apply besides'), wordsAtTop(text, `${besides} apply besides`)],
    ].map(([always = [], unified = []]) => [...always, ...(phone === 'unified' ? unified : [])].sort())
    const { plan, apply } = scopesOf(pathsIn(text), phone)
    expect(named).toEqual([plan, apply])
  })

  test('names at its top the variables that it refers to', () => {
    expect(wordsAtTop(text, 'Environment variables')).toEqual(variablesIn(text))
  })

  test('speaks of checks that this version makes', () => {
    const made: readonly string[] = CHECKS.map(({ id }) => id)
    const spokenOf = [...text.matchAll(/\b[A-Z]\d\d\b/g)].map(([id]) => id)
    expect(spokenOf.filter(id => !made.includes(id))).toEqual([])
  })

  test('is described with the others', () => {
    expect(readme()).toContain(`| [${name}](${name}.yaml) |`)
  })
})

describe('everything', () => {
  const text = textOf('everything')
  const own = entriesOf('legacy').map(({ path }) => path)
  const every = ENTRIES.filter(({ field }) => !field.derived).map(({ path }) => path)

  test('sets once all that a tenant with the legacy phone has', () => {
    expect(pathsIn(text)).toEqual([...own].sort())
  })

  test('has commented out what only the unified phone experience has, and what has to be yours', () => {
    expect(commentedOut(text)).toEqual([
      'tenant',
      '$import',
      'enrollment_message',
      'verification_message',
      'relying_party',
      'relying_party',
    ])
    expect(pathsIn(withAlternatives(text))).toEqual([...every].sort())
    expect(every.filter(path => !own.includes(path))).toEqual([
      'factors.phone.templates.enrollment_message.voice',
      'factors.phone.templates.verification_message.voice',
    ])
  })

  test('is valid with that in place of what it has', async () => {
    const outcome = await run(['validate', '--json'], given(withAlternatives(text)))
    expect(outcome).toMatchObject({ code: 0, err: '' })
  })

  test('says what Auth0 has where nobody has set anything', () => {
    const silent = linesThatSet(text).filter(({ index, entry }) => {
      return entry?.field.default !== undefined && !/Auth0's default/.test(commentAbove(text, index))
    })
    expect(silent.map(({ entry }) => entry?.path)).toEqual([])
  })

  test('says the bounds of what has some', () => {
    const wrong = linesThatSet(text).filter(({ index, entry }) => {
      const bounds = entry && boundsOf(entry)
      return bounds !== undefined && !commentAbove(text, index).includes(bounds)
    })
    expect(wrong.map(({ entry }) => entry?.path)).toEqual([])
    expect(linesThatSet(text).filter(({ entry }) => entry && boundsOf(entry)).length).toBeGreaterThan(20)
  })
})

/** The bounds of a setting as the comments have them: `4 to 10`, `30 s to 1 h`, `up to 64 characters`. */
function boundsOf({ field: { expects } }: Entry): string | undefined {
  const [, longest] = /^text of \d+ to (\d+) characters/.exec(expects) ?? []
  if (longest !== undefined) return `up to ${longest} characters`
  const [, least, most] = /^a (?:whole number|duration) from (\w+) to (\w+)/.exec(expects) ?? []
  if (least === undefined || most === undefined) return undefined
  return `${least} to ${most}`.replaceAll(/(\d)([smhd])/g, '$1 $2')
}
