import { ALLOW_ALL } from '../../support/allow.ts'
import { type Fault, type Place, refusing, repeated } from './hostile.ts'
import { NAMELESS, SURPLUS } from './planted.ts'

/** A command line that speaks to a tenant, and the places in which something can go wrong with it. */
export interface Command {
  readonly args: string
  readonly places: readonly Place[]
  /** With the file on standard input. */
  readonly piped?: true
  /** In a folder without a file. */
  readonly alone?: true
  /** A person looks at it, and answers yes. */
  readonly asks?: true
}

const READING: readonly Place[] = ['token', 'reads']
const WRITING: readonly Place[] = [...READING, 'first write', 'third write', 'read-back']

/** Every command that speaks to a tenant, in every format. A new one is a line. */
export const COMMANDS: readonly Command[] = [
  { args: 'show', places: READING },
  { args: 'show --format table -c mfa-config.yaml', places: READING },
  { args: 'show --format yaml', places: READING },
  { args: 'show --format json', places: READING },
  { args: 'show --json --no-color', places: READING },
  { args: 'plan', places: READING },
  { args: 'plan --json', places: READING },
  { args: 'plan --format human --write-secrets', places: READING },
  { args: 'plan --format json --write-secrets', places: READING },
  { args: 'plan --detailed-exitcode -c -', places: READING, piped: true },
  { args: 'plan --format markdown', places: READING },
  { args: 'plan --out plan.json', places: READING },
  { args: 'plan --out plan.json --json --write-secrets', places: READING },
  { args: 'init --from-tenant --out first.yaml', places: READING },
  { args: 'init --from-tenant --out -', places: READING },
  { args: 'doctor', places: READING },
  { args: 'doctor --json -c -', places: READING, piped: true },
  { args: 'doctor --no-color', places: READING, alone: true },
  { args: 'apply --yes', places: WRITING },
  { args: 'apply --yes --json', places: WRITING },
  { args: 'apply --yes --write-secrets --snapshot none', places: WRITING },
  { args: 'apply --yes --write-secrets --snapshot saved --json', places: WRITING },
  { args: 'apply --yes --snapshot none --format json -c -', places: WRITING, piped: true },
  { args: 'apply --write-secrets', places: WRITING, asks: true },
  { args: 'apply --json', places: WRITING, asks: true },
]

/** A command line with `--debug`; checks are not to keep `apply` from sending what is planted. */
export function argumentsOf({ args }: Pick<Command, 'args'>): string[] {
  return [...args.split(' '), ...(/^(apply|doctor)/.test(args) ? ALLOW_ALL : []), '--debug']
}

const once =
  (act: Fault['act'], then: Fault['act'] = () => 'pass'): Fault['act'] =>
  sent =>
    sent.before === 0 ? act(sent) : then(sent)

const saying =
  (status: number, around: (said: string) => string, type: string): Fault['act'] =>
  ({ texts }) => ({ status, body: around(repeated(texts)), headers: { 'content-type': type } })

/** An answer with more in it than was asked for, however deep. */
export function surplus(body: unknown, more: object): unknown {
  if (Array.isArray(body)) return body.map(item => surplus(item, more))
  if (typeof body !== 'object' || body === null) return body
  const own = Object.entries(body).map(([name, value]) => [name, surplus(value, more)])
  return { ...Object.fromEntries(own), ...more }
}

/** What can go wrong with a request; whatever can repeat what was sent does. */
export const FAULTS: readonly Fault[] = [
  { name: '400', act: refusing(400, 'Not with: ') },
  { name: '400 although it was done', act: refusing(400, 'Not with: ', undefined, { delivered: true }) },
  { name: '401', act: refusing(401, '') },
  { name: '403, scope', act: refusing(403, 'Insufficient scope, expected any of: ', 'insufficient_scope') },
  { name: '403, entitlement', act: refusing(403, 'Please upgrade your subscription: ') },
  {
    name: '403, entitlement with the code of a scope',
    act: refusing(403, 'Please upgrade your subscription: ', 'insufficient_scope'),
  },
  { name: '403, deprecated phone endpoint', act: refusing(403, 'This is a deprecated feature. ') },
  { name: '403, switched off', act: refusing(403, 'This endpoint is disabled for your tenant. ') },
  { name: '403, a scope by the code alone', act: refusing(403, '', 'insufficient_scope') },
  { name: '403, another', act: refusing(403, 'No! ') },
  { name: '404', act: refusing(404, 'Not found: ') },
  { name: '408', act: refusing(408, 'Too slow: ') },
  { name: '409', act: refusing(409, 'In the way: ') },
  { name: '429 once', act: once(refusing(429, 'Too many: ')) },
  { name: '429 for ever', act: refusing(429, 'Too many: ') },
  { name: '500 once', act: once(refusing(500, 'Oh: ')) },
  { name: '500 for ever', act: refusing(500, 'Oh: ') },
  {
    name: '500 for ever, although it was done',
    act: refusing(500, 'Oh: ', undefined, { delivered: true }),
  },
  { name: '302', act: refusing(302, 'Over there: ') },
  { name: 'closed before it was done', act: () => 'closed' },
  { name: 'closed once', act: once(() => 'closed') },
  { name: 'closed after it was done', act: () => 'closed after it was done' },
  { name: 'reset before it was done', act: () => 'reset' },
  { name: 'reset after it was done', act: () => 'reset after it was done' },
  { name: 'no answer', act: () => 'silent' },
  { name: 'no HTTP', act: ({ texts }) => ({ raw: `${repeated(texts)}\r\n\r\n` }) },
  {
    name: 'no header',
    act: ({ texts }) => ({ raw: `HTTP/1.1 200 OK\r\n${repeated(texts).replaceAll(':', '')}\r\n\r\n{}` }),
  },
  {
    name: 'half of an answer',
    act: ({ texts }) => ({ raw: `HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n${repeated(texts)}` }),
  },
  { name: 'broken JSON', act: saying(200, said => `{ "message": "${said}", `, 'application/json') },
  { name: 'broken JSON, 400', act: saying(400, said => `{ "message": "${said}", `, 'application/json') },
  { name: 'a page', act: saying(200, said => `<html><p>${said}</html>`, 'text/html') },
  { name: 'a page, 502', act: saying(502, said => `<html><p>${said}</html>`, 'text/html') },
  { name: 'text', act: saying(200, said => said, 'text/plain') },
  { name: 'text, 403', act: saying(403, said => said, 'text/plain') },
  { name: 'a text in JSON', act: saying(200, said => JSON.stringify(said), 'application/json') },
  { name: 'a list', act: saying(200, said => JSON.stringify([said, { [said]: said }]), 'application/json') },
  {
    name: 'another object',
    act: saying(
      200,
      said => JSON.stringify({ access_token: [said], enabled: said, flags: said, scope: said }),
      '',
    ),
  },
  { name: 'done, by its own word', act: () => ({ status: 200, body: '{}' }) },
  { name: 'nothing', act: () => ({ status: 204, body: '' }) },
  {
    name: 'secrets besides',
    act: () => ({ rewrite: body => surplus(body, { ...SURPLUS, ...NAMELESS }) }),
    places: ['reads', 'read-back'],
  },
]

/** Each fault in each place that it has. */
export const FAULTS_IN_PLACES: readonly { readonly fault: Fault; readonly place: Place }[] = FAULTS.flatMap(
  fault => (fault.places ?? WRITING).map(place => ({ fault, place })),
)
