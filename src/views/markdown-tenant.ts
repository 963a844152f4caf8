import type { Severity } from '../checks/check.ts'
import type { Change } from '../plan/diff.ts'
import { renderError } from './error.ts'
import { plural, type SaidOnce, together } from './findings.ts'
import { secretRemark } from './human.ts'
import {
  findingsOf,
  type MarkdownResult,
  requestsOf,
  type ShownError,
  type ShownPlan,
} from './markdown-result.ts'
import { fold, type Room, renderList } from './markdown-room.ts'
import { code, prose, row, tableHead } from './markdown-text.ts'
import { PLAIN } from './paint.ts'
import { formatValue } from './value.ts'

/** How much of an error is shown, whatever room there is. */
export interface Limits {
  readonly problems: number
  /** Of each text. */
  readonly characters: number
}

const NO_LIMITS: Limits = { problems: Number.POSITIVE_INFINITY, characters: 1000 }

/**
 * What there is to read about one tenant but the requests: parts, in the order in which they are read. Where room is
 * short, the table of changes, which is the longest, comes last.
 */
export function renderTenant(result: MarkdownResult, room: Room, limits = NO_LIMITS): string[] {
  const said = together(findingsOf(result))
  const problems = 'error' in result ? renderProblems(result.error, room, limits) : ''
  const findings = renderFindings(
    said.filter(({ severity }) => severity !== 'note'),
    room,
  )
  const unverified = 'plan' in result ? renderUnverified(result.plan, room) : ''
  const notes = renderNotes(
    said.filter(({ severity }) => severity === 'note'),
    room,
  )
  const changes = 'plan' in result ? renderChanges(result.plan, room) : ''
  return [problems, changes, findings, unverified, notes].filter(part => part !== '')
}

/** The requests that `apply` would send, folded; empty where there are none. */
export function renderRequests(result: MarkdownResult): string {
  const requests = requestsOf(result)
  if (requests.length === 0) return ''
  const { head, tail } = fold(`${plural(requests.length, 'request')} that apply would send`)
  const lines = requests.map(({ method, path }) => `- ${code(`${method} ${path}`)}`)
  return [head, ...lines, '', tail].join('\n')
}

/** An error's sentence. */
export function renderMessage(error: ShownError, most?: number): string {
  return `**Error:** ${prose(error.message, most)}`
}

function renderProblems({ problems }: ShownError, room: Room, limits: Limits): string {
  // As on a terminal, where the first line is the error's own.
  const [, ...texts] = renderError({ message: '', problems }, PLAIN).trimEnd().split('\n')
  const lines = texts.map(text => () => problemLine(text.trim(), limits.characters))
  return renderList({ noun: 'problem', lines, most: limits.problems }, room)
}

function problemLine(text: string, most: number): string {
  const [place = '', ...message] = text.split('  ')
  return message.length === 0
    ? `- ${prose(text, most)}`
    : `- ${code(place, most)}: ${prose(message.join('  '), most)}`
}

function renderChanges({ changes, hidden }: ShownPlan, room: Room): string {
  return renderList(
    {
      noun: 'change',
      head: tableHead(['setting', 'before', 'after']),
      lines: changes.map(change => () => changeRow(change, hidden)),
    },
    room,
  )
}

function changeRow(change: Change, hidden: readonly string[]): string {
  const { path, before, after } = change
  const remark = secretRemark(change, hidden)
  const cells = [path, formatValue(path, before), formatValue(path, after)].map(text => code(text))
  return row(remark ? [...cells.slice(0, 2), `${cells[2]} ${remark}`] : cells)
}

const WORDS: Readonly<Record<Severity, string>> = {
  error: 'Error',
  confirm: 'To confirm',
  warning: 'Warning',
  note: 'Note',
}

function renderFindings(findings: readonly SaidOnce[], room: Room): string {
  return renderList({ noun: 'finding', lines: findings.map(finding => () => findingLine(finding)) }, room)
}

function renderNotes(notes: readonly SaidOnce[], room: Room): string {
  const lines = notes.map(note => () => findingLine(note))
  return renderList({ noun: 'note', lines, ...fold(plural(notes.length, 'note')) }, room)
}

function findingLine({ checks, severity, message, allowed }: SaidOnce): string {
  const word = allowed ? WORDS[severity] : `**${WORDS[severity]}**`
  return `- ${word} ${checks.map(check => code(check)).join(', ')}: ${prose(message)}${allowed ? ' (accepted)' : ''}`
}

function renderUnverified({ unverified }: ShownPlan, room: Room): string {
  const summary = `${plural(unverified.length, 'secret')} that cannot be read back: unverified, sent with --write-secrets`
  const lines = unverified.map(path => () => `- ${code(path)}`)
  return renderList({ noun: 'unverified secret', lines, ...fold(summary) }, room)
}
