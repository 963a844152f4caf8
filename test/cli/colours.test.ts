import { describe, expect, it } from 'vitest'
import { type Circumstances, json, run } from '../support/cli.ts'

const files = { 'mfa-config.yaml': 'polcy: never\n' }
const PLAIN =
  'Error: mfa-config.yaml has a problem.\n  mfa-config.yaml:1:1  Unknown key polcy. Did you mean policy?\n'
const RED = PLAIN.replace('Error:', '\u001b[31mError:\u001b[39m')
const aPerson: Circumstances = { answers: [] }

describe('an error', () => {
  it.each<[string, Circumstances, string[], string]>([
    ['has colours on a terminal', aPerson, [], RED],
    ['has none in a pipe', {}, [], PLAIN],
    ['has none where NO_COLOR is set', { ...aPerson, env: { NO_COLOR: '1' } }, [], PLAIN],
    ['has some where NO_COLOR is empty', { ...aPerson, env: { NO_COLOR: '' } }, [], RED],
    ['has none with --no-color', aPerson, ['--no-color'], PLAIN],
    ['has some in a pipe where FORCE_COLOR is set', { env: { FORCE_COLOR: '1' } }, [], RED],
    ['has none where FORCE_COLOR is 0', { ...aPerson, env: { FORCE_COLOR: '0' } }, [], PLAIN],
    ['has none in a pipe where FORCE_COLOR is empty', { env: { FORCE_COLOR: '' } }, [], PLAIN],
    ['has none where both are set', { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, [], PLAIN],
    [
      'has none with --no-color where FORCE_COLOR is set',
      { env: { FORCE_COLOR: '1' } },
      ['--no-color'],
      PLAIN,
    ],
    ['has none on a dumb terminal', { ...aPerson, env: { TERM: 'dumb' } }, [], PLAIN],
  ])('%s', async (_, circumstances, flags, err) => {
    expect(await run(['validate', ...flags], { files, ...circumstances })).toMatchObject({
      code: 1,
      out: '',
      err,
    })
  })

  it('has none as JSON', async () => {
    const outcome = await run(['validate', '--json'], { files, env: { FORCE_COLOR: '1' } })
    expect(outcome.out + outcome.err).not.toContain('\u001b')
    expect(json(outcome)).toMatchObject({ error: { code: 'config_invalid' } })
  })

  it('has none in a command line that is wrong about something else', async () => {
    const outcome = await run(['plan', '--no-color', '--jsn'], { env: { FORCE_COLOR: '1' } })
    expect(outcome.err).toBe("Error: Unknown option '--jsn'. Did you mean --json?\n")
  })
})

describe('findings', () => {
  const warned = { 'mfa-config.yaml': 'policy: always\nfactors: { otp: true, recovery-code: false }\n' }

  it.each<[string, Circumstances, string[], boolean]>([
    ['have colours on a terminal', aPerson, [], true],
    ['have none in a pipe', {}, [], false],
    ['have none with --no-color', aPerson, ['--no-color'], false],
    ['have none where NO_COLOR is set', { ...aPerson, env: { NO_COLOR: '1' } }, [], false],
    ['have some in a pipe where FORCE_COLOR is set', { env: { FORCE_COLOR: '1' } }, [], true],
  ])('%s', async (_, circumstances, flags, coloured) => {
    const { out } = await run(['validate', ...flags], { files: warned, ...circumstances })
    expect(out.includes('\u001b[33m')).toBe(coloured)
  })
})
