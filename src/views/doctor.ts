import type { Diagnosis } from '../doctor/diagnosis.ts'
import { isReady, type Line, type Status } from '../doctor/line.ts'
import type { Need } from '../doctor/scopes.ts'
import type { PhoneExperience } from '../settings/phone-experience.ts'
import type { Identity } from '../tenant/token.ts'
import { plural } from './findings.ts'
import { heading } from './heading.ts'
import { blocks } from './human.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/** All that `doctor` has to say. */
export interface Examination extends Diagnosis {
  /** `null` where it is not clear which one is meant. */
  readonly tenant: string | null
  readonly environment: string | null
  readonly file: string | null
  /** `null` where the tenant was not reached. */
  readonly identity: Identity | null
  readonly phone: PhoneExperience | null
}

/** One screen: what was looked at, line by line; the scopes by section; a verdict. */
export function renderDoctor(examination: Examination, paint: Paint): string {
  const { tenant, environment, lines, identity } = examination
  const all = [...identityLine(identity), ...lines]
  const width = Math.max(...all.map(({ topic }) => topic.length))
  return blocks([
    [heading({ tenant: tenant ?? 'no tenant', environment }, paint)],
    all.flatMap((line, i) => renderLine(line, all[i + 1], width, paint)),
    renderScopes(examination, paint),
    [verdict(lines)],
  ])
}

/** The JSON document `mfa-config/doctor/1`. */
export function doctorDocument(examination: Examination): object {
  const { tenant, environment, file, identity, phone, lines, sections, forChecks } = examination
  return {
    format: 'mfa-config/doctor/1',
    tenant,
    environment,
    file,
    ready: isReady(lines),
    identity: identity && {
      by: identity.by,
      client: identity.client ?? null,
      expires: identity.expires === undefined ? null : new Date(identity.expires).toISOString(),
    },
    phone,
    lines: lines.map(({ topic, status, message, remedy }) => ({
      topic,
      status,
      message,
      remedy: remedy ?? null,
    })),
    scopes: sections,
    scopesForChecks: forChecks,
  }
}

const STYLE: Readonly<Record<Status, { sign: string; colour: 'green' | 'yellow' | 'red' | 'dim' }>> = {
  ok: { sign: '✓', colour: 'green' },
  warning: { sign: '!', colour: 'yellow' },
  error: { sign: '✗', colour: 'red' },
  unknown: { sign: '?', colour: 'yellow' },
}

/** What is to be done about several lines in a row is said once, after the last of them. */
function renderLine(
  { topic, status, message, remedy }: Line,
  next: Line | undefined,
  width: number,
  paint: Paint,
): string[] {
  const { sign, colour } = STYLE[status]
  const indent = ' '.repeat(width + 6)
  return [
    `  ${paint[colour](sign)} ${topic.padEnd(width)}  ${printable(message)}`,
    ...(remedy && remedy !== next?.remedy ? [`${indent}${paint.dim(remedy)}`] : []),
  ]
}

function identityLine(identity: Identity | null): Line[] {
  if (!identity) return []
  const { by, client, expires } = identity
  const until = expires === undefined ? '' : `, until ${new Date(expires).toISOString().slice(0, 16)}Z`
  const who = client === undefined ? 'a token that does not say whose it is' : `client ${client}, by ${by}`
  return [{ topic: 'credentials', status: 'ok', message: `${who}${until}` }]
}

function renderScopes({ sections, forChecks }: Diagnosis, paint: Paint): string[] {
  if (sections.length === 0) return []
  const rows = [
    ...sections.map(({ section, plan, apply }) => ({ name: section, plan, apply })),
    ...forChecks.map(need => ({ name: `(${need.checks.join(', ')})`, plan: [need], apply: [] })),
  ]
  const words = (needs: readonly Need[]): string =>
    needs.map(({ scope, granted }) => `${granted === null ? '' : granted ? '✓ ' : '✗ '}${scope}`).join('  ')
  const width = Math.max(...rows.map(({ name }) => name.length), 'scopes'.length)
  const planWidth = Math.max(...rows.map(({ plan }) => words(plan).length), 'to plan'.length)
  const line = (name: string, plan: string, apply: string): string =>
    `  ${name.padEnd(width)}  ${plan.padEnd(planWidth)}  ${apply}`.trimEnd()
  return [
    paint.dim(line('scopes', 'to plan', 'to apply')),
    ...rows.map(({ name, plan, apply }) => {
      const text = line(name, words(plan), words(apply))
      return [...plan, ...apply].some(({ granted }) => granted === false) ? paint.yellow(text) : text
    }),
  ]
}

function verdict(lines: readonly Line[]): string {
  if (isReady(lines)) return 'apply would be able to do its work.'
  const problems = lines.filter(({ status }) => status === 'error').length
  return `apply would not be able to do its work: ${plural(problems, 'problem')}.`
}
