import { describe, expect, it } from 'vitest'
import { isRecord } from '../../src/record.ts'
import { problemsOf, SCHEMAS } from '../support/documents.ts'
import { EXAMPLES } from './support/examples.ts'

/** Steps from the whole of a document to a value in it. */
type Steps = readonly (string | number)[]

/** Keys that need not be there; the path is without the numbers of items. */
const OPTIONAL = [
  /(^|\.)(changes|failed|differences)\.secret$/,
  /problems\.(path|column)$/,
  /differences\.(left|right)$/,
]

/** What is below is by keys that are no schema's: those of the configuration file. */
const BY_PATH = /(^|\.)(config|configuration|state)(\.|$)/

/** Every value in a document, with the steps to it. */
function valuesIn(value: unknown, steps: Steps = []): [Steps, unknown][] {
  const below: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : isRecord(value)
      ? Object.entries(value)
      : []
  return [[steps, value], ...below.flatMap(([step, child]) => valuesIn(child, [...steps, step]))]
}

/** A copy in which the value at the end of the steps is another; `undefined` takes it away. */
function withValue(document: unknown, steps: Steps, value: unknown): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (Array.isArray(document)) {
    return document.map((item, index) => (index === step ? withValue(item, rest, value) : item))
  }
  if (!isRecord(document)) throw new Error(`There is nothing at ${step}`)
  const changed = { ...document, [step]: withValue(document[step], rest, value) }
  return JSON.parse(JSON.stringify(changed))
}

function pathOf(steps: Steps): string {
  return steps.filter(step => typeof step === 'string').join('.')
}

/** Every key of a document's objects, without those that are paths of the file. */
function keysOf(document: unknown): Steps[] {
  return valuesIn(document)
    .map(([steps]) => steps)
    .filter(steps => typeof steps.at(-1) === 'string' && !BY_PATH.test(pathOf(steps.slice(0, -1))))
}

it('there is an example of each schema', () => {
  const formats = Object.values(EXAMPLES).map(({ format }) => String(format))
  const names = formats.map(format => format.replace('mfa-config/', '').replace('/', '-'))
  expect([...new Set(names)].sort()).toEqual([...SCHEMAS.keys()].sort())
})

describe.each(Object.entries(EXAMPLES))('the schema of %s', (_, document) => {
  it('takes the whole of it', () => {
    expect(problemsOf(document)).toEqual([])
  })

  it('asks for each of its keys, but for few', () => {
    const dispensable = keysOf(document).filter(
      steps => problemsOf(withValue(document, steps, undefined)).length === 0,
    )
    const expected = keysOf(document).filter(steps => OPTIONAL.some(pattern => pattern.test(pathOf(steps))))
    expect(dispensable).toEqual(expected)
  })

  it('refuses a key that it does not know, in any object', () => {
    const objects = valuesIn(document).filter(
      ([steps, value]) => isRecord(value) && !BY_PATH.test(pathOf(steps)),
    )
    expect(objects.length).toBeGreaterThan(0)
    const taken = objects.filter(
      ([steps, value]) => problemsOf(withValue(document, steps, { ...Object(value), other: 1 })).length === 0,
    )
    expect(taken).toEqual([])
  })

  it('refuses a value of another kind, at any place', () => {
    const taken = valuesIn(document).filter(
      ([steps]) => problemsOf(withValue(document, steps, [[0]])).length === 0,
    )
    expect(taken).toEqual([])
  })

  it('refuses an empty text, but for the value of a setting', () => {
    const texts = valuesIn(document).filter(([, value]) => typeof value === 'string')
    const taken = texts
      .filter(([steps]) => problemsOf(withValue(document, steps, '')).length === 0)
      .map(([steps]) => steps.join('.'))
    for (const path of taken) expect(path).toMatch(/\.(before|after|left|right)(\.\d+)?$|(^|\.)config\./)
  })
})

const OTP = { path: 'factors.otp.enabled', before: false, after: true }
const SECRET = { path: 'factors.duo.skey', before: null, after: 'in clear', secret: true }

describe('what contradicts itself is refused:', () => {
  it.each<[string, string, Steps, unknown]>([
    ['a format of another version', 'plan', ['format'], 'mfa-config/plan/2'],
    ['a format of nobody', 'plan', ['format'], 'another/plan/1'],
    ['a secret in clear', 'plan', ['changes', 0], SECRET],
    ['a secret in clear that a write failed to set', 'apply', ['failed', 1], { ...SECRET, error: 'No.' }],
    ['a secret that is not one', 'plan', ['changes', 3, 'secret'], false],
    ['a difference of secrets in clear', 'diff', ['differences', 1, 'left'], 'in clear'],
    ['a difference with neither side', 'diff', ['differences', 0], { path: 'policy' }],
    ['a difference of three', 'diff', ['environments'], Array(3).fill({ environment: 'dev', tenant: null })],
    ['a number below zero', 'plan', ['summary', 'changes'], -1],
    ['half a change', 'plan', ['summary', 'changes'], 0.5],
    ['a severity that there is not', 'plan', ['findings', 0, 'severity'], 'fatal'],
    ['an id that no check can have', 'plan', ['findings', 0, 'check'], 'F1'],
    ['a request that only reads', 'plan', ['requests', 0, 'method'], 'GET'],
    ['a secret that is unverified twice', 'plan', ['unverified'], ['a', 'a']],
    ['success with an error', 'apply', ['verified'], true],
    ['failure without an error', 'apply that did all of its work', ['verified'], false],
    ['success that left something undone', 'apply that did all of its work', ['notAttempted'], [OTP]],
    ['a report for what stops a run before it', 'apply', ['error', 'code'], 'usage'],
    ['what is not set, shown', 'show', ['config', 'policy'], null],
    ['an error with a code that there is not', 'error', ['error', 'code'], 'unknown'],
    ['findings of an error that is no check', 'error', ['findings'], []],
    ['a line before the first', 'error', ['error', 'problems', 0, 'line'], 0],
    ['a line of no file', 'error', ['error', 'problems', 1], { line: 1, message: 'Something.' }],
    ['a refusal that does not say why', 'error of a check', ['findings'], undefined],
    ['two results in one', 'fleet', ['results', 0, 'error'], { code: 'usage', message: 'No.', problems: [] }],
    ['no result at all', 'fleet', ['results', 0, 'plan'], undefined],
    ['a result of another kind than it says', 'fleet', ['results', 0, 'plan', 'format'], 'mfa-config/show/1'],
    ['findings beside an error that is no check', 'fleet', ['results', 5, 'findings'], []],
    ['findings beside a result', 'fleet', ['results', 0, 'findings'], []],
    ['a token that ends at no time', 'doctor', ['identity', 'expires'], 'tomorrow'],
    ['nothing that was looked at', 'doctor', ['lines'], []],
    ['a check that finds nothing', 'explain', ['severities'], []],
    ['a digest that is no Base64', 'saved plan', ['plans', 0, 'state', 'policy'], '~~~'],
    ['salt that is no Base64', 'saved plan', ['plans', 0, 'salt'], '~~~'],
  ])('%s', (_, name, steps, value) => {
    const document = EXAMPLES[name]
    expect(problemsOf(document)).toEqual([])
    expect(problemsOf(withValue(document, steps, value))).not.toEqual([])
  })
})

describe('what may be null is taken as null:', () => {
  it.each<[string, Steps]>([
    ['plan', ['environment']],
    ['apply', ['snapshot']],
    ['show', ['environment']],
    ['validate', ['environment']],
    ['doctor', ['tenant']],
    ['doctor', ['file']],
    ['doctor', ['identity']],
    ['doctor', ['identity', 'client']],
    ['doctor', ['identity', 'expires']],
    ['doctor', ['phone']],
    ['doctor', ['lines', 0, 'remedy']],
    ['fleet', ['results', 0, 'tenant']],
    ['diff', ['environments', 0, 'tenant']],
  ])('of %s, %j', (name, steps) => {
    expect(problemsOf(withValue(EXAMPLES[name], steps, null))).toEqual([])
  })
})
